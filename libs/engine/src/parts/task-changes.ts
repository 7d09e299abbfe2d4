import type { TaskListener } from '#bpmn';
import type { ListenerResult } from '../commands.js';
import { expected } from '../lifecycle.js';
import type { HeldChange, Key, TaskCorrections, UserTaskState, Variables } from '../state.js';
import { beginCompleting } from './activation.js';
import { createJob } from './create-job.js';
import { currentTurn, isBeingSigned } from '../current-turn.js';
import { ElementScope } from './element-scope.js';
import type { Execution } from './execution.js';
import { takeResult } from './io-mapping.js';
import { accepted, rejected, type Outcome } from './outcome.js';

/**
 * Changes a user task: at once, or when those who sign after it, then its listeners for this kind of change have all
 * agreed. A listener may deny the change, or correct what it says. Source: Camunda 8, "User task listeners"; ADR 19.
 */
export function changeUserTask(execution: Execution, userTaskKey: Key, change: HeldChange): void {
  const task = taskOf(execution, userTaskKey);
  const isSigned = isBeingSigned({ ...task, held: change });
  if (!isSigned && listenersOf(execution, task, change.eventType).length === 0)
    return perform(execution, userTaskKey, change);
  execution.emit({ type: 'userTaskChangeHeld', userTaskKey, change });
  if (isSigned) giveTurn(execution, userTaskKey);
  else askListener(execution, userTaskKey, 0);
}

/** Makes the one whose turn it is the assignee, or the owner where it is nobody's. Differs: its listeners are not asked about that. */
export function giveTurn(execution: Execution, userTaskKey: Key, owner?: string): void {
  const task = taskOf(execution, userTaskKey);
  const { id, account } = currentTurn(task) ?? {};
  const turn = id === undefined ? {} : { turn: { id, ...(task.owner !== undefined && { owner: task.owner }) } };
  execution.emit({ type: 'userTaskAssigned', userTaskKey, assignee: account ?? owner ?? null, ...turn });
}

/** All who sign after it have agreed: its listeners are asked, or it is completed. */
export function concludeSigning(execution: Execution, userTaskKey: Key): void {
  const task = taskOf(execution, userTaskKey);
  const held = expected(task.held, `held change of ${userTaskKey}`);
  if (listenersOf(execution, task, held.eventType).length > 0) askListener(execution, userTaskKey, 0);
  else release(execution, userTaskKey, held);
}

/** Asks the listener again after an incident, where its job could not be made. */
export function retryListener(execution: Execution, elementInstanceKey: Key): void {
  const { userTasks, jobs } = execution.state;
  const owns = execution.instance(elementInstanceKey).owns ?? [];
  const held = owns.find((key) => userTasks.get(key)?.held);
  if (held === undefined || owns.some((key) => jobs.has(key))) return;
  if (!isBeingSigned(taskOf(execution, held))) askListener(execution, held, 0);
}

function askListener(execution: Execution, userTaskKey: Key, index: number): void {
  const task = taskOf(execution, userTaskKey);
  const { eventType } = expected(task.held, `held change of ${userTaskKey}`);
  const listener = expected(listenersOf(execution, task, eventType)[index], `listener ${index} of ${userTaskKey}`);
  createJob(listener, scopeOf(execution, task), { listener: { kind: 'task', eventType, index } });
}

/** Asks the next listener of the cancellation of a user task; false where all have been asked and it is canceled. */
export function asksCancelingListener(execution: Execution, userTaskKey: Key): boolean {
  const task = taskOf(execution, userTaskKey);
  const done = execution.instance(task.elementInstanceKey).listenersDone ?? 0;
  const isLeft = done < listenersOf(execution, task, 'canceling').length;
  if (isLeft) askListener(execution, userTaskKey, done);
  else release(execution, userTaskKey, expected(task.held, `held change of ${userTaskKey}`));
  return isLeft;
}

/** Whether what a listener answers can be: what is being created or canceled cannot be denied. */
export function refusalOfResult(
  eventType: string,
  { denied, corrections, variables }: ListenerResult & { readonly variables: Variables },
): Outcome | undefined {
  if (Object.keys(variables).length > 0)
    return rejected(
      'invalidArgument',
      `Expected the job of a task listener to bring no variables but found ${Object.keys(variables).join(', ')}. Complete it with a result alone.`,
    );
  if (denied && (eventType === 'creating' || eventType === 'canceling'))
    return rejected('invalidArgument', `Expected a listener of "${eventType}" not to deny it, but it does.`);
  if (denied && corrections)
    return rejected('invalidArgument', 'Expected a listener to deny or to correct but it does both.');
  return undefined;
}

export function completeTaskListener(
  execution: Execution,
  elementInstanceKey: Key,
  index: number,
  { denied, deniedReason, corrections }: ListenerResult,
): Outcome {
  const { userTasks } = execution.state;
  const found = (execution.instance(elementInstanceKey).owns ?? []).find((key) => userTasks.get(key)?.held);
  const userTaskKey = expected(found, `user task of ${elementInstanceKey}`);
  if (denied) {
    const reason = deniedReason === undefined ? {} : { reason: deniedReason };
    execution.emit({ type: 'userTaskChangeReleased', userTaskKey, isDenied: true, ...reason });
    return accepted;
  }
  if (corrections) execution.emit({ type: 'userTaskChangeCorrected', userTaskKey, corrections });
  const task = taskOf(execution, userTaskKey);
  const held = expected(task.held, `held change of ${userTaskKey}`);
  if (held.eventType === 'canceling') {
    execution.schedule(elementInstanceKey);
    return accepted;
  }
  if (index + 1 < listenersOf(execution, task, held.eventType).length) askListener(execution, userTaskKey, index + 1);
  else release(execution, userTaskKey, held);
  return accepted;
}

function release(execution: Execution, userTaskKey: Key, held: HeldChange): void {
  execution.emit({ type: 'userTaskChangeReleased', userTaskKey, isDenied: false });
  perform(execution, userTaskKey, held);
}

function perform(execution: Execution, userTaskKey: Key, change: HeldChange): void {
  const { eventType, by, corrections = {} } = change;
  const who = by === undefined ? {} : { by };
  if (eventType !== 'assigning') correctAssignee(execution, userTaskKey, corrections);
  const { assignee, ...changes } = { ...change.changes, ...corrections };
  if (Object.keys(changes).length > 0) execution.emit({ type: 'userTaskUpdated', userTaskKey, changes, ...who });
  if (eventType === 'canceling') return execution.emit({ type: 'userTaskCanceled', userTaskKey, at: execution.now });
  if (eventType === 'completing') return complete(execution, userTaskKey, change);
  if (eventType === 'assigning') assign(execution, userTaskKey, wanted(assignee, change.assignee), change);
  else if (
    eventType === 'creating' &&
    change.assignee !== undefined &&
    change.assignee !== null &&
    assignee === undefined
  )
    changeUserTask(execution, userTaskKey, { eventType: 'assigning', assignee: change.assignee });
}

function assign(execution: Execution, userTaskKey: Key, assignee: string | null, { by, reason }: HeldChange): void {
  const asked = { ...(by !== undefined && { by }), ...(reason && { reason }) };
  execution.emit({ type: 'userTaskAssigned', userTaskKey, assignee, ...asked });
}

const wanted = (corrected: string | null | undefined, asked: string | null | undefined): string | null =>
  (corrected === undefined ? asked : corrected) ?? null;

function correctAssignee(execution: Execution, userTaskKey: Key, { assignee }: TaskCorrections): void {
  if (assignee !== undefined) execution.emit({ type: 'userTaskAssigned', userTaskKey, assignee });
}

function complete(execution: Execution, userTaskKey: Key, { variables = {}, by, action }: HeldChange): void {
  const instance = execution.instance(taskOf(execution, userTaskKey).elementInstanceKey);
  const who = { ...(by !== undefined && { by }), ...(action !== undefined && { action }) };
  execution.emit({ type: 'userTaskCompleted', userTaskKey, ...who, at: execution.now });
  takeResult(execution, execution.elementOf(instance), instance.key, variables);
  beginCompleting(execution, instance);
}

function taskOf(execution: Execution, userTaskKey: Key): UserTaskState {
  return expected(execution.state.userTasks.get(userTaskKey), `user task ${userTaskKey}`);
}

function scopeOf(execution: Execution, { elementInstanceKey }: UserTaskState): ElementScope {
  return new ElementScope(execution, execution.elementOf(execution.instance(elementInstanceKey)), elementInstanceKey);
}

function listenersOf(
  execution: Execution,
  { elementInstanceKey }: UserTaskState,
  eventType: TaskListener['eventType'],
): readonly TaskListener[] {
  const { userTask } = execution.elementOf(execution.instance(elementInstanceKey));
  return (userTask?.taskListeners ?? []).filter((listener) => listener.eventType === eventType);
}
