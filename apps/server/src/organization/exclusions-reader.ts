import { Inject, Injectable } from '@nestjs/common';
import { createOrganizationQueries, type Database, type OrganizationQueries, type UserTaskView } from '#persistence';
import type { Vault } from '#vault';
import { BarredTasksService } from '../access/barred-tasks.service.js';
import { OtherHandsService } from '../access/other-hands.service.js';
import type { TaskHolder } from '../access/signed-in.js';
import { subjectsOf } from '../access/hidden-cases.js';
import { DATABASE, VAULT } from '../tokens.js';

/** Whom the case of a task excludes, from whom the task itself is kept, and who did a step before it; asked for many tasks and accounts at once. */
@Injectable()
export class ExclusionsReader {
  private readonly queries: OrganizationQueries;

  constructor(
    private readonly barred: BarredTasksService,
    private readonly otherHands: OtherHandsService,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createOrganizationQueries(database);
  }

  /** Why tasks are kept from everybody; by key, only of those that are. */
  problems(tasks: readonly UserTaskView[]): Promise<ReadonlyMap<string, string>> {
    return this.barred.problems(tasks);
  }

  /** Open tasks that somebody may not do any more, because these were done. */
  after(done: readonly UserTaskView[]): Promise<readonly UserTaskView[]> {
    return this.otherHands.after(done);
  }

  async of(
    tasks: readonly UserTaskView[],
    holders: readonly TaskHolder[],
  ): Promise<(task: UserTaskView, holder: TaskHolder) => boolean> {
    const cases = [...new Set(tasks.flatMap(({ caseKey }) => caseKey ?? []))];
    const subjects = [...new Set(holders.flatMap(subjectsOf))];
    const excluding = [...(await this.queries.casesWithExclusions(cases))];
    const allowed = new Map(
      await Promise.all(
        excluding.map(async (key) => [key, new Set(await this.vault.notExcluded(key, subjects))] as const),
      ),
    );
    const bars = await this.barred.of(tasks);
    const did = await this.otherHands.of(tasks);
    return (task, holder) => {
      if (bars(task, holder) || did(task, holder.id)) return true;
      const { caseKey } = task;
      const free = caseKey === null ? undefined : allowed.get(caseKey);
      return free !== undefined && !subjectsOf(holder).every((subject) => free.has(subject));
    };
  }
}
