import { Inject, Injectable } from '@nestjs/common';
import type { BpmnElement } from '#bpmn';
import type { TaskAction } from '#configuration';
import type { TaskActionQueries, TaskTurnView, UserTaskView } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { Refusal } from '../problems/refusal.js';
import { TASK_ACTION_QUERIES } from '../tokens.js';
import { actionStates, obstacleTo, type ActionState, type Standing } from './task-action-rules.js';

/** The turns of a task, and what somebody may do with it now. */
@Injectable()
export class TaskStandingService {
  constructor(
    private readonly visibility: TaskVisibility,
    private readonly definitions: InstanceDefinitions,
    @Inject(TASK_ACTION_QUERIES) private readonly queries: TaskActionQueries,
  ) {}

  turnsOf({ userTaskKey }: UserTaskView): Promise<readonly TaskTurnView[]> {
    return this.queries.turnsOf([userTaskKey]);
  }

  async states(task: UserTaskView, turns: readonly TaskTurnView[], account: SignedIn): Promise<readonly ActionState[]> {
    return actionStates(standingOf(task, turns, account), await this.elementOf(task));
  }

  /**
   * The task, for whom may see it and may do this with it now.
   *
   * @throws Refusal `notFound` or `invalidState`
   */
  async require(action: TaskAction, userTaskKey: string, account: SignedIn): Promise<UserTaskView> {
    const task = await this.visibility.requireVisible(userTaskKey, account);
    await this.requirePossible(action, task, account);
    return task;
  }

  async requirePossible(action: TaskAction, task: UserTaskView, account: SignedIn): Promise<void> {
    const standing = standingOf(task, await this.turnsOf(task), account);
    const why = obstacleTo(action, standing, await this.elementOf(task));
    if (why === undefined) return;
    const message = `Expected user task ${task.userTaskKey} to allow "${action}" to ${account.id} now but it does not.`;
    throw new Refusal('invalidState', message, { zh: why });
  }

  /** What a step tells the petitioner is told with its completion and cannot wait for signatures. */
  async requireHoldable(task: UserTaskView): Promise<void> {
    if ((await this.elementOf(task))?.properties['ct.thread'] === undefined) return;
    throw new Refusal('invalidState', `Expected user task ${task.userTaskKey} to tell nobody outside but it does.`, {
      zh: '此步骤的内容提交后即告知信访人，只能在办理前签署。',
    });
  }

  private async elementOf({ processDefinitionKey, elementId }: UserTaskView): Promise<BpmnElement | undefined> {
    const { elements, indexById } = await this.definitions.of(processDefinitionKey);
    return elements[indexById.get(elementId) ?? -1];
  }
}

/** Who signs after stays asked until the task has ended, for each completion anew. */
export const isOpenTurn = ({ kind, state }: TaskTurnView): boolean =>
  state === 'open' || (kind === 'signAfter' && state !== 'removed');

function standingOf(task: UserTaskView, turns: readonly TaskTurnView[], account: SignedIn): Standing {
  const isSigning = turns.some(({ turnId, kind }) => turnId === task.turnId && kind === 'signAfter');
  return { task, account, isSigning, openTurns: turns.filter(isOpenTurn).length };
}
