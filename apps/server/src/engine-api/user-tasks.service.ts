import { Inject, Injectable } from '@nestjs/common';
import type { Queries, SearchResult, UserTaskView, VariableView } from '#persistence';
import type { Runtime, StoredForm } from '#runtime';
import { may, type SignedIn } from '../access/signed-in.js';
import { OtherHandsService } from '../access/other-hands.service.js';
import { actWrites, isCandidate } from '../access/task-holders.js';
import { type HeldTask, TaskVisibility } from '../access/task-visibility.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { found, notFound, Refusal, replyOf } from '../problems/refusal.js';
import type { FormSubmissionService, Submission } from '../submissions.js';
import { FORM_SUBMISSIONS, QUERIES, RUNTIME } from '../tokens.js';
import { userTaskRules } from './search-rules.js';
import { type SearchDto, searchOf } from './search.js';
import { changesOf } from './task-changes.js';

export interface Assignment {
  readonly assignee: string | null;
  readonly allowOverride: boolean;
}

/** User tasks for clients of the standard API, under the same rules as the workbench. */
@Injectable()
export class UserTasksService {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: TaskVisibility,
    private readonly accounts: AccountsService,
    private readonly otherHands: OtherHandsService,
    @Inject(FORM_SUBMISSIONS) private readonly submissions: FormSubmissionService,
  ) {}

  async search(body: SearchDto, account: SignedIn): Promise<SearchResult<UserTaskView>> {
    const request = searchOf(body, userTaskRules);
    return this.queries.search('userTasks', await this.visibility.narrowed(request, account));
  }

  get(key: string, account: SignedIn): Promise<UserTaskView> {
    return this.visibility.requireVisible(key, account);
  }

  async update(userTaskKey: string, changeset: Readonly<Record<string, unknown>>, account: SignedIn): Promise<void> {
    const held = await this.requireMine(userTaskKey, account);
    requireOperator(account);
    const changes = changesOf(changeset);
    await this.execute(held, { type: 'updateUserTask', userTaskKey, changes, by: account.id }, account);
  }

  async assign(userTaskKey: string, { assignee, allowOverride }: Assignment, account: SignedIn): Promise<void> {
    const isOperator = mayUpdate(account);
    const held = await (isOperator
      ? this.visibility.requireHeld(userTaskKey, account)
      : this.requireMine(userTaskKey, account));
    if (assignee !== null) await this.requireCandidate(held.task, assignee);
    await this.execute(held, { type: 'assignUserTask', userTaskKey, assignee, allowOverride, by: account.id }, account);
  }

  async complete(submission: Submission): Promise<void> {
    const { userTaskKey, data, account, action } = submission;
    const held = await this.requireMine(userTaskKey, account);
    if (held.task.formId !== null) {
      await this.submissions.submit(submission).catch((error: unknown) => {
        throw asApiRefusal(error);
      });
      return;
    }
    if (held.task.state === 'CREATED') await this.otherHands.require(held, account);
    const command = {
      type: 'completeUserTask',
      userTaskKey,
      variables: data,
      by: account.id,
      ...(action && { action }),
    } as const;
    await this.execute(held, command, account, submission.idempotencyKey);
  }

  async form(key: string, account: SignedIn): Promise<StoredForm | undefined> {
    const task = await this.visibility.requireVisible(key, account);
    if (task.formId === null) return undefined;
    return found(await this.queries.form(task.formId, task.formVersion ?? undefined), `form ${task.formId}`);
  }

  /** What the task sees: variables of its own scope and of those around it. */
  async variables(key: string, body: SearchDto, account: SignedIn): Promise<SearchResult<VariableView>> {
    const task = await this.visibility.requireVisible(key, account);
    const request = searchOf(body);
    const scopes = await this.scopesOf(task);
    return this.queries.search('variables', { ...request, filter: { ...request.filter, scopeKey: { $in: scopes } } });
  }

  private async scopesOf(task: UserTaskView): Promise<string[]> {
    const scopes: string[] = [];
    let key: string | null = task.elementInstanceKey;
    while (key !== null && !scopes.includes(key)) {
      scopes.push(key);
      const element: { readonly flowScopeKey: string | null } | undefined = await this.queries.get(
        'elementInstances',
        key,
      );
      key = element?.flowScopeKey ?? null;
    }
    return [...new Set([...scopes, task.processInstanceKey])];
  }

  /** Only the assignee works on an assigned task, any candidate on a free one. */
  private async requireMine(userTaskKey: string, account: SignedIn): Promise<HeldTask> {
    const held = await this.visibility.requireHeld(userTaskKey, account);
    const { assignee } = held.task;
    if (assignee === null || assignee === held.holder.id) return held;
    throw new Refusal(
      'forbidden',
      `Expected user task ${userTaskKey} to be assigned to you but it is assigned to somebody else.`,
    );
  }

  private async requireCandidate(task: UserTaskView, assignee: string): Promise<void> {
    const account = await this.accounts.signedIn(assignee);
    const isFree =
      account !== undefined &&
      isCandidate(task, account) &&
      (await this.visibility.holdersOf(account, task)).some(({ id }) => id === assignee);
    if (isFree || task.assignee === assignee) return;
    throw new Refusal('invalidArgument', `Expected ${assignee} to be a candidate of user task ${task.userTaskKey}.`);
  }

  private async execute(
    held: HeldTask,
    command: Parameters<Runtime['execute']>[0]['command'],
    account: SignedIn,
    idempotencyKey?: string,
  ): Promise<void> {
    const { task } = held;
    const outcome = await this.runtime.execute({
      instanceKey: task.processInstanceKey,
      command,
      writes: await actWrites(held, account, { act: command.type, runtime: this.runtime }),
      by: account.id,
      ...(idempotencyKey && { idempotencyKey: `${task.userTaskKey}:${idempotencyKey}` }),
    });
    if (!outcome.ok && outcome.rejection.code === 'notFound') throw notFound(`user task ${task.userTaskKey}`);
    replyOf(outcome);
  }
}

/** The API knows one status for what does not fit: 400. */
function asApiRefusal(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.code !== 'invalidForm') return error;
  return new Refusal(error.code, error.message, { ...error.details, status: 400 });
}

/** Who works on a task moves neither its deadline nor the circle of those who see it. */
function requireOperator(account: SignedIn): void {
  if (!mayUpdate(account)) throw new Refusal('forbidden', `Expected the permission ${UPDATE}.`);
}

const UPDATE = 'PROCESS_DEFINITION:UPDATE_USER_TASK';
const mayUpdate = (account: SignedIn): boolean => may(account, UPDATE);
