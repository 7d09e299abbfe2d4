import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries, WorkQueries } from '#persistence';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { isoTime } from '../iso-time.js';
import { QUERIES, WORK_QUERIES } from '../tokens.js';

const MOST = 50;

/** What processes tell the holders of a role (`ct.notify`); nothing of a case that names the account or its unit. */
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
    const notices = await this.work.notices([account.id, ...account.groups], MOST);
    const excluded = await this.visibility.excludedCases(account);
    const instances = await Promise.all(excluded.map((caseKey) => this.queries.instancesOfCase(caseKey)));
    const hidden = new Set(instances.flat().map(({ key }) => key));
    return {
      items: notices
        .filter(({ processInstanceKey: key }) => key === null || !hidden.has(key))
        .map(({ noticeKey, text, createdAt }) => ({ noticeKey, text, createdAt: isoTime(createdAt) })),
    };
  }
}
