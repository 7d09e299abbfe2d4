import type { BpmnElement } from '#bpmn';
import type { ElementInstance, Key, Variables } from '../state.js';
import type { Execution } from './execution.js';
import { terminate } from './termination.js';
import { fire } from './triggers.js';

export interface ThrownError {
  readonly errorCode: string;
  readonly errorMessage?: string | undefined;
  readonly variables: Variables;
}

interface Handler {
  readonly listener: ElementInstance;
  readonly event: BpmnElement;
}

/**
 * Throws a BPMN error from an element instance outwards: the nearest event sub-process or boundary event that catches it
 * takes it, then the caller. Returns false where nobody does. Source: BPMN 2.0.2, 10.5.1, "Error".
 */
export function throwError(execution: Execution, fromKey: Key, error: ThrownError): boolean {
  const handler = findHandler(execution, fromKey, error.errorCode);
  if (handler) {
    fire(execution, handler.listener.key, handler.event, error.variables);
    return true;
  }
  if (!execution.state.parent) return false;
  propagateToCaller(execution, error);
  return true;
}

/** The instance ends with its error; whether the caller catches it is decided in the caller's own step. */
function propagateToCaller(execution: Execution, { errorCode, errorMessage, variables }: ThrownError): void {
  execution.emit({
    type: 'errorPropagatedToCaller',
    errorCode,
    ...(errorMessage !== undefined && { errorMessage }),
    variables,
  });
  terminate(execution, [execution.state.processInstanceKey]);
  execution.emit({ type: 'processInstanceTerminated', reason: `BPMN error ${errorCode}`, at: execution.now });
}

function findHandler(execution: Execution, fromKey: Key, errorCode: string): Handler | undefined {
  let isInsideEventSubProcess = false;
  let listener: ElementInstance | undefined = execution.instance(fromKey);
  while (listener) {
    const catching = catchersOf(execution, listener, isInsideEventSubProcess);
    const event =
      catching.find((each) => codeOf(each) === errorCode) ?? catching.find((each) => codeOf(each) === undefined);
    if (event) return { listener, event };
    isInsideEventSubProcess = listener.elementType === 'eventSubProcess';
    listener = listener.flowScopeKey === undefined ? undefined : execution.instance(listener.flowScopeKey);
  }
  return undefined;
}

/** An error thrown inside an event sub-process is not caught by its neighbours in the same scope. */
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
  return listening.map((index) => execution.element(index)).filter(({ event }) => event?.kind === 'error');
}

function codeOf({ event }: BpmnElement): string | undefined {
  return event?.kind === 'error' ? event.errorCode : undefined;
}
