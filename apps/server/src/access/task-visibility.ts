import { Inject, Injectable } from '@nestjs/common';
import type { Key } from '#engine';
import type { Filter, Operators, Queries, SearchRequest, TaskReader, UserTaskView } from '#persistence';
import type { Vault } from '#vault';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { found, notFound } from '../problems/refusal.js';
import { QUERIES, VAULT } from '../tokens.js';
import { type Bars, BarredTasksService } from './barred-tasks.service.js';
import { subjectsOf } from './hidden-cases.js';
import type { SignedIn, TaskHolder } from './signed-in.js';
import { isCandidate } from './task-holders.js';

/** A task and in whose place the account that asks has to do with it: its own, or that of somebody it stands in for. */
export interface HeldTask {
  readonly task: UserTaskView;
  readonly holder: TaskHolder;
}

/**
 * Which user tasks an account sees: those it is assignee or candidate of, and open ones of those it stands in for; none
 * of a case that excludes the account or a unit of its, and none that is kept from them (`ct.notOf`). What is so kept from
 * whom it stands in for is not reached through them. What it may not see is not found and not counted.
 */
@Injectable()
export class TaskVisibility {
  constructor(
    private readonly exclusive: ExclusiveCasesService,
    private readonly barred: BarredTasksService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  /** For the task list: whose tasks are listed, each without the cases that exclude them. */
  async readers(account: SignedIn): Promise<TaskReader & { readonly inPlaceOf: readonly TaskReader[] }> {
    const reader = async (holder: TaskHolder): Promise<TaskReader> => ({
      user: holder.id,
      groups: holder.groups,
      excludedCases: await this.excludedCases(holder),
    });
    const own = await reader(account);
    const others = await Promise.all(
      account.standsInFor.map(async (holder) => ({ ...(await reader(holder)), holder })),
    );
    const barredFrom = await this.barred.among({ ...own, inPlaceOf: others });
    return {
      ...own,
      barredTasks: barredFrom(account),
      inPlaceOf: others.map(({ holder, ...one }) => ({ ...one, barredTasks: barredFrom(holder) })),
    };
  }

  /** Keys of the cases in which there is a conflict of interest. */
  excludedCases(holder: TaskHolder): Promise<readonly string[]> {
    return this.vault.casesExcluding(subjectsOf(holder));
  }

  async isExcluded(holder: TaskHolder, caseKey: string | null): Promise<boolean> {
    if (caseKey === null) return false;
    const subjects = subjectsOf(holder);
    return (await this.vault.notExcluded(caseKey, subjects)).length < subjects.length;
  }

  /** In whose place the account may reach a case: first itself; nobody where the case excludes it. */
  async holdersIn(account: SignedIn, caseKey: string | null): Promise<readonly TaskHolder[]> {
    if (await this.isExcluded(account, caseKey)) return [];
    const excluded = await Promise.all(account.standsInFor.map((holder) => this.isExcluded(holder, caseKey)));
    return [account, ...account.standsInFor.filter((_, index) => !excluded[index])];
  }

  /** Whom open tasks are kept from (`ct.notOf`). */
  bars(tasks: readonly UserTaskView[]): Promise<Bars> {
    return this.barred.of(tasks);
  }

  /** In whose place the account may have to do with a task: first itself; nobody where its case or it is kept from it. */
  async holdersOf(account: SignedIn, task: UserTaskView): Promise<readonly TaskHolder[]> {
    const holders = await this.holdersIn(account, task.caseKey);
    const bars = await this.barred.of([task]);
    return bars(task, account) ? [] : holders.filter((holder) => !bars(task, holder));
  }

  /** What an account did in a case that others took over it no longer sees; what is open there is done as usual. */
  async takenCases(holder: TaskHolder): Promise<readonly string[]> {
    return [...(await this.exclusive.takenFrom(holder))];
  }

  /** Keys of the cases of which the holder is told nothing: a conflict of interest, or others have taken them over. */
  async silentCases(holder: TaskHolder): Promise<readonly string[]> {
    return [...(await this.excludedCases(holder)), ...(await this.takenCases(holder))];
  }

  private async isTakenFrom(account: SignedIn, { state, caseKey }: UserTaskView): Promise<boolean> {
    return state !== 'CREATED' && caseKey !== null && (await this.exclusive.takenFrom(account)).has(caseKey);
  }

  /** A search of user tasks, narrowed to what the account may see. */
  async narrowed(request: SearchRequest, account: SignedIn): Promise<SearchRequest> {
    const visibleTo = { ...(await this.readers(account)), takenCases: await this.takenCases(account) };
    const cases = visibleTo.excludedCases ?? [];
    const instances = (await Promise.all(cases.map((caseKey) => this.queries.instancesOfCase(caseKey)))).flat();
    const keys = instances.map(({ key }) => key);
    const filter = keys.length === 0 ? request.filter : withoutInstances(request.filter ?? {}, keys);
    return { ...request, ...(filter && { filter }), visibleTo };
  }

  /**
   * The task, for whom may see it.
   *
   * @throws Refusal `notFound`
   */
  async requireVisible(userTaskKey: Key, account: SignedIn): Promise<UserTaskView> {
    return (await this.requireHeld(userTaskKey, account)).task;
  }

  /**
   * The task with in whose place the account sees it: the assignee before a candidate, the account before others.
   *
   * @throws Refusal `notFound`
   */
  async requireHeld(userTaskKey: Key, account: SignedIn): Promise<HeldTask> {
    const name = `user task ${userTaskKey}`;
    if (!/^\d{1,19}$/.test(userTaskKey)) throw notFound(name);
    const task = found(await this.queries.get('userTasks', userTaskKey), name);
    return { task, holder: found(await this.holder(task, account), name) };
  }

  /** Whether the page of a task opens for the account. */
  async isVisible(task: UserTaskView, account: SignedIn): Promise<boolean> {
    return (await this.holder(task, account)) !== undefined;
  }

  private async holder(task: UserTaskView, account: SignedIn): Promise<TaskHolder | undefined> {
    const holder = holderOf(task, await this.holdersOf(account, task), account);
    return holder && !(await this.isTakenFrom(account, task)) ? holder : undefined;
  }
}

function holderOf(task: UserTaskView, holders: readonly TaskHolder[], account: SignedIn): TaskHolder | undefined {
  const open = task.state === 'CREATED' ? holders : holders.filter(({ id }) => id === account.id);
  return (
    open.find(({ id }) => id === task.assignee) ??
    open.find((holder) => isCandidate(task, holder)) ??
    open.find(({ id }) => id === task.completedBy)
  );
}

/** The filter without these process instances. */
export function withoutInstances(filter: Filter, keys: readonly Key[]): Filter {
  const asked = filter['processInstanceKey'];
  const operators: Operators = typeof asked === 'object' ? asked : asked === undefined ? {} : { $eq: asked };
  const $notIn = [...(operators.$notIn ?? []), ...keys];
  return { ...filter, processInstanceKey: { ...operators, $notIn } };
}
