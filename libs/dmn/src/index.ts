export { parseDmn } from './parse-dmn.js';
export { parseDmnFiles, type DmnFile } from './dmn-files.js';
export { analyzeDecisionTable } from './analyze-table.js';
export type * from './model.js';
export type { CompiledDecision as Decision } from './model.js';
