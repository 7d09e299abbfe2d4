import type { Named, SealedFacts, SealedHandle } from './named-types.js';

export type TimelineKind =
  'started' | 'task' | 'message' | 'timer' | 'document' | 'reveal' | 'supervision' | 'log' | 'ended';
export type TimelineEntry = {
  at: string;
  kind: TimelineKind;
  text: string;
  by?: Named;
  detail?: string;
  reason?: SealedHandle;
  sealed?: SealedFacts;
};
