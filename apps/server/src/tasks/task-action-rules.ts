import type { BpmnElement } from '#bpmn';
import { taskActions, type TaskAction } from '#configuration';
import type { UserTaskView } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';
import { isCandidate } from '../access/task-holders.js';

/** Whether an action can be done now, with the reason where not. */
export interface ActionState {
  readonly action: TaskAction;
  readonly isPossible: boolean;
  readonly why: string | null;
}

/** What decides on an action: the task, who asks, and how many turns are open. */
export interface Standing {
  readonly task: UserTaskView;
  readonly account: SignedIn;
  /** The turn of a task whose completion waits for those who sign. */
  readonly isSigning: boolean;
  readonly openTurns: number;
}

type Rule = (standing: Standing) => string | undefined;

const open: Rule = ({ task }) => (task.state === 'CREATED' ? undefined : '此步骤已经结束。');

/** It is mine, by name or by turn. */
const mine: Rule = ({ task, account }) => {
  if (task.assignee === account.id) return undefined;
  if (task.owner === account.id) return '正由他人代办或签署，请等待或先减签。';
  if (task.assignee === null && isCandidate(task, account)) return '请先认领。';
  return '此任务正由他人办理。';
};

const withoutTurn: Rule = ({ task }) => (task.turnId === null ? undefined : '轮到您签署或代办时不能这样做，请先办完。');
const notSigning: Rule = ({ isSigning }) => (isSigning ? '已提交，正等待签署。' : undefined);

const rules: Readonly<Record<TaskAction, readonly Rule[]>> = {
  transfer: [open, mine, withoutTurn],
  delegate: [open, mine, notSigning],
  sign: [open, mine, notSigning],
  return: [open, mine, withoutTurn],
  withdraw: [
    ({ task, account }) =>
      task.state === 'COMPLETED' && task.completedBy === account.id ? undefined : '只有办完此步骤的人可以撤回。',
  ],
  copy: [],
  urge: [open, ({ task, account }) => (task.assignee === account.id ? '此任务在您手中。' : undefined)],
  comment: [],
  attach: [],
};

/** Why an action cannot be done now; undefined where it can. */
export function obstacleTo(
  action: TaskAction,
  standing: Standing,
  element: BpmnElement | undefined,
): string | undefined {
  if (!allowedActions(element).includes(action)) return '此步骤不允许这样做。';
  return rules[action].map((rule) => rule(standing)).find((why) => why !== undefined);
}

export function actionStates(standing: Standing, element: BpmnElement | undefined): readonly ActionState[] {
  return allowedActions(element).map((action) => {
    const why = obstacleTo(action, standing, element) ?? null;
    return { action, isPossible: why === null, why };
  });
}

/** `ct.taskActions` names them; absent: all. */
function allowedActions(element: BpmnElement | undefined): readonly TaskAction[] {
  const named = element?.properties['ct.taskActions'];
  if (named === undefined) return taskActions;
  const names = named.split(',').map((name) => name.trim());
  return taskActions.filter((action) => names.includes(action));
}
