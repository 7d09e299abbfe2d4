import type { ProcessDefinition } from '#bpmn';
import { openDraft } from './appliers/draft.js';
import { applyTo } from './appliers/index.js';
import {
  completeCalledProcess,
  failCalledProcess,
  throwCalledProcessError,
  throwCalledProcessEscalation,
} from './behaviors/call-activity.js';
import { behaviors } from './behaviors/index.js';
import type { Command, Rejection } from './commands.js';
import type { EngineEvent } from './events.js';
import { activateAdHocElements } from './parts/ad-hoc.js';
import { Execution, type StepContext } from './parts/execution.js';
import { completeJob, failJob, throwJobError, updateJobRetries } from './parts/jobs.js';
import type { Outcome } from './parts/outcome.js';
import {
  cancelProcessInstance,
  continueProcessInstance,
  createProcessInstance,
  rejectionOf,
  setVariables,
} from './parts/process-instances.js';
import { migrateProcessInstance } from './parts/migration.js';
import { modifyProcessInstance } from './parts/modification.js';
import { returnProcessInstance } from './parts/returning.js';
import { resolveIncident } from './parts/resolve-incident.js';
import { rescheduleTimer } from './parts/reschedule-timer.js';
import { run } from './parts/run.js';
import { resumeProcessInstance, suspendProcessInstance, whileSuspended } from './parts/suspension.js';
import { correlateMessage, receiveSignal, triggerTimer } from './parts/triggers.js';
import { addTaskTurns, endTaskTurn, removeTaskTurn } from './parts/task-turns.js';
import { assignUserTask, completeUserTask, updateUserTask } from './parts/user-tasks.js';
import type { InstanceState } from './state.js';

/** A hint for after the commit; losing one does no harm. None is needed so far. */
export type Effect = never;

export type StepResult =
  | {
      readonly ok: true;
      readonly events: readonly EngineEvent[];
      readonly effects: readonly Effect[];
      /** The state with the events applied. */ readonly state: InstanceState;
    }
  | { readonly ok: false; readonly rejection: Rejection };

type Handlers = {
  readonly [T in Command['type']]: (execution: Execution, command: Extract<Command, { readonly type: T }>) => Outcome;
};

const handlers: Handlers = {
  createProcessInstance,
  cancelProcessInstance,
  continueProcessInstance,
  completeUserTask,
  assignUserTask,
  updateUserTask,
  addTaskTurns,
  endTaskTurn,
  removeTaskTurn,
  completeJob,
  failJob,
  throwJobError,
  updateJobRetries,
  triggerTimer,
  rescheduleTimer,
  correlateMessage,
  receiveSignal,
  completeCalledProcess,
  throwCalledProcessError,
  throwCalledProcessEscalation,
  failCalledProcess,
  setVariables,
  activateAdHocElements,
  resolveIncident,
  modifyProcessInstance,
  returnProcessInstance,
  migrateProcessInstance,
  suspendProcessInstance,
  resumeProcessInstance,
};

/**
 * Decides only: what happens in one process instance when `command` reaches it. `state` is undefined for
 * `createProcessInstance` alone and is never changed. Clock and keys come from `context`.
 */
export function step(
  definition: ProcessDefinition,
  state: InstanceState | undefined,
  command: Command,
  context: StepContext,
): StepResult {
  const rejection = rejectionOf(state, command);
  if (rejection) return { ok: false, rejection };
  const execution = new Execution(definition, openDraft(state), context, behaviors);
  const handle = handlers[command.type] as (execution: Execution, command: Command) => Outcome;
  const outcome = whileSuspended(execution, command) ?? handle(execution, command);
  if (!outcome.ok) return outcome;
  run(execution);
  return { ok: true, events: execution.events, effects: [], state: execution.state };
}

/** The state after one event more. Costs one copy of what the event touches; for many events use `replay`. */
export function apply(state: InstanceState | undefined, event: EngineEvent): InstanceState {
  const draft = openDraft(state);
  applyTo(draft, event);
  return draft.state;
}

/** The state after a list of events, from nothing or from a snapshot. Law: it equals the state that `step` gave. */
export function replay(events: Iterable<EngineEvent>, snapshot?: InstanceState): InstanceState {
  const draft = openDraft(snapshot);
  for (const event of events) applyTo(draft, event);
  return draft.state;
}
