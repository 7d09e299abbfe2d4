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

/** Compiles `value instance of type`; null with a warning when the type is unknown. */
export function compileInstanceOf(node: Extract<Node, { type: 'instanceOf' }>, state: CompileState): Code {
  const value = compileNode(node.value, state);
  const { of } = node;
  if (!KNOWN.has(of.name))
    return ({ run }) => run.warn('unknownType', `Expected a FEEL type but found "${of.name}".`, node);
  return (env) => isInstance(value(env) ?? null, of);
}

/** Says whether a value has a type. Null has the types `Any` and `Null` only. */
function isInstance(value: unknown, type: TypeNode): boolean {
  if (type.name === 'Any') return value !== null;
  if (type.name === 'Null') return value === null;
  const kind = kindOf(value);
  if (kind !== type.name) return false;
  if (kind === 'list') return type.of.every((item) => (value as unknown[]).every((each) => fits(each, item)));
  if (kind === 'context') return (type.fields ?? []).every((field) => hasField(value, field));
  if (kind === 'range')
    return type.of.every((item) =>
      [(value as FeelRange).start, (value as FeelRange).end].every((end) => end === null || isInstance(end, item)),
    );
  return (
    kind !== 'function' || type.of.length === 0 || (value as FeelCallable).parameters.length === type.of.length - 1
  );
}

function fits(value: unknown, type: TypeNode): boolean {
  return value === null || isInstance(value, type);
}

function hasField(value: unknown, field: { name: string; type: TypeNode }): boolean {
  return isContext(value) && Object.hasOwn(value, field.name) && fits(entryOf(value, field.name) ?? null, field.type);
}
