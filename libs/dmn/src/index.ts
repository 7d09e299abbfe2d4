export { parseDmn } from './parse-dmn.js';
export { analyzeDecisionTable } from './analyze-table.js';
export type * from './model.js';
export type { CompiledDecision as Decision } from './model.js';
