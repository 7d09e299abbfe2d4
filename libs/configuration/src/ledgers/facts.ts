import { FeelDateTime, FeelZone, scopeOf, type FeelScope } from '#feel';
import type { Related } from './declarations.js';

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
  /** Other instances of its case, oldest first. */
  readonly related?: readonly RelatedFacts[];
  /** Instances of the cases that name its case, oldest first. */
  readonly naming?: readonly RelatedFacts[];
}

export type RelatedFacts = Omit<InstanceFacts, 'steps' | 'related' | 'naming'>;

/** Names that formulas know besides the variables. */
export const factNames = ['instance', 'steps', 'item'] as const;
export const instanceFactNames = ['caseNo', 'state', 'publicState', 'drill', 'startedAt', 'endedAt'] as const;
export const stepFactNames = ['startedAt', 'endedAt', 'count', 'dueAt'] as const;

/**
 * The scope of formulas: variables at top level, `instance`, `steps` by element id, what is related under its names, and
 * `item` where rows come from a list.
 */
export function scopeOfFacts(facts: InstanceFacts, timeZone: string, related: readonly Related[] = []): FeelScope {
  const zone = FeelZone.ofRegion(timeZone);
  const time = (at: number | null) => (at === null || !zone ? null : (FeelDateTime.ofEpochMs(at, zone) ?? null));
  const steps = facts.steps.map(({ elementId, startedAt, endedAt, count, dueAt }) => [
    elementId,
    { startedAt: time(startedAt), endedAt: time(endedAt), count, dueAt: time(dueAt) },
  ]);
  const instanceOf = ({ caseNo, state, publicState, drill, startAt, endAt }: RelatedFacts) => ({
    caseNo,
    state,
    publicState,
    drill,
    startedAt: time(startAt),
    endedAt: time(endAt),
  });
  const lists = related.map(({ as, process, variables, naming }) => {
    const own = ((naming ? facts.naming : facts.related) ?? []).filter(({ processId }) => processId === process);
    const entries = own.map((one) => ({
      ...Object.fromEntries(variables.map((name) => [name, one.variables[name] ?? null])),
      instance: instanceOf(one),
    }));
    return [as, entries] as const;
  });
  const known = { instance: instanceOf(facts), steps: Object.fromEntries(steps), ...Object.fromEntries(lists) };
  return scopeOf({ ...facts.variables, ...known });
}
