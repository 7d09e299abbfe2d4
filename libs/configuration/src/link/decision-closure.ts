import type { ConfigurationSet, DecisionEntry } from '../configuration-set.js';

/** A decision and all that it requires, each once; empty where it does not exist. */
export function decisionClosure(
  set: Pick<ConfigurationSet, 'decisions'>,
  decisionId: string,
): readonly DecisionEntry[] {
  const found = new Map<string, DecisionEntry>();
  const open = [decisionId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const entry = set.decisions.find((one) => one.id === id);
    if (!entry || found.has(id)) continue;
    found.set(id, entry);
    open.push(...entry.requires);
  }
  return [...found.values()];
}
