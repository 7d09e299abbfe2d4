import type { Node, TypeNode } from '../parser/syntax.js';
import type { Payer } from '../values/compare.js';
import { entryOf, FeelCallable, isContext, kindOf } from '../values/kinds.js';
import { FeelRange } from '../values/range.js';
import { FeelDate, FeelDateTime, FeelTime } from '../values/temporal.js';
import { FeelZone } from '../values/zone.js';
import { compileNode } from './compile-node.js';
import type { CompileState } from './lexical.js';
import type { Code } from './run.js';

const KNOWN = new Set([
  'Any',
  'Null',
  'number',
  'string',
  'boolean',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
  'list',
  'context',
  'range',
  'function',
]);

/** What a check needs: types of the host, and who pays, for lists that share parts have more parts than memory holds. */
interface Check {
  readonly types: CompileState['types'];
  readonly payer: Payer;
}

/** Compiles `value instance of type`; null with a warning when the type is unknown. */
export function compileInstanceOf(node: Extract<Node, { type: 'instanceOf' }>, state: CompileState): Code {
  const value = compileNode(node.value, state);
  const { of } = node;
  if (!KNOWN.has(of.name) && !state.types(of.name)) {
    return ({ run }) => run.warn('unknownType', `Expected a type but found "${of.name}".`, node);
  }
  return (env) => isInstance(value(env) ?? null, of, { types: state.types, payer: env.run });
}

/** Stands for "no value of that type". */
export const MISFIT = Symbol('misfit');

/**
 * The value as a parameter of a type takes it, with the implicit conversions of DMN 1.5, 10.3.2.9.4: a list of one item is the
 * item, one value is a list, a date is its midnight in UTC. Null fits every type, and so does any value a type that nobody knows.
 */
export function toParameter(value: unknown, type: TypeNode, check: Check): unknown {
  const { types } = check;
  if (value === null || (!KNOWN.has(type.name) && !types(type.name)) || isInstance(value, type, check)) return value;
  if (Array.isArray(value) && value.length === 1 && type.name !== 'list') return toParameter(value[0], type, check);
  if (value instanceof FeelDate && type.name === 'date and time') return utcMidnight(value);
  return !Array.isArray(value) && isInstance([value], type, check) ? [value] : MISFIT;
}

function utcMidnight(date: FeelDate): FeelDateTime {
  return new FeelDateTime(date, FeelTime.ofNanos(0n, FeelZone.offset(0)));
}

/** Null has the types `Any` and `Null` only. */
function isInstance(value: unknown, type: TypeNode, check: Check): boolean {
  if (type.name === 'Any') return value !== null;
  if (type.name === 'Null') return value === null;
  const host = KNOWN.has(type.name) ? undefined : check.types(type.name);
  if (host) return value !== null && host(value);
  const kind = kindOf(value);
  if (kind !== type.name) return false;
  if (kind === 'list') return type.of.every((item) => areAll(value as unknown[], item, check));
  if (kind === 'context') return (type.fields ?? []).every((field) => hasField(value, field, check));
  if (kind === 'range')
    return type.of.every((item) => endsOf(value as FeelRange).every((end) => fits(end, item, check)));
  return kind !== 'function' || type.of.length === 0 || isFunctionOf(value as FeelCallable, type.of.slice(0, -1));
}

/** A parameter without a declared type takes any value; what the body gives is not known before it runs. */
function isFunctionOf({ parameters, parameterTypes }: FeelCallable, wanted: readonly TypeNode[]): boolean {
  return (
    parameters.length === wanted.length &&
    wanted.every(({ name }, index) => (parameterTypes?.[index] ?? 'Any') === 'Any' || parameterTypes?.[index] === name)
  );
}

function endsOf({ start, end }: FeelRange): readonly unknown[] {
  return [start, end];
}

function areAll(list: readonly unknown[], type: TypeNode, check: Check): boolean {
  check.payer.charge(1 + Math.ceil(list.length / 4));
  return list.every((item) => fits(item, type, check));
}

function fits(value: unknown, type: TypeNode, check: Check): boolean {
  return value === null || isInstance(value, type, check);
}

function hasField(value: unknown, field: { name: string; type: TypeNode }, check: Check): boolean {
  check.payer.charge(1);
  if (!isContext(value) || !Object.hasOwn(value, field.name)) return false;
  return fits(entryOf(value, field.name) ?? null, field.type, check);
}
