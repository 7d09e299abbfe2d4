import type { StudioFile } from '../api.js';

/** What an administrator can begin from nothing. */
export const CREATABLE = ['process', 'form', 'decision', 'document', 'calendar'] as const;
export type Creatable = (typeof CREATABLE)[number];

const places: Readonly<Record<Creatable, RegExp>> = {
  process: /^workflows\/([^/]+)\//,
  form: /^forms\/(?:.*\/)?([^/]+)\.form\.json$/,
  decision: /\/([^/]+)\.dmn$/,
  document: /\/([^/]+)\.hbs$/,
  calendar: /^workflows\/calendar\/(\d{4})\.json$/,
};

/** Ids that files of a kind have; what only their content says comes in `more`. */
export function takenIds(kind: Creatable, files: readonly Pick<StudioFile, 'path'>[], more: readonly string[] = []) {
  return [...files.flatMap(({ path }) => places[kind].exec(path)?.[1] ?? []), ...more];
}

export type IdFault = 'idEmpty' | 'idPattern' | 'idTaken';

/** Why an id cannot be had: it becomes the name of a file, and no file system tells `A` from `a` everywhere. */
export function idFault(kind: Creatable, id: string, taken: readonly string[]): IdFault | null {
  if (id === '') return 'idEmpty';
  const pattern =
    kind === 'calendar' ? /^20\d\d$/ : kind === 'process' ? /^[A-Za-z_]\w{0,59}$/ : /^[A-Za-z][\w-]{0,59}$/;
  if (!pattern.test(id)) return 'idPattern';
  return taken.some((one) => one.toLowerCase() === id.toLowerCase()) ? 'idTaken' : null;
}

/** `form1`, `form2`, …, or the year after the last one: what nobody has yet. */
export function freeId(kind: Creatable, taken: readonly string[], now = new Date()): string {
  if (kind === 'calendar') return String(Math.max(now.getFullYear(), ...taken.map(Number)) + 1);
  let number = 1;
  while (idFault(kind, `${kind}${number}`, taken) !== null) number += 1;
  return `${kind}${number}`;
}
