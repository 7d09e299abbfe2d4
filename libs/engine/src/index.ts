export type * from './commands.js';
export type * from './events.js';
export type * from './state.js';
export { apply, replay, step, type Effect, type StepResult } from './engine.js';
export { readState, writeState, type StoredState } from './read-state.js';
export { Table } from './table.js';
export { InvariantViolation } from './lifecycle.js';
export type { EvaluableDecision, StepContext } from './parts/execution.js';
export { supportedElements } from '#bpmn';
