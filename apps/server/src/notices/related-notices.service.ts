import { Inject, Injectable } from '@nestjs/common';
import type { Queries, UserTaskView } from '#persistence';
import type { RowWrite } from '#runtime';
import { AccountsService } from '../accounts/accounts.service.js';
import { QUERIES } from '../tokens.js';
import { NoticeWriter } from './notice-writer.service.js';
import { toAccount } from './to-account.js';

/** What is told of one case to who works on another one. */
export interface RelatedNotice {
  readonly text: string;
  /** The instance that tells, and that the notice leads to. */
  readonly processInstanceKey: string;
}

/**
 * Notices of a case to who works or worked on another. Whoever reads them may open both cases then, which is asked at each
 * look: until a case has come to its reader, and after it was taken away, there is no notice. So none leaves the application.
 */
@Injectable()
export class RelatedNotices {
  constructor(
    private readonly accounts: AccountsService,
    private readonly notices: NoticeWriter,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /** Commit with what the notice tells. A case that has ended, or a number of none, has nobody to tell. */
  async toWorkersOn(caseNo: string, { text, processInstanceKey }: RelatedNotice): Promise<readonly RowWrite[]> {
    const instances = await this.queries.instancesByCaseNo(caseNo);
    const [other] = instances;
    if (other?.state !== 'ACTIVE') return [];
    const recipients = await this.workers(await this.queries.tasksOfInstances(instances.map(({ key }) => key)));
    return this.notices.all([{ recipients, text, processInstanceKey, otherInstanceKey: other.key }]);
  }

  /** Who has an open task, and who did one; nobody twice. */
  private async workers(tasks: readonly UserTaskView[]): Promise<readonly string[]> {
    const open = tasks.filter(({ state }) => state === 'CREATED');
    const holding = new Set(
      open.flatMap(({ assignee, candidateGroups, candidateUsers }) =>
        assignee === null ? [...candidateGroups, ...candidateUsers.map(toAccount)] : [toAccount(assignee)],
      ),
    );
    const done = [...new Set(tasks.flatMap(({ completedBy }) => completedBy ?? []))];
    const accounts = await Promise.all(done.map((id) => this.accounts.signedIn(id)));
    const others = accounts.flatMap((account) =>
      account && ![toAccount(account.id), ...account.groups].some((name) => holding.has(name))
        ? [toAccount(account.id)]
        : [],
    );
    return [...holding, ...others];
  }
}
