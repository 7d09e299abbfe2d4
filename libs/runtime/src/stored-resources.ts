import type { Key } from '#engine';

export interface StoredDefinition {
  readonly key: Key;
  readonly bpmnProcessId: string;
  readonly name: string;
  readonly version: number;
  readonly versionTag: string | null;
  readonly setId: number;
  readonly resourceName: string;
  readonly xml: string;
  readonly digest: string;
  readonly isLatest: boolean;
}

export interface StoredDecision {
  readonly key: Key;
  readonly decisionId: string;
  readonly name: string;
  readonly version: number;
  readonly setId: number;
  readonly resourceName: string;
  readonly xml: string;
  /** Texts of the DMN files that it was deployed with, where it imports any. */
  readonly imports: readonly string[];
  /** Of its file and of those that it imports. */
  readonly digest: string;
}

export interface StoredForm {
  readonly key: Key;
  readonly formId: string;
  readonly version: number;
  readonly setId: number;
  readonly resourceName: string;
  readonly digest: string;
  readonly content: string;
}

export interface StoredSet {
  readonly id: number;
  readonly hash: string;
  readonly source: 'folder' | 'api';
  readonly publishedAt: number;
  readonly by: string | null;
  readonly message: string | null;
}

/** A start event of a latest definition that waits for a message, a signal, a time or a condition. */
export interface StartSubscription {
  readonly key: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly kind: 'message' | 'signal' | 'timer' | 'conditional';
  readonly name: string | null;
  readonly dueAt: number | null;
  /** Of a timer: how often it fires after the next time; -1 without end. */
  readonly repetitionsLeft: number | null;
  /** Of a timer: from when its cycle counts, epoch ms; null where that was not stored yet. */
  readonly anchorAt: number | null;
  /** Of a parallel multiple start event: which of its events this is for; null otherwise. */
  readonly eventIndex: number | null;
}
