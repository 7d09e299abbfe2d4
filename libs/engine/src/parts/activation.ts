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

/** Makes an element instance in state `activating`; nothing of it has run yet. */
export function create(
  execution: Execution,
  element: BpmnElement,
  flowScopeKey: Key,
  options: ActivationOptions = {},
): Key {
  const elementInstanceKey = execution.newKey();
  execution.emit({
    type: 'elementActivating',
    elementInstanceKey,
    elementId: element.id,
    elementType: element.type,
    flowScopeKey,
    ...options,
    at: execution.now,
  });
  return elementInstanceKey;
}

/** Makes an element instance and lets it run when its turn comes. */
export function activate(
  execution: Execution,
  element: BpmnElement,
  flowScopeKey: Key,
  options: ActivationOptions = {},
): Key {
  const key = create(execution, element, flowScopeKey, options);
  execution.schedule(key);
  return key;
}

export function beginCompleting(execution: Execution, { key, elementId }: ElementInstance): void {
  execution.emit({
    type: 'elementTransitioned',
    elementInstanceKey: key,
    elementId,
    to: 'completing',
    at: execution.now,
  });
  execution.schedule(key);
}
