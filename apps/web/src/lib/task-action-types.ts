import type { Named, SealedFacts, SealedHandle } from './named-types.js';

export type TaskAction =
  'transfer' | 'delegate' | 'sign' | 'return' | 'withdraw' | 'copy' | 'urge' | 'comment' | 'attach';
export type TurnKind = 'delegate' | 'signBefore' | 'signAfter';
export type TurnOutcome = 'done' | 'agreed' | 'disagreed';
export type TaskTurn = {
  turnId: string;
  account: Named | null;
  kind: TurnKind;
  askedBy: Named | null;
  reason: SealedHandle | null;
  state: 'open' | 'removed' | TurnOutcome;
  isCurrent: boolean;
  isOpen: boolean;
  comment: SealedHandle | null;
  at: string;
  endedAt: string | null;
};
export type TaskNote = {
  noteKey: string;
  kind: 'comment' | 'attachment' | 'copy' | 'urge';
  by: Named | null;
  to: Named | null;
  content: SealedHandle | null;
  at: string;
  isRead: boolean;
};
export type Person = Named & { unit: Named | null; roles: string[] };
export type ReturnTargets = {
  revision: number;
  items: {
    target: string;
    elementId: string;
    name: string;
    by: Named | null;
    completedAt: string | null;
    ends: string[];
  }[];
};
export type CopyRow = {
  copyKey: string;
  taskName: string;
  caseNo: string | null;
  from: Named | null;
  at: string;
  comment: SealedHandle | null;
  sealed: SealedFacts;
  isRead: boolean;
  processInstanceKey: string;
  canOpen: boolean;
};
export type CopyPage = { items: CopyRow[]; unread: number; nextCursor: string | null };
