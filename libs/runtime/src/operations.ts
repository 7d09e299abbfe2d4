import type { Key, MappingInstruction, MoveInstruction } from '#engine';
import type { Outcome, RowWrite } from './ports.js';
import type { CaseQuery } from './work-items.js';

export interface MigrateInstanceRequest {
  readonly instanceKey: Key;
  readonly targetDefinitionKey: Key;
  readonly mappings: readonly MappingInstruction[];
  /** Commit together with the migration, or not at all. */
  readonly writes?: readonly RowWrite[];
  readonly by?: string;
}

/** What a batch operation does to each of its items. */
export type BatchPlan =
  | {
      readonly type:
        | 'CANCEL_PROCESS_INSTANCE'
        | 'RESOLVE_INCIDENT'
        | 'DELETE_PROCESS_INSTANCE'
        | 'SUSPEND_PROCESS_INSTANCE'
        | 'RESUME_PROCESS_INSTANCE';
    }
  | { readonly type: 'MODIFY_PROCESS_INSTANCE'; readonly move: readonly MoveInstruction[] }
  | {
      readonly type: 'MIGRATE_PROCESS_INSTANCE';
      readonly targetDefinitionKey: Key;
      readonly mappings: readonly MappingInstruction[];
    };

export type BatchType = BatchPlan['type'];

/**
 * `CREATED`: its items are being found; `ACTIVE`: they are worked off; `COMPLETED`: all of them are done, some perhaps
 * with an error; `FAILED`: they could not be found.
 */
export type BatchState = 'CREATED' | 'ACTIVE' | 'SUSPENDED' | 'COMPLETED' | 'CANCELED' | 'FAILED';

/** Which instances an operation is for: fields and operators of the search of process instances. */
export type BatchFilter = Readonly<Record<string, unknown>>;

export interface BatchRequest {
  readonly plan: BatchPlan;
  readonly filter: BatchFilter;
  /** Account: nothing is done to an instance of a case that does not exist for it. */
  readonly by?: string;
}

/** The same for many instances: kept in rows, worked off in chunks, each item exactly once, on whichever node. */
export interface BatchOperations {
  create(request: BatchRequest): Promise<Outcome<{ readonly batchOperationKey: Key; readonly type: BatchType }>>;
  /** Nothing more is begun until it is resumed. */
  suspend(key: Key): Promise<Outcome<null>>;
  resume(key: Key): Promise<Outcome<null>>;
  /** What is done stays done; the rest is not begun. */
  cancel(key: Key): Promise<Outcome<null>>;
}

/** A batch operation as it is stored. */
export interface StoredBatch {
  readonly key: Key;
  readonly state: BatchState;
  readonly plan: BatchPlan;
  readonly filter: BatchFilter;
  readonly by: string | null;
  /** Where the search for items goes on. */
  readonly cursor: string | null;
  /** All items are found. */
  readonly isCollected: boolean;
}

export interface BatchItem {
  /** Of an incident, or of a process instance. */
  readonly itemKey: Key;
  readonly processInstanceKey: Key;
}

/** Reads of the batch operations. */
export interface BatchReads {
  batch(key: Key): Promise<StoredBatch | undefined>;
  /** Those that have something to do, oldest first. */
  runnableBatches(limit: number): Promise<readonly StoredBatch[]>;
  /** The next page of what a filter finds; throws for a filter that the search refuses. */
  batchTargets(
    batch: Pick<StoredBatch, 'plan' | 'filter' | 'cursor'>,
    limit: number,
  ): Promise<{ readonly items: readonly BatchItem[]; readonly cursor: string | null }>;
  openItems(key: Key, limit: number): Promise<readonly BatchItem[]>;
  /** Those of them whose instances are of these cases. */
  openItemsOf(key: Key, cases: CaseQuery, limit: number): Promise<readonly BatchItem[]>;
}
