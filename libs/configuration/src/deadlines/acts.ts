import { toJson, type EvaluationContext } from '#feel';
import type { InstanceFacts } from '../ledgers/facts.js';
import { pointerPart } from '../json-text.js';
import type { DeadlineEntry } from './entries.js';
import { scopeOfDeadline, type Around } from './facts.js';

type Values = Readonly<Record<string, unknown>>;

/** What is to be done at a mark, all formulas worked out. */
export type MarkAct =
  | { readonly kind: 'notify'; readonly to: readonly string[]; readonly text: string }
  | { readonly kind: 'message'; readonly name: string; readonly correlationKey: string; readonly variables: Values }
  | { readonly kind: 'start'; readonly processId: string; readonly variables: Values };

/**
 * Works out the act of a mark, or says by its place what it could not; never by a value. `undefined` where the
 * declaration has no such mark any more.
 */
export function actOfMark(
  entry: DeadlineEntry,
  facts: InstanceFacts,
  around: Required<Pick<Around, 'mark'>> & Around,
  context: EvaluationContext,
): MarkAct | { readonly fault: string } | undefined {
  const { marks = [] } = entry.declaration;
  const index = marks.findIndex(({ at }) => String(at) === around.mark.at);
  const act = marks[index]?.do;
  if (!act) return undefined;
  const scope = scopeOfDeadline(facts, around, context.timeZone);
  const place = `${entry.place}/marks/${index}/do`;
  const evaluate = (below: string, source: unknown): unknown => {
    const formula = entry.formulas.get(place + below);
    if (!formula) return source;
    const { value, failed } = formula.evaluate(scope, context);
    if (failed) throw new ActFault(`a value (${failed.code})`, place + below);
    return toJson(value) ?? null;
  };
  const variablesOf = (kind: string, variables: Values = {}): Values =>
    Object.fromEntries(
      Object.entries(variables).map(([name, source]) => [
        name,
        evaluate(`/${kind}/variables/${pointerPart(name)}`, source),
      ]),
    );
  try {
    if (act.notify) {
      const to = [evaluate('/notify/to', act.notify.to)].flat(2).filter((one) => one !== null);
      if (!to.every((one) => typeof one === 'string')) throw new ActFault('a list of texts', `${place}/notify/to`);
      return { kind: 'notify', to: [...new Set(to)], text: textOf(evaluate('/notify/text', act.notify.text), place) };
    }
    if (act.message) {
      const { name, correlationKey, variables } = act.message;
      const key = evaluate('/message/correlationKey', correlationKey);
      if (typeof key !== 'string' && typeof key !== 'number')
        throw new ActFault('a text', `${place}/message/correlationKey`);
      return { kind: 'message', name, correlationKey: String(key), variables: variablesOf('message', variables) };
    }
    const { processId = '', variables } = act.start ?? {};
    return { kind: 'start', processId, variables: variablesOf('start', variables) };
  } catch (cause) {
    if (!(cause instanceof ActFault)) throw cause;
    return { fault: `Expected ${cause.message} at ${cause.place} of ${entry.path}.` };
  }
}

const textOf = (value: unknown, place: string): string => {
  if (typeof value === 'string' && value !== '') return value;
  throw new ActFault('a text', `${place}/notify/text`);
};

class ActFault extends Error {
  constructor(
    expected: string,
    readonly place: string,
  ) {
    super(expected);
  }
}
