export type * from './process-definition.js';
