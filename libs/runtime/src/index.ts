export type * from './operations.js';
export type * from './ports.js';
export type * from './runtime.js';
export type { ScheduleDefinition, ScheduleRecord } from './schedules.js';
export { createRuntime } from './create-runtime.js';
export { DefinitionUnreadable } from './definitions.js';
export { compileStored } from './read-decisions.js';
export { NEVER_DUE } from './projections/user-tasks.js';
