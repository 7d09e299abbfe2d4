import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Notice, Queries, WorkQueries } from '#persistence';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn, TaskHolder } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { isoTime } from '../iso-time.js';
import { QUERIES, WORK_QUERIES } from '../tokens.js';
import { toAccount } from './to-account.js';

const MOST = 50;

/**
 * What processes tell the holders of a role (`ct.notify`); nothing of a case that excludes the account, and of two cases
 * only to who may open both.
 */
@ApiTags('notices')
@Controller('api/notices')
export class NoticesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(WORK_QUERIES) private readonly work: WorkQueries,
    private readonly visibility: TaskVisibility,
    private readonly cases: CaseAccessService,
  ) {}

  @Get()
  @ApiOkResponse({
    description:
      'The latest 50 for the signed-in account, newest first; `processInstanceKey` where the account may see what it tells of',
  })
  async list(@CurrentAccount() account: SignedIn) {
    const hidden = await this.hiddenInstances(account);
    const own = await this.of(account, hidden);
    const lent = await Promise.all(
      account.standsInFor.map(async (holder) =>
        this.of(holder, new Set([...hidden, ...(await this.hiddenInstances(holder))])),
      ),
    );
    const notices = new Map([...own, ...lent.flat()].map((notice) => [notice.noticeKey, notice]));
    const latest = [...notices.values()].sort((a, b) => b.createdAt - a.createdAt).slice(0, MOST);
    const reachable = await this.reachable(latest, account);
    const told = latest.filter(({ otherInstanceKey, processInstanceKey }) =>
      [otherInstanceKey, otherInstanceKey && processInstanceKey].every((key) => key === null || reachable.has(key)),
    );
    return {
      items: told.map(({ noticeKey, text, createdAt, processInstanceKey: key }) => ({
        noticeKey,
        text,
        createdAt: isoTime(createdAt),
        processInstanceKey: key !== null && reachable.has(key) ? key : null,
      })),
    };
  }

  /** Instances whose page is for the account: a notice may tell of more than that. */
  private async reachable(notices: readonly Notice[], account: SignedIn): Promise<ReadonlySet<string>> {
    const named = notices.flatMap(({ processInstanceKey, otherInstanceKey }) => [processInstanceKey, otherInstanceKey]);
    const keys = [...new Set(named)].filter((key) => key !== null);
    const isReachable = async (key: string): Promise<boolean> => {
      const instance = await this.queries.instance(key);
      return instance !== undefined && this.cases.isVisible(instance, account);
    };
    const found = await Promise.all(keys.map(isReachable));
    return new Set(keys.filter((_, index) => found[index]));
  }

  private of({ id, groups }: TaskHolder, hidden: ReadonlySet<string>): Promise<readonly Notice[]> {
    return this.work.notices([id, toAccount(id), ...groups], { limit: MOST, exceptInstances: [...hidden] });
  }

  private async hiddenInstances(holder: TaskHolder): Promise<ReadonlySet<string>> {
    const excluded = await this.visibility.excludedCases(holder);
    const instances = await Promise.all(excluded.map((caseKey) => this.queries.instancesOfCase(caseKey)));
    return new Set(instances.flat().map(({ key }) => key));
  }
}
