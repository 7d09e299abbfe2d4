export { actOfMark, type MarkAct } from './acts.js';
export type * from './declarations.js';
export type { DeadlineEntry } from './entries.js';
export {
  computeDeadlines,
  momentsOf,
  NEAR,
  subjectOf,
  URGENT,
  type ComputedDeadline,
  type DeadlineInputs,
  type DeadlineWorld,
  type MarkMoment,
  type Moments,
} from './evaluate.js';
export type { DeadlineFacts, ElementRun, TaskFacts } from './facts.js';
