export type * from './process-definition.js';
export { parseBpmn, type ParsedBpmn } from './parse-bpmn.js';
export type { BpmnReference, BpmnReferences } from './reading.js';
export { supportedElements, type SupportRow } from './supported-elements.js';
