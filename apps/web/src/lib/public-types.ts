import type { FormData, FormFile } from './api-types.js';

export type PublicCase = {
  caseNo: string | null;
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
