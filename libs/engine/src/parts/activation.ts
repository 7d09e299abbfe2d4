import type { BpmnElement } from '#bpmn';
import type { ElementInstance, Key } from '../state.js';
import type { Execution } from './execution.js';

export interface ActivationOptions {
  readonly loopCounter?: number;
  readonly dropsTokens?: true;
  readonly takes?: Readonly<Record<string, number>>;
  readonly compensates?: { readonly elementInstanceKey: Key; readonly record: string };
  readonly isChosen?: true;
}

const noOptions: ActivationOptions = {};

/** Makes an element instance in state `activating`; nothing of it has run yet. */
export function create(
  execution: Execution,
  element: BpmnElement,
  flowScopeKey: Key,
  options: ActivationOptions = noOptions,
): Key {
  const elementInstanceKey = execution.newKey();
  const made = activating(element, elementInstanceKey, flowScopeKey, execution.now);
  execution.record(options === noOptions ? made : { ...made, ...options });
  return elementInstanceKey;
}

function activating(
  { id: elementId, type: elementType }: BpmnElement,
  elementInstanceKey: Key,
  flowScopeKey: Key,
  at: number,
) {
  return {
    version: 1,
    type: 'elementActivating',
    elementInstanceKey,
    elementId,
    elementType,
    flowScopeKey,
    at,
  } as const;
}

/** Makes an element instance and lets it run when its turn comes. */
export function activate(
  execution: Execution,
  element: BpmnElement,
  flowScopeKey: Key,
  options: ActivationOptions = noOptions,
): Key {
  const key = create(execution, element, flowScopeKey, options);
  execution.schedule(key);
  return key;
}

/** Makes one of the instances of a loop activity and lets it run when its turn comes. */
export function activateInner(execution: Execution, element: BpmnElement, bodyKey: Key, loopCounter: number): Key {
  const elementInstanceKey = execution.newKey();
  const { id: elementId, type: elementType } = element;
  execution.record({
    version: 1,
    type: 'elementActivating',
    elementInstanceKey,
    elementId,
    elementType,
    flowScopeKey: bodyKey,
    loopCounter,
    at: execution.now,
  });
  execution.schedule(elementInstanceKey);
  return elementInstanceKey;
}

export function beginCompleting(execution: Execution, instance: ElementInstance): void {
  execution.transition(instance.key, instance.elementId, 'completing');
  execution.schedule(instance.key);
}
