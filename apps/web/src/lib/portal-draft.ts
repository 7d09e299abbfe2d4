import type { FormData } from './api-types.js';

/** A draft of a petitioner, kept only when asked for, only in this tab, and for half an hour at most. */
export const DRAFT_MINUTES = 30;

const PREFIX = 'changtong.draft.';

type Stored = { until: number; data: FormData };

export function saveDraft(entryId: string, data: FormData, nowMs: number): void {
  const stored: Stored = { until: nowMs + DRAFT_MINUTES * 60_000, data };
  sessionStorage.setItem(PREFIX + entryId, JSON.stringify(stored));
}

/** The draft, or null when there is none or its time is over; an old one is removed. */
export function readDraft(entryId: string, nowMs: number): FormData | null {
  const text = sessionStorage.getItem(PREFIX + entryId);
  if (text === null) return null;
  const stored = JSON.parse(text) as Stored;
  if (stored.until > nowMs) return stored.data;
  dropDraft(entryId);
  return null;
}

export function dropDraft(entryId: string): void {
  sessionStorage.removeItem(PREFIX + entryId);
}

/** Removes every trace of a visit from this device. */
export function forgetVisit(): void {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .forEach((key) => sessionStorage.removeItem(key));
}
