import {
  completeCalledProcess,
  failCalledProcess,
  throwCalledProcessError,
  throwCalledProcessEscalation,
} from '../behaviors/call-activity.js';
import type { Command } from '../commands.js';
import type { DeferredCommand, InstanceState } from '../state.js';
import type { Execution } from './execution.js';
import { accepted, rejected, type Outcome } from './outcome.js';
import { run, schedulePending } from './run.js';
import { correlateMessage, receiveSignal, triggerTimer } from './triggers.js';

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

/** What time, messages and other instances bring waits; nobody could be told to come again. */
const deferred: {
  readonly [T in DeferredCommand['type']]: (execution: Execution, command: CommandOf<T>) => Outcome;
} = {
  triggerTimer,
  correlateMessage,
  receiveSignal,
  completeCalledProcess,
  throwCalledProcessError,
  throwCalledProcessEscalation,
  failCalledProcess,
};

/** What an operator may still do. */
const allowed: ReadonlySet<Command['type']> = new Set<Command['type']>([
  'resumeProcessInstance',
  'cancelProcessInstance',
  'continueProcessInstance',
  'modifyProcessInstance',
  'migrateProcessInstance',
  'setVariables',
  'rescheduleTimer',
]);

export function suspendProcessInstance(execution: Execution, { by }: CommandOf<'suspendProcessInstance'>): Outcome {
  execution.emit({ type: 'processInstanceSuspended', ...(by !== undefined && { by }), at: execution.now });
  return accepted;
}

/** What was deferred happens in the order in which it came; what nobody waits for any more has no effect. */
export function resumeProcessInstance(execution: Execution, { by }: CommandOf<'resumeProcessInstance'>): Outcome {
  const { suspension, processInstanceKey, status } = execution.state;
  if (!suspension)
    return rejected(
      'invalidState',
      `Expected process instance ${processInstanceKey} to be suspended but it is ${status}.`,
    );
  execution.emit({ type: 'processInstanceResumed', ...(by !== undefined && { by }), at: execution.now });
  schedulePending(execution);
  execution.askAllConditions();
  for (const command of suspension.deferred) {
    run(execution);
    if (execution.state.status === 'active') perform(execution, command);
  }
  return accepted;
}

function perform(execution: Execution, command: DeferredCommand): void {
  const handle = deferred[command.type] as (execution: Execution, command: DeferredCommand) => Outcome;
  handle(execution, command);
}

/**
 * What becomes of a command that reaches a suspended instance: it is kept for later, or refused. Undefined: it is taken
 * now.
 */
export function whileSuspended(execution: Execution, command: Command): Outcome | undefined {
  const { suspension, processInstanceKey } = execution.state;
  if (!suspension || allowed.has(command.type)) return undefined;
  if (isDeferrable(command)) return defer(execution, command, suspension.deferred);
  return rejected(
    'invalidState',
    `Expected process instance ${processInstanceKey} to be active but it is suspended. Resume it first.`,
  );
}

function isDeferrable(command: Command): command is DeferredCommand {
  return Object.hasOwn(deferred, command.type);
}

/** What is waited for once is deferred once: a second message goes to whoever else waits for it. */
function defer(execution: Execution, command: DeferredCommand, before: readonly DeferredCommand[]): Outcome {
  const target = targetOf(execution.state, command);
  if (target.isOpen && !(target.isOnce && before.some((each) => targetOf(execution.state, each).key === target.key))) {
    execution.emit({ type: 'commandDeferred', command });
    return accepted;
  }
  return rejected('notFound', `Expected ${target.key} to be waited for in this process instance but it is not.`);
}

function targetOf({ timers, subscriptions, calls }: InstanceState, command: DeferredCommand) {
  if (command.type === 'triggerTimer') {
    return { key: command.timerKey, isOpen: timers.has(command.timerKey), isOnce: true };
  }
  if ('elementInstanceKey' in command) {
    const key = command.elementInstanceKey;
    return { key, isOpen: calls.has(key), isOnce: command.type !== 'throwCalledProcessEscalation' };
  }
  const subscription = subscriptions.get(command.subscriptionKey);
  return {
    key: command.subscriptionKey,
    isOpen: subscription !== undefined,
    isOnce: subscription?.isInterrupting ?? true,
  };
}
