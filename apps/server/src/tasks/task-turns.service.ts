import { Inject, Injectable } from '@nestjs/common';
import type { Command, TurnOutcome } from '#engine';
import type { Queries, UserTaskView } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import { Refusal, found, notFound, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { TaskOpinions } from './task-opinions.service.js';
import { TaskPeopleService } from './task-people.service.js';
import { TaskStandingService, isOpenTurn } from './task-standing.service.js';

/** What actions on tasks need of one another: who may, who is offered, how texts are kept, how people are told. */
@Injectable()
export class TaskActionParts {
  constructor(
    readonly visibility: TaskVisibility,
    readonly standing: TaskStandingService,
    readonly people: TaskPeopleService,
    readonly opinions: TaskOpinions,
    readonly notices: NoticeWriter,
  ) {}
}

export interface HandOver {
  readonly userTaskKey: string;
  readonly to: readonly string[];
  readonly reason: string;
}

/** Hands tasks on: 转办 委派 加签 减签, and the answers of those who have a turn. */
@Injectable()
export class TaskTurnsService {
  constructor(
    private readonly parts: TaskActionParts,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async transfer({ userTaskKey, to, reason }: HandOver, account: SignedIn): Promise<void> {
    const task = await this.parts.standing.require('transfer', userTaskKey, account);
    await this.parts.people.require(task, to, account, '/to');
    const { handle, writes } = await this.parts.opinions.seal(task, account, 'transfer.reason', reason);
    const told = await this.parts.notices.toAccounts(
      to,
      `${account.name}将${titleOf(task)}转给您办理。`,
      task.processInstanceKey,
    );
    const command = {
      type: 'assignUserTask',
      userTaskKey,
      assignee: to[0] ?? null,
      from: account.id,
      by: account.id,
      ...(handle && { reason: handle }),
    } as const;
    await this.execute(task, command, [...writes, ...told]);
  }

  /** 委派: it comes back when the other has done it. */
  delegate(wish: HandOver, account: SignedIn): Promise<void> {
    return this.addTurns('delegate', wish, account);
  }

  /** 加签: one after another, before it is completed or before the completion takes effect. */
  sign(when: 'before' | 'after', wish: HandOver, account: SignedIn): Promise<void> {
    return this.addTurns(when === 'before' ? 'signBefore' : 'signAfter', wish, account);
  }

  /** By whoever asked for the turn, or whose task it is. */
  async remove(userTaskKey: string, turnId: string, reason: string, account: SignedIn): Promise<void> {
    const task = await this.parts.visibility.requireVisible(userTaskKey, account);
    const turn = (await this.parts.standing.turnsOf(task)).find((each) => each.turnId === turnId && isOpenTurn(each));
    const mayRemove = turn?.askedBy === account.id || (task.owner ?? task.assignee) === account.id;
    if (!turn || !mayRemove || task.state !== 'CREATED') throw notFound(`turn ${turnId} of user task ${userTaskKey}`);
    const { handle, writes } = await this.parts.opinions.seal(task, account, 'turn.removal', reason);
    const command = { type: 'removeTaskTurn', userTaskKey, turnId, by: account.id } as const;
    await this.execute(task, { ...command, ...(handle && { reason: handle }) }, [...writes, dropFinishedDrafts(task)]);
    await this.tellNext(userTaskKey, task);
  }

  /** The one whose turn it is says how it ended. */
  async end(userTaskKey: string, outcome: TurnOutcome, comment: string, account: SignedIn): Promise<void> {
    const task = await this.parts.visibility.requireVisible(userTaskKey, account);
    if (task.state !== 'CREATED' || task.turnId === null || task.assignee !== account.id)
      throw new Refusal(
        'invalidState',
        `Expected ${account.id} to have a turn in user task ${userTaskKey} but found none.`,
        {
          zh: '此任务现在没有轮到您。',
        },
      );
    if (outcome === 'disagreed' && comment.trim().length < 2)
      throw new Refusal('invalidForm', 'Expected a comment with a disagreement.', {
        zh: '不同意时请写明意见。',
        fields: [{ path: '/comment', message: '请写明意见' }],
      });
    const { handle, writes } = await this.parts.opinions.seal(task, account, 'turn.comment', comment);
    const command = { type: 'endTaskTurn', userTaskKey, turnId: task.turnId, outcome, by: account.id } as const;
    await this.execute(task, { ...command, ...(handle && { comment: handle }) }, [...writes, dropFinishedDrafts(task)]);
    await this.tellNext(userTaskKey, task);
  }

  private async addTurns(
    kind: 'delegate' | 'signBefore' | 'signAfter',
    { userTaskKey, to, reason }: HandOver,
    account: SignedIn,
  ): Promise<void> {
    const task = await this.parts.standing.require(kind === 'delegate' ? 'delegate' : 'sign', userTaskKey, account);
    if (kind === 'signAfter') await this.parts.standing.requireHoldable(task);
    await this.parts.people.require(task, to, account, kind === 'delegate' ? '/to' : '/accounts');
    const { handle, writes } = await this.parts.opinions.seal(task, account, 'turn.reason', reason);
    const turns = to.map((each) => ({ account: each, kind }));
    const command = { type: 'addTaskTurns', userTaskKey, turns, by: account.id } as const;
    await this.execute(task, { ...command, ...(handle && { reason: handle }) }, writes);
    await this.tellNext(userTaskKey, task);
  }

  private async execute(task: UserTaskView, command: Command, writes: readonly RowWrite[]): Promise<void> {
    const by = command.type === 'assignUserTask' ? command.by : undefined;
    const request = { instanceKey: task.processInstanceKey, command, writes, ...(by !== undefined && { by }) };
    replyOf(await this.runtime.execute(request));
  }

  /** A hint to whom the task has come; the task list says the same. */
  private async tellNext(userTaskKey: string, before: UserTaskView): Promise<void> {
    const task = found(await this.queries.get('userTasks', userTaskKey), `user task ${userTaskKey}`);
    if (task.state !== 'CREATED' || task.assignee === null || task.assignee === before.assignee) return;
    const text = task.turnId === null ? `${titleOf(task)}已回到您处。` : `${titleOf(task)}轮到您代办或签署。`;
    replyOf(
      await this.runtime.write(await this.parts.notices.toAccounts([task.assignee], text, task.processInstanceKey)),
    );
  }
}

/** How a notice names a task: its step and the number of its case. */
export const titleOf = ({ name, caseNo }: UserTaskView): string =>
  caseNo === null ? `「${name}」` : `「${name}」（${caseNo}）`;

/** What was typed is kept until a completion has taken effect. */
function dropFinishedDrafts({ userTaskKey }: UserTaskView): RowWrite {
  return {
    sql: `DELETE FROM drafts WHERE user_task_key = ? AND EXISTS (SELECT 1 FROM user_tasks t WHERE t."key" = ? AND t.state = 'COMPLETED')`,
    params: [userTaskKey, userTaskKey],
  };
}
