export { model, ModelBuilder, type CallOptions, type UserTaskOptions } from './model.js';
export type { ElementOptions, EventOptions, MultiInstanceOptions } from './model-xml.js';
export { Run, startRun, type RunOptions } from './run.js';
export { traceOf } from './trace.js';
export { randomModel, plainModel, type Block } from './random-model.js';
export { legalCommands, randomRun } from './random-run.js';
export { lawRuns, regressions, type Counterexample } from './law-runs.js';
export { brokenLaws } from './laws.js';
export { agreement, disagreement, type Agreement, type Verdicts } from './agreement.js';
