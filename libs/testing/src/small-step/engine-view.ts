import type { ProcessDefinition } from '#bpmn';
import type {
  Command,
  ElementInstance,
  EngineEvent,
  InstanceState,
  Key,
  TaskTurn,
  UserTaskState,
  Variables,
} from '#engine';
import type { Choice } from './choices.js';
import { watched } from './observation.js';

/** The same lines as `observe`, seen in the state of the engine and in the events of its last command. */
export function observeEngine(
  definition: ProcessDefinition,
  state: InstanceState,
  events: readonly EngineEvent[],
): readonly string[] {
  const thrown = events.flatMap((event) => {
    if (event.type === 'messageThrown') return [`thrown ${event.elementId} message ${event.messageName}`];
    return event.type === 'signalThrown' ? [`thrown ${event.elementId} signal ${event.signalName}`] : [];
  });
  if (state.status !== 'active') return [state.status, ...thrown].toSorted();
  const lines = state.elements.values().flatMap((instance) => linesOf(definition, state, instance));
  return [...lines, ...thrown].toSorted();
}

export function pathIn(state: InstanceState, key: Key): string {
  const instance = state.elements.get(key);
  if (!instance) return '';
  const { elementId, loopCounter, flowScopeKey } = instance;
  const own = `${elementId}${loopCounter === undefined ? '' : `#${loopCounter}`}`;
  return flowScopeKey === undefined ? own : `${pathIn(state, flowScopeKey)}/${own}`;
}

function linesOf(definition: ProcessDefinition, state: InstanceState, instance: ElementInstance): readonly string[] {
  const { key, adHoc, resets = {} } = instance;
  const path = pathIn(state, key);
  const variables = state.variables.get(key) ?? {};
  const isStuck = state.incidents.values().some(({ elementInstanceKey }) => elementInstanceKey === key);
  const chosen = adHoc?.chosen.map(({ elementId }) => elementId) ?? [];
  return [
    `${path}${isStuck ? ' stuck' : ''}`,
    ...watched
      .filter((name) => Object.hasOwn(variables, name))
      .map((name) => `${path} ${name}=${JSON.stringify(variables[name])}`),
    ...waits(state, instance).map((each) => `${path} waits ${each}`),
    ...tokens(definition, instance).map((each) => `${path} token ${each}`),
    ...Object.entries(resets).map(([id, flows]) => `${path} resets ${id} ${flows.toSorted().join()}`),
    ...(chosen.length > 0 ? [`${path} chose ${chosen.join()}`] : []),
  ];
}

function waits({ timers, subscriptions, conditions }: InstanceState, { owns = [] }: ElementInstance) {
  return owns.flatMap((key) => {
    const timer = timers.get(key);
    const waiting = timer ?? subscriptions.get(key) ?? conditions.get(key);
    if (!waiting) return [];
    const left = timer?.repetitionsLeft;
    const times = left === undefined ? '' : ` x${left < 0 ? -1 : left + 1}`;
    return [`${waiting.elementId} ${waiting.eventIndex ?? 0}${times}`];
  });
}

function tokens({ elements, indexById }: ProcessDefinition, { tokens: all = {} }: ElementInstance): readonly string[] {
  return Object.entries(all).flatMap(([elementId, flows]) => {
    const isCounted = elements[indexById.get(elementId) ?? 0]?.startQuantity !== undefined;
    return Object.entries(flows).flatMap(([flowId, count]) =>
      Array.from({ length: count }, () => (isCounted ? elementId : flowId)),
    );
  });
}

/** What a command means for the model, seen in the state that it reaches. */
export function choiceOf(definition: ProcessDefinition, state: InstanceState, command: Command): Choice {
  const at = (key: Key | undefined) => pathIn(state, key ?? '');
  switch (command.type) {
    case 'completeUserTask':
    case 'endTaskTurn':
    case 'removeTaskTurn': {
      const task = state.userTasks.get(command.userTaskKey);
      const variables = task && completion(task, command);
      return variables ? complete(at(task.elementInstanceKey), variables) : { kind: 'nothing' };
    }
    case 'completeJob':
      return complete(at(state.jobs.get(command.jobKey)?.elementInstanceKey), command.variables);
    case 'completeCalledProcess':
      return complete(
        at(command.elementInstanceKey),
        command.variables,
        takesResult(definition, state, command.elementInstanceKey),
      );
    case 'throwJobError':
      return thrown('error', at(state.jobs.get(command.jobKey)?.elementInstanceKey), command.errorCode);
    case 'throwCalledProcessError':
      return thrown('error', at(command.elementInstanceKey), command.errorCode);
    case 'throwCalledProcessEscalation':
      return {
        ...thrown('escalate', at(command.elementInstanceKey), command.escalationCode),
        variables: { ...command.variables },
      };
    case 'failJob':
      if (command.retries > 0) return { kind: 'nothing' };
      return { kind: 'stop', path: at(state.jobs.get(command.jobKey)?.elementInstanceKey) };
    case 'failCalledProcess':
      return { kind: 'stop', path: at(command.elementInstanceKey) };
    case 'resolveIncident':
      return { kind: 'retry', path: at(state.incidents.get(command.incidentKey)?.elementInstanceKey) };
    case 'triggerTimer':
      return occurrence(state, state.timers.get(command.timerKey));
    case 'correlateMessage':
    case 'receiveSignal':
      return occurrence(state, state.subscriptions.get(command.subscriptionKey), command.variables);
    case 'activateAdHocElements':
      return {
        kind: 'choose',
        path: at(command.elementInstanceKey),
        elements: command.elements.map(({ elementId }) => elementId),
      };
    case 'setVariables':
      return { kind: 'set', variables: { ...command.variables } };
    case 'cancelProcessInstance':
      return { kind: 'cancel' };
    default:
      return { kind: 'nothing' };
  }
}

type TaskCommand = Extract<Command, { readonly type: 'completeUserTask' | 'endTaskTurn' | 'removeTaskTurn' }>;

/** The variables of the completion that takes effect: the last one who signs after it has agreed, or nobody does. */
function completion({ held, turns = [] }: UserTaskState, command: TaskCommand): Variables | undefined {
  const isAsked = ({ kind, hasAgreed, id }: TaskTurn) =>
    kind === 'signAfter' && !hasAgreed && !('turnId' in command && id === command.turnId);
  if (turns.some(isAsked)) return undefined;
  if (command.type === 'completeUserTask') return command.variables;
  const isDenied = command.type === 'endTaskTurn' && command.outcome === 'disagreed';
  return held?.eventType === 'completing' && !isDenied ? held.variables : undefined;
}

const complete = (path: string, variables: object, isTaken = true): Choice => ({
  kind: 'complete',
  path,
  variables: { ...variables },
  isTaken,
});

const thrown = (kind: 'error' | 'escalate', path: string, code: string) => ({ kind, path, code, variables: {} });

interface Waiting {
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly eventIndex?: number;
}

function occurrence(state: InstanceState, waiting: Waiting | undefined, variables: object = {}): Choice {
  const { elementInstanceKey = '', elementId: event = '', eventIndex: index = 0 } = waiting ?? {};
  return { kind: 'occur', path: pathIn(state, elementInstanceKey), event, index, variables: { ...variables } };
}

/** Camunda 8: what a called process ends with is taken over where the call says so or maps it. */
function takesResult({ elements, indexById }: ProcessDefinition, state: InstanceState, key: Key): boolean {
  const element = elements[indexById.get(state.elements.get(key)?.elementId ?? '') ?? 0];
  return element?.calledElement?.propagateAllChildVariables === true || (element?.outputMappings.length ?? 0) > 0;
}
