import type { ElementState } from './state.js';

/** A bug of the engine, never bad input: the log and the state no longer fit each other. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** The legal next states of an element instance. Source: BPMN 2.0.2, "Activity Lifecycle", as Zeebe names the states. */
export const legalTransitions: Readonly<Record<ElementState, readonly ElementState[]>> = {
  activating: ['activated', 'terminating'],
  activated: ['completing', 'terminating'],
  completing: ['completed', 'terminating'],
  completed: [],
  terminating: ['terminated'],
  terminated: [],
};

export function assertLegal(elementId: string, from: ElementState, to: ElementState): void {
  if (legalTransitions[from].includes(to)) return;
  throw new InvariantViolation(`Expected element ${elementId} to go on from ${from} legally but it went to ${to}.`);
}

/** The value that the model guarantees to be there. */
export function expected<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new InvariantViolation(`Expected ${what} but it is missing.`);
  return value;
}
