import type { BpmnElement } from '#bpmn';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';

/** What is thrown outwards through the flow scopes. */
interface Thrown {
  readonly kind: 'error' | 'escalation';
  readonly code: string;
}

export interface Catcher {
  readonly listener: ElementInstance;
  readonly event: BpmnElement;
}

/** The nearest event that catches what is thrown from an instance; one for this code goes before one for every code. */
export function findCatcher(execution: Execution, fromKey: Key, { kind, code }: Thrown): Catcher | undefined {
  let isInsideEventSubProcess = false;
  let listener: ElementInstance | undefined = execution.instance(fromKey);
  while (listener) {
    const catching = catchersOf(execution, listener, isInsideEventSubProcess).filter(
      ({ event }) => event?.kind === kind,
    );
    const event = catching.find((each) => codeOf(each) === code) ?? catching.find((each) => codeOf(each) === undefined);
    if (event) return { listener, event };
    isInsideEventSubProcess = listener.elementType === 'eventSubProcess';
    listener = listener.flowScopeKey === undefined ? undefined : execution.instance(listener.flowScopeKey);
  }
  return undefined;
}

/** What is thrown inside an event sub-process is not caught by its neighbours in the same scope. */
function catchersOf(
  execution: Execution,
  instance: ElementInstance,
  isInsideEventSubProcess: boolean,
): readonly BpmnElement[] {
  const element = execution.elementOf(instance);
  const isInner = instance.loopCounter !== undefined;
  const isBody = element.multiInstance !== undefined && !isInner;
  const starts = element.eventSubProcesses.map((index) => execution.element(index).startEvent ?? -1);
  const listening = [...(isBody || isInsideEventSubProcess ? [] : starts), ...(isInner ? [] : element.boundaryEvents)];
  return listening.map((index) => execution.element(index));
}

function codeOf({ event }: BpmnElement): string | undefined {
  if (event?.kind === 'escalation') return event.escalationCode;
  return event?.kind === 'error' ? event.errorCode : undefined;
}
