import type { Hint } from '#runtime';

/** Keys in one message; PostgreSQL carries less than 8,000 bytes. */
const KEYS_AT_ONCE = 150;

const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];

/** Both hints in one. */
export function mergeHints(a: Hint, b: Hint): Hint {
  const dueAt = Math.min(a.timerDueAt ?? Number.POSITIVE_INFINITY, b.timerDueAt ?? Number.POSITIVE_INFINITY);
  return {
    tables: union(a.tables, b.tables),
    userTaskKeys: union(a.userTaskKeys, b.userTaskKeys),
    instanceKeys: union(a.instanceKeys, b.instanceKeys),
    jobTypes: union(a.jobTypes, b.jobTypes),
    hasInbox: a.hasInbox || b.hasInbox,
    hasOutbox: a.hasOutbox || b.hasOutbox,
    ...(Number.isFinite(dueAt) ? { timerDueAt: dueAt } : {}),
  };
}

/** A hint in parts that fit into one message each. */
export function splitHint(hint: Hint): readonly Hint[] {
  const longest = Math.max(hint.userTaskKeys.length, hint.instanceKeys.length, hint.jobTypes.length / 4);
  const parts = Math.max(1, Math.ceil(longest / KEYS_AT_ONCE));
  const cut = <T>(all: readonly T[], part: number, size: number) => all.slice(part * size, (part + 1) * size);
  return Array.from({ length: parts }, (_, part) => ({
    ...hint,
    userTaskKeys: cut(hint.userTaskKeys, part, KEYS_AT_ONCE),
    instanceKeys: cut(hint.instanceKeys, part, KEYS_AT_ONCE),
    jobTypes: cut(hint.jobTypes, part, KEYS_AT_ONCE / 4),
  }));
}
