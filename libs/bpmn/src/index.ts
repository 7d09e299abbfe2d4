export type * from './process-definition.js';
export { singleEventsOf } from './process-definition.js';
export { decodeXml } from './decode-xml.js';
export { newModdle } from './moddle.js';
export { parseBpmn, type ParsedBpmn, type ParseOptions } from './parse-bpmn.js';
export type { BpmnReference, BpmnReferences } from './reading.js';
export { eventKinds, multipleCatch, scopeTypes, type EventPlace } from './supported-elements.js';
export { supportedElements, supportTable, type SupportRow } from './support-table.js';
export { TagLines } from './tag-lines.js';
