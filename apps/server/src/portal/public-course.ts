import type { LoggedEvent } from '#persistence';

/** A public state, when it came, and the open variables as they were until the next one came. */
export interface StateTold {
  readonly at: number;
  readonly state: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The public states of one instance. */
export interface OwnCourse {
  readonly states: readonly StateTold[];
  readonly endAt: number | null;
}

/** The states that an instance was in, from its events; `variable` is the one that holds them, `key` its own. */
export function statesTold(
  events: readonly LoggedEvent[],
  { key, variable }: { readonly key: string; readonly variable: string },
): readonly StateTold[] {
  const told: StateTold[] = [];
  let variables: Readonly<Record<string, unknown>> = {};
  for (const { at, event } of events) {
    if (event.type !== 'variablesSet' || event.scopeKey !== key) continue;
    const state = event.variables[variable];
    variables = { ...variables, ...event.variables };
    if (typeof state === 'string') told.push({ at, state, variables });
    else if (told.length > 0) told.push({ ...told.pop()!, variables });
  }
  return told;
}

/**
 * The course of a case: of the instance that it began with, and of others in it that have states of their own, such as a
 * review after the end. When one of these has ended, the case is again where it began with says it is.
 */
export function courseOf(own: OwnCourse, others: readonly OwnCourse[]): readonly StateTold[] {
  const before = (at: number) => own.states.findLast((one) => one.at <= at);
  const beside = others.flatMap(({ states, endAt }) => {
    const alone = states.filter((one) => !own.states.some((said) => isSaidToo(said, one, endAt)));
    const back = alone.length > 0 && endAt !== null ? before(endAt) : undefined;
    return [
      ...alone.map((one) => ({ ...one, variables: { ...before(one.at)?.variables, ...one.variables } })),
      ...(back && endAt !== null ? [{ ...back, at: endAt }] : []),
    ];
  });
  const all = [...own.states.map((said) => ({ ...said, variables: knownTo(said, others) })), ...beside];
  const ordered = all.toSorted((a, b) => a.at - b.at);
  return ordered.filter(({ state }, index) => state !== ordered[index - 1]?.state);
}

/** What an instance says that the case says too while it runs. */
const isSaidToo = (said: StateTold, one: StateTold, endAt: number | null): boolean =>
  said.state === one.state && said.at >= one.at && (endAt === null || said.at <= endAt);

function knownTo(said: StateTold, others: readonly OwnCourse[]): StateTold['variables'] {
  const same = others.flatMap(({ states, endAt }) => states.filter((one) => isSaidToo(said, one, endAt)));
  return Object.assign({}, said.variables, ...same.map(({ variables }) => variables));
}
