import { freeId, idFault, type Creatable } from './ids.js';
import type { Wish } from './new-files.js';

/** What has been answered; what a kind does not ask stays unused. */
export type Answers = {
  title: string;
  /** Null: the proposed one. */
  id: string | null;
  folder: string | null;
  role: string | null;
  starters: string[];
  /** Null: a new form. */
  form: string | null;
  readers: string[];
};
export const nothing: Answers = {
  title: '',
  id: null,
  folder: null,
  role: null,
  starters: [],
  form: null,
  readers: [],
};

/** The id of the form of a new process: its own, or one that is free. */
export function formIdFor(id: string, taken: string[]): string {
  const wanted = [id, `${id}_form`].find((one) => idFault('form', one, taken) === null);
  return wanted ?? freeId('form', taken);
}

type Given = { kind: Creatable; id: string; folder: string | null; answers: Answers; freeForm: string };

/** Null while something is missing. */
export function wishOf({ kind, id, folder, answers, freeForm }: Given): Wish | null {
  const title = answers.title.trim();
  if (kind === 'calendar') return { kind, id };
  if (title === '') return null;
  if (kind === 'form') return { kind, id, title };
  if (kind === 'process') {
    const { role, starters, form } = answers;
    if (role === null) return null;
    return { kind, id, title, role, starters, form: { id: form ?? freeForm, isNew: form === null } };
  }
  if (folder === null) return null;
  if (kind === 'decision') return { kind, id, title, folder };
  return answers.readers.length === 0 ? null : { kind, id, title, folder, roles: answers.readers };
}
