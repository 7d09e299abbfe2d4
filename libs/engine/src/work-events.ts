import type {
  HeldChange,
  Key,
  ListenerPlace,
  SealedHandle,
  TaskCorrections,
  TaskTurn,
  TurnOutcome,
  UserTaskChanges,
} from './state.js';

export type UserTaskEvent =
  | {
      readonly type: 'userTaskCreated';
      readonly userTaskKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly name: string;
      readonly formId?: string;
      readonly assignee?: string;
      readonly candidateGroups: readonly string[];
      readonly candidateUsers: readonly string[];
      readonly dueAt?: number;
      readonly followUpAt?: number;
      readonly priority: number;
      readonly at: number;
    }
  | {
      readonly type: 'userTaskAssigned';
      readonly userTaskKey: Key;
      readonly assignee: string | null;
      readonly by?: string;
      readonly reason?: SealedHandle;
      /** It is this one's turn; the task stays its owner's. */
      readonly turn?: { readonly id: Key; readonly owner?: string };
    }
  | {
      readonly type: 'userTaskUpdated';
      readonly userTaskKey: Key;
      readonly changes: UserTaskChanges;
      readonly by?: string;
    }
  | {
      readonly type: 'userTaskCompleted';
      readonly userTaskKey: Key;
      readonly by?: string;
      readonly action?: string;
      readonly at: number;
    }
  | { readonly type: 'userTaskCanceled'; readonly userTaskKey: Key; readonly at: number }
  /** `areNext`: before those that wait already. */
  | {
      readonly type: 'taskTurnsAdded';
      readonly userTaskKey: Key;
      readonly turns: readonly TaskTurn[];
      readonly areNext?: true;
      readonly by: string;
      readonly reason?: SealedHandle;
    }
  | {
      readonly type: 'taskTurnEnded';
      readonly userTaskKey: Key;
      readonly turnId: Key;
      readonly outcome: TurnOutcome;
      readonly by: string;
      readonly comment?: SealedHandle;
    }
  | {
      readonly type: 'taskTurnRemoved';
      readonly userTaskKey: Key;
      readonly turnId: Key;
      readonly by: string;
      readonly reason?: SealedHandle;
    }
  /** Those who sign after it, then its listeners are asked first. */
  | { readonly type: 'userTaskChangeHeld'; readonly userTaskKey: Key; readonly change: HeldChange }
  | { readonly type: 'userTaskChangeCorrected'; readonly userTaskKey: Key; readonly corrections: TaskCorrections }
  /** A listener or one who signs denied the change, or it is done: the task can be changed again. */
  | {
      readonly type: 'userTaskChangeReleased';
      readonly userTaskKey: Key;
      readonly isDenied: boolean;
      readonly reason?: string;
    };

export type JobEvent =
  | {
      readonly type: 'jobCreated';
      readonly jobKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly jobType: string;
      readonly retries: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly listener?: ListenerPlace;
      /** Its worker decides what is done in an ad-hoc sub-process. */
      readonly isAdHoc?: true;
    }
  | { readonly type: 'jobCompleted'; readonly jobKey: Key }
  /** `retryAt` is epoch ms. */
  | {
      readonly type: 'jobFailed';
      readonly jobKey: Key;
      readonly retries: number;
      readonly errorMessage: string;
      readonly retryAt?: number;
    }
  | {
      readonly type: 'jobErrorThrown';
      readonly jobKey: Key;
      readonly errorCode: string;
      readonly errorMessage?: string;
    }
  | { readonly type: 'jobRetriesUpdated'; readonly jobKey: Key; readonly retries: number }
  | { readonly type: 'jobCanceled'; readonly jobKey: Key };
