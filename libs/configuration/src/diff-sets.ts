import type { ConfigurationSet } from './configuration-set.js';

/** What differs between two sets; paths and ids are sorted. */
export interface SetDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Ids of processes that are new, gone or whose diagram differs. */
  readonly processes: readonly string[];
  /** Ids of forms, likewise. */
  readonly forms: readonly string[];
  /** Ids of decisions whose file differs, likewise. */
  readonly decisions: readonly string[];
}

type Comparable = Pick<ConfigurationSet, 'files' | 'processes' | 'decisions' | 'forms'>;

/** Compares two sets file by file, from `before` to `after`. */
export function diffSets(before: Comparable, after: Comparable): SetDifference {
  const added = [...after.files.keys()].filter((path) => !before.files.has(path)).sort();
  const removed = [...before.files.keys()].filter((path) => !after.files.has(path)).sort();
  const changed = [...after.files.keys()]
    .filter((path) => before.files.has(path) && before.files.get(path) !== after.files.get(path))
    .sort();
  return {
    added,
    changed,
    removed,
    processes: differing(processTexts(before), processTexts(after)),
    forms: differing(formTexts(before), formTexts(after)),
    decisions: differing(decisionTexts(before), decisionTexts(after)),
  };
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id)).sort();
}

function processTexts({ processes }: Comparable): ReadonlyMap<string, string> {
  return new Map(processes.map(({ id, xml }) => [id, xml]));
}

function decisionTexts({ decisions }: Comparable): ReadonlyMap<string, string> {
  return new Map(decisions.map(({ id, xml }) => [id, xml]));
}

/** Compared by meaning: a form that was only laid out anew is the same form. */
function formTexts({ forms }: Comparable): ReadonlyMap<string, string> {
  return new Map([...forms].map(([id, form]) => [id, JSON.stringify(form)]));
}
