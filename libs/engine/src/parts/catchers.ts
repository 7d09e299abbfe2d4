import { singleEventsOf, type BpmnElement, type ProcessDefinition, type SingleEventDefinition } from '#bpmn';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';
import { isLoopBody } from './loop-body.js';

/** What is thrown outwards through the flow scopes. */
interface Thrown {
  readonly kind: 'error' | 'escalation' | 'cancel';
  /** Absent: only what catches every code. */
  readonly code?: string;
}

export interface Catcher {
  readonly listener: ElementInstance;
  readonly event: BpmnElement;
}

/**
 * The nearest event that catches what is thrown from an instance. The event sub-processes of a scope are inside of it and go
 * before the boundary events on it, whatever their code; among these and among those one for this code goes before one for
 * every code. Source: BPMN 2.0.2, 10.5.1.
 */
export function findCatcher(execution: Execution, fromKey: Key, { kind, code }: Thrown): Catcher | undefined {
  let isInsideEventSubProcess = false;
  let listener: ElementInstance | undefined = execution.instance(fromKey);
  while (listener) {
    for (const catching of catchersOf(execution, listener, isInsideEventSubProcess)) {
      const event =
        (code === undefined ? undefined : catching.find((each) => codesOf(each, kind).includes(code))) ??
        catching.find((each) => codesOf(each, kind).includes(undefined));
      if (event) return { listener, event };
    }
    isInsideEventSubProcess = listener.elementType === 'eventSubProcess';
    listener = listener.flowScopeKey === undefined ? undefined : execution.instance(listener.flowScopeKey);
  }
  return undefined;
}

/** Inner ones first. What is thrown inside an event sub-process is not caught by its neighbours in the same scope. */
function catchersOf(
  execution: Execution,
  instance: ElementInstance,
  isInsideEventSubProcess: boolean,
): readonly (readonly BpmnElement[])[] {
  const element = execution.elementOf(instance);
  const isInner = instance.loopCounter !== undefined;
  const isBody = isLoopBody(element, instance);
  if (instance.isCompensating) return [];
  const isDeaf = isBody || isInsideEventSubProcess || instance.isCancelled;
  const starts = element.eventSubProcesses.map((index) => execution.element(index).startEvent ?? -1);
  return [isDeaf ? [] : starts, isInner ? [] : element.boundaryEvents].map((indices) =>
    indices.map((index) => execution.element(index)),
  );
}

/** The codes of a kind that an event catches; undefined stands for every code. */
function codesOf(element: BpmnElement, kind: Thrown['kind']): readonly (string | undefined)[] {
  return singleEventsOf(element)
    .filter((each) => each.kind === kind)
    .map(codeOf);
}

function codeOf(event: SingleEventDefinition): string | undefined {
  if (event.kind === 'escalation') return event.escalationCode;
  return event.kind === 'error' ? event.errorCode : undefined;
}

/**
 * Whether a process catches an error that leaves the process called by one of its call activities, as far as its model
 * tells: events of scopes that are being compensated or cancelled count here, though they catch nothing then.
 */
export function catchesErrorOf(
  { elements, indexById }: ProcessDefinition,
  callActivityId: string,
  errorCode: string,
): boolean {
  let isInsideEventSubProcess = false;
  let element = elements[indexById.get(callActivityId) ?? -1];
  while (element) {
    const starts = isInsideEventSubProcess ? [] : element.eventSubProcesses.map((index) => elements[index]?.startEvent);
    for (const index of [...starts, ...element.boundaryEvents]) {
      const event = elements[index ?? -1];
      const codes = event ? codesOf(event, 'error') : [];
      if (codes.includes(errorCode) || codes.includes(undefined)) return true;
    }
    isInsideEventSubProcess = element.type === 'eventSubProcess';
    element = elements[element.flowScope];
  }
  return false;
}
