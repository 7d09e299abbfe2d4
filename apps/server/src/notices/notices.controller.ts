import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Notice, Queries, WorkQueries } from '#persistence';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn, TaskHolder } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { isoTime } from '../iso-time.js';
import { QUERIES, WORK_QUERIES } from '../tokens.js';

const MOST = 50;

/** What processes tell the holders of a role (`ct.notify`); nothing of a case that excludes the account. */
@ApiTags('notices')
@Controller('api/notices')
export class NoticesController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(WORK_QUERIES) private readonly work: WorkQueries,
    private readonly visibility: TaskVisibility,
  ) {}

  @Get()
  @ApiOkResponse({ description: 'The latest 50 for the signed-in account, newest first' })
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
    return {
      items: latest.map(({ noticeKey, text, createdAt }) => ({ noticeKey, text, createdAt: isoTime(createdAt) })),
    };
  }

  private of({ id, groups }: TaskHolder, hidden: ReadonlySet<string>): Promise<readonly Notice[]> {
    return this.work.notices([id, ...groups], { limit: MOST, exceptInstances: [...hidden] });
  }

  private async hiddenInstances(holder: TaskHolder): Promise<ReadonlySet<string>> {
    const excluded = await this.visibility.excludedCases(holder);
    const instances = await Promise.all(excluded.map((caseKey) => this.queries.instancesOfCase(caseKey)));
    return new Set(instances.flat().map(({ key }) => key));
  }
}
