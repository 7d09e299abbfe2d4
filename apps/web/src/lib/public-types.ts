import type { FormData, FormFile } from './api-types.js';

export type PublicCase = {
  caseNo: string | null;
  /** All that the code opens, this one too. */
  cases: { caseNo: string | null; title: string }[];
  title: string;
  drill: boolean;
  state: { id: string; label: string; sentence: string; next?: string | null };
  dueAt: string | null;
  timeline: { at: string; text: string; detail?: string; done: boolean }[];
  documents: { key: string; title: string; at: string | null }[];
  reveals: { at: string; role: string; reason: string; count: number }[];
  /** How many texts the conversation has. */
  messages: number;
  actions: PublicAction[];
  /** What was asked for beside the matter, such as appointments, the oldest first. */
  requests: { key: string; title: string; label: string; sentence: string; actions: PublicAction[] }[];
};

export type PublicAction = {
  id: string;
  title: string;
  description?: string;
  done?: string;
  form: FormFile;
  data: FormData;
};

export type PublicText = { key: string; at: string; fromVisitor: boolean; text: string };

/** Rows of a ledger that everybody may read. */
export type PublishedPage = {
  id: string;
  title: string;
  titleEn: string | null;
  description: string | null;
  layout: 'cards' | 'table';
  columns: PublishedColumn[];
  /** What rows that follow each other have in common stands once above them. */
  group: PublishedColumn[];
  /** Where each row leads, and what stands there where it does not. */
  entry: { id: string; title: string; titleEn: string | null; otherwise: string | null } | null;
  items: PublishedRow[];
};

export type PublishedColumn = { id: string; title: string; titleEn: string | null; type: string };

export type PublishedRow = {
  key: string;
  cells: Record<string, string | number | boolean | null>;
  entry: { prefill: Record<string, string> } | null;
};
