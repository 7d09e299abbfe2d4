import { Inject, Injectable } from '@nestjs/common';
import { type Filter, type Operators, type Queries, type SearchRequest, type UserTaskView } from '#persistence';
import type { Key } from '#engine';
import type { Vault } from '#vault';
import { found, notFound } from '../problems/refusal.js';
import { QUERIES, VAULT } from '../tokens.js';
import { subjectsOf } from './hidden-cases.js';
import type { SignedIn } from './signed-in.js';

/**
 * Which user tasks an account sees: those it is assignee or candidate of, and none of a case that names the account or
 * its unit as those who are complained about. What it may not see is not found and not counted.
 */
@Injectable()
export class TaskVisibility {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  /** For `visibleTo` of queries. */
  viewer({ id, groups }: SignedIn): { readonly user: string; readonly groups: readonly string[] } {
    return { user: id, groups };
  }

  /** Keys of the cases in which the account has a conflict of interest. */
  excludedCases(account: SignedIn): Promise<readonly string[]> {
    return this.vault.casesExcluding(subjectsOf(account));
  }

  async isExcluded(account: SignedIn, caseKey: string | null): Promise<boolean> {
    if (caseKey === null) return false;
    const subjects = subjectsOf(account);
    return (await this.vault.notExcluded(caseKey, subjects)).length < subjects.length;
  }

  /** A search of user tasks, narrowed to what the account may see. */
  async narrowed(request: SearchRequest, account: SignedIn): Promise<SearchRequest> {
    const cases = await this.excludedCases(account);
    const instances = (await Promise.all(cases.map((caseKey) => this.queries.instancesOfCase(caseKey)))).flat();
    const keys = instances.map(({ key }) => key);
    const filter = keys.length === 0 ? request.filter : withoutInstances(request.filter ?? {}, keys);
    return { ...request, ...(filter && { filter }), visibleTo: this.viewer(account) };
  }

  /**
   * The task, for whom may see it.
   *
   * @throws Refusal `notFound`
   */
  async requireVisible(userTaskKey: Key, account: SignedIn): Promise<UserTaskView> {
    const name = `user task ${userTaskKey}`;
    if (!/^\d{1,19}$/.test(userTaskKey)) throw notFound(name);
    const task = found(await this.queries.get('userTasks', userTaskKey), name);
    const isVisible = await this.queries.taskVisibleTo(userTaskKey, account.id, account.groups);
    if (!isVisible || (await this.isExcluded(account, task.caseKey))) throw notFound(name);
    return task;
  }
}

/** The filter without these process instances. */
export function withoutInstances(filter: Filter, keys: readonly Key[]): Filter {
  const asked = filter['processInstanceKey'];
  const operators: Operators = typeof asked === 'object' ? asked : asked === undefined ? {} : { $eq: asked };
  const $notIn = [...(operators.$notIn ?? []), ...keys];
  return { ...filter, processInstanceKey: { ...operators, $notIn } };
}
