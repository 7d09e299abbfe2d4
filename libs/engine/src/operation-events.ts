import type { ActivateInstruction, DroppedTokens, ReturnKind } from './operation-commands.js';
import type { DeferredCommand, Key, SealedHandle } from './state.js';

/** What operators did to an instance besides its regular course. */
export type OperationEvent =
  /** Says who asked for it; what it did stands in the events that follow. */
  | {
      readonly type: 'processInstanceModified';
      readonly activate: readonly Pick<ActivateInstruction, 'elementId' | 'ancestorElementInstanceKey'>[];
      readonly terminate: readonly Key[];
      readonly by?: string;
      readonly at: number;
    }
  /** The next element instance is this one over again. */
  | {
      readonly type: 'processInstanceReturned';
      readonly kind: ReturnKind;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly terminate: readonly Key[];
      readonly drops: readonly DroppedTokens[];
      readonly by: string;
      readonly reason?: SealedHandle;
      readonly at: number;
    }
  | {
      readonly type: 'processInstanceMigrated';
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly processVersion: number;
      /** Id in the definition that is left to id in the new one, also of the process itself. */
      readonly elements: Readonly<Record<string, string>>;
      /** Of events of the new definition that are waited for already: whether they interrupt. */
      readonly interrupting: Readonly<Record<string, boolean>>;
      readonly by?: string;
      readonly at: number;
    }
  | { readonly type: 'processInstanceSuspended'; readonly by?: string; readonly at: number }
  | { readonly type: 'processInstanceResumed'; readonly by?: string; readonly at: number }
  /** It reached the instance while it was suspended and happens when it is resumed. */
  | { readonly type: 'commandDeferred'; readonly command: DeferredCommand };
