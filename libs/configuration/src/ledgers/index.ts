export type { CellValue } from './cell-value.js';
export { momentOf, offsetOf } from './cell-value.js';
export type * from './declarations.js';
export {
  accessFactOf,
  isDerived,
  type AccessFact,
  type AccessLedgerEntry,
  type IndicatorEntry,
  type LedgerEntry,
  type ReadModelEntry,
} from './entries.js';
export {
  indicatorFacts,
  ledgerRows,
  MAX_ITEMS,
  type Evaluated,
  type IndicatorFact,
  type LedgerRow,
} from './evaluate.js';
export type { InstanceFacts, StepFacts } from './facts.js';
export { processesOf, relatedOf, type ReadModel, type Relation } from './read-model.js';
export { numberOf, sortText } from './sort-text.js';
