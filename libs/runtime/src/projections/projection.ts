import type { BpmnElement, ProcessDefinition } from '#bpmn';
import type { EngineEvent, InstanceState, Key } from '#engine';
import type { Cascade } from '../cascades.js';
import type { InstanceRecord, RowOperation } from '../ports.js';

/** What a projection knows besides the event. */
export interface ProjectionContext {
  readonly definition: ProcessDefinition;
  readonly record: InstanceRecord;
  /** State before the step; absent for a new instance. */
  readonly before: InstanceState | undefined;
  readonly now: number;
  readonly elementOf: (elementId: string) => BpmnElement | undefined;
  readonly formOf: (formId: string) => { readonly key: Key; readonly version: number } | undefined;
  /** Unit that answers for a task with these candidate groups. */
  readonly unitOf: (candidateGroups: readonly string[]) => string | null;
  readonly nextKey: () => Key;
  /** What led to this step in other instances; absent: something outside. */
  readonly cascade?: Cascade | undefined;
}

/** Pure: one event to the rows that show it. An event of another family gives nothing. */
export type Projection = (event: EngineEvent, context: ProjectionContext) => readonly RowOperation[];

export const NOTHING: readonly RowOperation[] = [];

/** Columns that say where in a process a row belongs. */
export const placeOf = ({ record }: ProjectionContext) => ({
  process_instance_key: record.key,
  process_definition_key: record.processDefinitionKey,
  bpmn_process_id: record.bpmnProcessId,
});
