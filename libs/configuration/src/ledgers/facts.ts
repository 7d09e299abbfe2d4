import { FeelDateTime, FeelZone, scopeOf, type FeelScope } from '#feel';

/** What an element of an instance's process did; times are epoch ms, null where it did not happen. */
export interface StepFacts {
  readonly elementId: string;
  /** First time it was reached. */
  readonly startedAt: number;
  /** Last time it was completed; an interrupted one is not. */
  readonly endedAt: number | null;
  /** How often it was completed. */
  readonly count: number;
  /** Deadline of its latest user task. */
  readonly dueAt: number | null;
}

/** Everything that a row may be made of. Nothing here tells who did something. */
export interface InstanceFacts {
  readonly key: string;
  readonly processId: string;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly state: string;
  readonly publicState: string | null;
  readonly drill: boolean;
  readonly startAt: number;
  readonly endAt: number | null;
  /** Raised by each step. */
  readonly revision: number;
  /** Of the root scope. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly steps: readonly StepFacts[];
}

/** Names that formulas know besides the variables. */
export const factNames = ['instance', 'steps', 'item'] as const;
export const instanceFactNames = ['caseNo', 'state', 'publicState', 'drill', 'startedAt', 'endedAt'] as const;
export const stepFactNames = ['startedAt', 'endedAt', 'count', 'dueAt'] as const;

/** The scope of formulas: variables at top level, `instance`, `steps` by element id, and `item` where rows come from a list. */
export function scopeOfFacts(facts: InstanceFacts, timeZone: string): FeelScope {
  const zone = FeelZone.ofRegion(timeZone);
  const time = (at: number | null) => (at === null || !zone ? null : (FeelDateTime.ofEpochMs(at, zone) ?? null));
  const steps = facts.steps.map(({ elementId, startedAt, endedAt, count, dueAt }) => [
    elementId,
    { startedAt: time(startedAt), endedAt: time(endedAt), count, dueAt: time(dueAt) },
  ]);
  const { caseNo, state, publicState, drill } = facts;
  const instance = { caseNo, state, publicState, drill, startedAt: time(facts.startAt), endedAt: time(facts.endAt) };
  return scopeOf({ ...facts.variables, instance, steps: Object.fromEntries(steps) });
}
