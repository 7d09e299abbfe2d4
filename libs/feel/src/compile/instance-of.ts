import type { Node, TypeNode } from '../parser/syntax.js';
import { entryOf, FeelCallable, isContext, kindOf } from '../values/kinds.js';
import { FeelRange } from '../values/range.js';
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

type HostTypes = CompileState['types'];

/** Compiles `value instance of type`; null with a warning when the type is unknown. */
export function compileInstanceOf(node: Extract<Node, { type: 'instanceOf' }>, state: CompileState): Code {
  const value = compileNode(node.value, state);
  const { of } = node;
  if (!KNOWN.has(of.name) && !state.types(of.name)) {
    return ({ run }) => run.warn('unknownType', `Expected a type but found "${of.name}".`, node);
  }
  return (env) => isInstance(value(env) ?? null, of, state.types);
}

/** Says whether a value may stand for a parameter of that type: null may, and so may a type that nobody knows. */
export function fitsParameter(value: unknown, type: TypeNode, types: HostTypes): boolean {
  if (value === null || (!KNOWN.has(type.name) && !types(type.name))) return true;
  return isInstance(value, type, types);
}

/** Null has the types `Any` and `Null` only. */
function isInstance(value: unknown, type: TypeNode, types: HostTypes): boolean {
  if (type.name === 'Any') return value !== null;
  if (type.name === 'Null') return value === null;
  const host = KNOWN.has(type.name) ? undefined : types(type.name);
  if (host) return value !== null && host(value);
  const kind = kindOf(value);
  if (kind !== type.name) return false;
  if (kind === 'list') return type.of.every((item) => (value as unknown[]).every((each) => fits(each, item, types)));
  if (kind === 'context') return (type.fields ?? []).every((field) => hasField(value, field, types));
  if (kind === 'range')
    return type.of.every((item) => endsOf(value as FeelRange).every((end) => fits(end, item, types)));
  return (
    kind !== 'function' || type.of.length === 0 || (value as FeelCallable).parameters.length === type.of.length - 1
  );
}

function endsOf({ start, end }: FeelRange): readonly unknown[] {
  return [start, end];
}

function fits(value: unknown, type: TypeNode, types: HostTypes): boolean {
  return value === null || isInstance(value, type, types);
}

function hasField(value: unknown, field: { name: string; type: TypeNode }, types: HostTypes): boolean {
  if (!isContext(value) || !Object.hasOwn(value, field.name)) return false;
  return fits(entryOf(value, field.name) ?? null, field.type, types);
}
