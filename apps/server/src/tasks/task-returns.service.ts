import { Inject, Injectable } from '@nestjs/common';
import { maxLineageEvents, returnTargets, withdrawalOf } from '#engine';
import type { EngineEvent, Obstacle, ReturnKind, ReturnTarget } from '#engine';
import type { Queries, TaskActionQueries, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME, TASK_ACTION_QUERIES } from '../tokens.js';
import { TaskActionParts, titleOf } from './task-turns.service.js';

export interface ReturnWish {
  readonly userTaskKey: string;
  /** Key of the element instance of the step. */
  readonly target: string;
  readonly reason: string;
  /** Of the list that the target was chosen from; absent: of now. */
  readonly revision?: number | undefined;
}

const obstacles: Readonly<Record<Obstacle, string>> = {
  notCompleted: '此步骤还没有办完，或流程已经结束。',
  metOthers: '此步骤已与其他分支汇合，不能撤回。',
  touched: '后续步骤已有人处理，不能撤回。',
  hasEffects: '后续已自动办理、发出通知或生成文书，不能撤回。',
};

interface Course {
  readonly events: readonly EngineEvent[];
  readonly revision: number;
}

/** Goes back: 退回 to an earlier step, 撤回 of one's own. What is undone follows from what really ran (ADR 19). */
@Injectable()
export class TaskReturnsService {
  constructor(
    private readonly parts: TaskActionParts,
    private readonly definitions: InstanceDefinitions,
    private readonly names: NamesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(TASK_ACTION_QUERIES) private readonly actions: TaskActionQueries,
  ) {}

  async targets(userTaskKey: string, account: SignedIn) {
    const task = await this.parts.standing.require('return', userTaskKey, account);
    const course = await this.courseOf(task);
    const found = await this.targetsOf(task, course);
    const items = await Promise.all(
      found.map(async ({ elementInstanceKey, elementId, name, completedBy, completedAt, ends }) => ({
        target: elementInstanceKey,
        elementId,
        name,
        by: await this.names.account(completedBy),
        completedAt: completedAt === undefined ? null : isoTime(completedAt),
        ends,
      })),
    );
    return { revision: course.revision, items };
  }

  async goBack({ userTaskKey, target: wanted, reason, revision }: ReturnWish, account: SignedIn): Promise<void> {
    const task = await this.parts.standing.require('return', userTaskKey, account);
    const course = await this.courseOf(task);
    if (revision !== undefined && revision !== course.revision)
      throw new Refusal('conflict', `Expected revision ${course.revision} but the target was chosen at ${revision}.`, {
        zh: '案件刚有变化，请重新选择退回的步骤。',
      });
    const target = (await this.targetsOf(task, course)).find(({ elementInstanceKey }) => elementInstanceKey === wanted);
    if (!target)
      throw new Refusal(
        'invalidForm',
        `Expected a step that user task ${userTaskKey} can be returned to but found ${wanted}.`,
        {
          zh: '不能退回到所选步骤。',
          fields: [{ path: '/target', message: '请从列表中选择步骤' }],
        },
      );
    await this.perform('return', task, { target, revision: course.revision, reason }, account);
  }

  /** By whoever did the step, as long as nobody has touched what follows and nothing has left the house. */
  async withdraw(userTaskKey: string, reason: string, account: SignedIn): Promise<void> {
    const task = await this.parts.standing.require('withdraw', userTaskKey, account);
    const course = await this.courseOf(task);
    const definition = await this.definitions.of(task.processDefinitionKey);
    const target = withdrawalOf(definition, course.events, task.elementInstanceKey);
    if (typeof target === 'string') throw notWithdrawable(target);
    if (await this.hasTraces(task, target, course)) throw notWithdrawable('touched');
    await this.perform('withdrawal', task, { target, revision: course.revision, reason }, account);
  }

  private async perform(
    kind: ReturnKind,
    task: UserTaskView,
    { target, revision, reason }: { readonly target: ReturnTarget; readonly revision: number; readonly reason: string },
    account: SignedIn,
  ): Promise<void> {
    const { handle, writes } = await this.parts.opinions.seal(task, account, `${kind}.reason`, reason);
    const told = await this.toldOf(kind, task, target, account);
    const { elementInstanceKey, elementId, flowScopeKey, undo } = target;
    const command = {
      type: 'returnProcessInstance',
      kind,
      elementInstanceKey,
      elementId,
      flowScopeKey,
      terminate: undo.terminate,
      drops: undo.drops,
      position: revision,
      by: account.id,
      ...(handle && { reason: handle }),
    } as const;
    const request = { instanceKey: task.processInstanceKey, command, writes: [...writes, ...told], by: account.id };
    replyOf(await this.runtime.execute(request));
  }

  /** Whoever did the step learns that it has come back. */
  private async toldOf(kind: ReturnKind, task: UserTaskView, target: ReturnTarget, account: SignedIn) {
    if (kind === 'withdrawal' || target.completedBy === undefined || target.completedBy === account.id) return [];
    const people = await this.parts.people.withoutExcluded(task, [target.completedBy]);
    const text = `${account.name}将${titleOf(task)}退回至「${target.name}」。`;
    return this.parts.notices.toAccounts(people, text, task.processInstanceKey);
  }

  private async targetsOf(task: UserTaskView, { events }: Course): Promise<readonly ReturnTarget[]> {
    return returnTargets(await this.definitions.of(task.processDefinitionKey), events, task.elementInstanceKey);
  }

  /** A draft or a note on what follows, or a document of the instance made since. */
  private async hasTraces(task: UserTaskView, { undo }: ReturnTarget, { events }: Course): Promise<boolean> {
    const ended = new Set(undo.terminate);
    const keys = events.flatMap((event) =>
      event.type === 'userTaskCreated' && ended.has(event.elementInstanceKey) ? [event.userTaskKey] : [],
    );
    const notes = await this.actions.notesOf([task.processInstanceKey]);
    return (await this.actions.hasDrafts(keys)) || notes.some(({ userTaskKey }) => keys.includes(userTaskKey));
  }

  private async courseOf({ processInstanceKey }: UserTaskView): Promise<Course> {
    const logged = await this.queries.events(processInstanceKey, 0, maxLineageEvents + 1);
    const revision = logged.at(-1)?.position ?? 0;
    if (logged.length > maxLineageEvents || revision !== logged.length)
      throw new Refusal(
        'invalidState',
        `Expected all of at most ${maxLineageEvents} events of ${processInstanceKey}.`,
        {
          zh: '此案经过的步骤太多或记录不全，不能退回。',
        },
      );
    return { events: logged.map(({ event }) => event), revision };
  }
}

function notWithdrawable(obstacle: Obstacle): Refusal {
  return new Refusal('invalidState', `Expected a step that can be taken back but ${obstacle}.`, {
    zh: obstacles[obstacle],
  });
}
