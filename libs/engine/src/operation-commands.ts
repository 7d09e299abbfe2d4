import type { ProcessDefinition } from '#bpmn';
import type { Key, SealedHandle, Variables } from './state.js';

/** What an operator asks of a process instance besides its regular course. */
export type OperationCommand =
  | ModifyProcessInstance
  | MigrateProcessInstance
  | ReturnProcessInstance
  /** Nothing of the instance moves until it is resumed. */
  | { readonly type: 'suspendProcessInstance'; readonly by?: string }
  | { readonly type: 'resumeProcessInstance'; readonly by?: string };

/** Begins elements out of turn and ends others: all of it, or nothing. Source: Camunda 8, "Process instance modification". */
export interface ModifyProcessInstance {
  readonly type: 'modifyProcessInstance';
  readonly activate?: readonly ActivateInstruction[];
  /** Keys of element instances. */
  readonly terminate?: readonly Key[];
  readonly move?: readonly MoveInstruction[];
  readonly by?: string;
}

export interface ActivateInstruction {
  readonly elementId: string;
  /** Scope below which it begins, with new instances of the scopes between; absent: the one that runs. */
  readonly ancestorElementInstanceKey?: Key;
  readonly variables?: readonly ScopedVariables[];
}

export interface ScopedVariables {
  readonly variables: Variables;
  /** The element or a scope around it; absent: the process. */
  readonly scopeId?: string;
}

/** Every instance of the source ends and one of the target begins in its place, within the same scopes. */
export interface MoveInstruction {
  readonly sourceElementId: string;
  readonly targetElementId: string;
}

/**
 * Takes a step up again that was done, and ends what came of it: what `returnTargets` or `withdrawalOf` found, at the
 * position that the events were read at. Refused with `conflict` where something has happened since. Source: ADR 19.
 */
export interface ReturnProcessInstance {
  readonly type: 'returnProcessInstance';
  readonly kind: ReturnKind;
  /** Of the instance that completed. */
  readonly elementInstanceKey: Key;
  readonly elementId: string;
  readonly flowScopeKey: Key;
  readonly terminate: readonly Key[];
  readonly drops: readonly DroppedTokens[];
  /** Of the last event that was read. */
  readonly position: number;
  readonly by: string;
  readonly reason?: SealedHandle;
}

/** 退回 by whoever has the task, 撤回 by whoever did the step. */
export type ReturnKind = 'return' | 'withdrawal';

/** Tokens that wait before a join and are taken away. */
export interface DroppedTokens {
  readonly flowScopeKey: Key;
  readonly joinElementId: string;
  readonly flowId: string;
  readonly count: number;
}

/** Goes on as an instance of another definition, which is the one given to `step`. Source: Camunda 8, "Process instance migration". */
export interface MigrateProcessInstance {
  readonly type: 'migrateProcessInstance';
  /** The definition that it leaves. */
  readonly source: ProcessDefinition;
  readonly processDefinitionKey: Key;
  readonly version: number;
  readonly mappings: readonly MappingInstruction[];
  readonly by?: string;
}

export interface MappingInstruction {
  readonly sourceElementId: string;
  readonly targetElementId: string;
}
