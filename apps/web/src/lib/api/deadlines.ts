import type { LampColor, Named } from '../api-types.js';

export type DeadlineRow = {
  deadlineId: string;
  title: string;
  clause: string | null;
  processInstanceKey: string;
  caseNo: string | null;
  caseTitle: string;
  step: string | null;
  unit: Named | null;
  dueAt: string | null;
  lamp: LampColor;
  paused: boolean;
  nextAt: string | null;
  fault: string | null;
  drill: boolean;
};

export type Deadlines = {
  at: string;
  counts: Record<LampColor, number>;
  items: DeadlineRow[];
  publications: {
    setId: number;
    publishedAt: string;
    doneAt: string | null;
    earlier: number;
    later: number;
    kept: number;
  }[];
};
