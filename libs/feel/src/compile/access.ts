import { builtin } from '../builtins/index.js';
import type { Node } from '../parser/syntax.js';
import { entryOf, isContext, kindOf } from '../values/kinds.js';
import { isNumber } from '../values/number.js';
import { indexAt, positionsIn } from '../values/position.js';
import { propertyOf } from '../values/properties.js';
import { shown } from '../values/shown.js';
import { hostFunction } from './callable.js';
import { compileNode } from './compile-node.js';
import { enterScope, resolve, type CompileState } from './lexical.js';
import type { Code, Env, Position } from './run.js';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;

/** Compiles a name: a local one, an entry of a filtered item, a variable, a built-in function. */
export function compileName(node: NodeOf<'name'>, state: CompileState): Code {
  const { name } = node;
  const { local, filters, isItem } = resolve(state, name);
  if (isItem && local) return itemCode(local.depth, localCode(local.depth, local.slot));
  const rest = local ? localCode(local.depth, local.slot) : freeCode(node, state);
  return filters.length === 0 ? rest : filteredCode(name, filters, rest);
}

function localCode(depth: number, slot: number): Code {
  if (depth === 0) return (env) => env.values[slot] ?? null;
  if (depth === 1) return (env) => (env.up as Env).values[slot] ?? null;
  return (env) => up(env, depth).values[slot] ?? null;
}

/** `item` is the item, unless the item has an entry of that name. */
function itemCode(depth: number, whole: Code): Code {
  return (env) => {
    const item = up(env, depth).values[0];
    return isContext(item) && Object.hasOwn(item, 'item') ? (item['item'] ?? null) : whole(env);
  };
}

function up(env: Env, depth: number): Env {
  let found = env;
  for (let index = 0; index < depth; index++) found = found.up as Env;
  return found;
}

function freeCode(node: NodeOf<'name'>, state: CompileState): Code {
  const { name } = node;
  const known = builtin(name);
  if (known === undefined || !name.includes(' ')) state.reads.add(name);
  return (env) => {
    const value = env.run.scope.get(name);
    if (value !== undefined) return value;
    if (env.run.scope.has(name)) return null;
    return (
      known ??
      hostFunction(env.run.context, name) ??
      env.run.warn('unknownVariable', `Expected a variable named "${name}" but there is none.`, node)
    );
  };
}

function filteredCode(name: string, filters: readonly number[], rest: Code): Code {
  return (env) => {
    for (const depth of filters) {
      const item = up(env, depth).values[0];
      if (isContext(item) && Object.hasOwn(item, name)) return item[name] ?? null;
      const property = isContext(item) ? undefined : propertyOf(item, name);
      if (property !== undefined) return property;
    }
    return rest(env);
  };
}

/** Compiles `a.b.c`. What is free goes into `reads` as a dotted path. */
export function compilePath(node: NodeOf<'path'>, state: CompileState): Code {
  const target = node.target;
  const free = target.type === 'name' && !resolve(state, target.name).local;
  const before = free ? new Set(state.reads) : undefined;
  const code = compileNode(target, state);
  if (free && before) notePath(state, target.name, node.names, before);
  const { names } = node;
  return (env) => {
    let value = code(env);
    for (const name of names) value = step(env, value, name, node);
    return value;
  };
}

function notePath(state: CompileState, first: string, names: readonly string[], before: ReadonlySet<string>): void {
  if (!before.has(first)) state.reads.delete(first);
  state.reads.add([first, ...names].join('.'));
}

function step(env: Env, value: unknown, name: string, at: Position): unknown {
  if (isContext(value)) {
    const found = entryOf(value, name);
    if (found !== undefined) return found;
    return Object.hasOwn(value, name)
      ? null
      : env.run.warn('unknownProperty', `Expected an entry named "${name}" but the context has none.`, at);
  }
  if (Array.isArray(value)) {
    env.run.charge(1 + value.length);
    return value.map((item) => step(env, item, name, at));
  }
  if (value === null || value === undefined) return null;
  return propertyOf(value, name) ?? noProperty(env, value, name, at);
}

function noProperty(env: Env, value: unknown, name: string, at: Position): null {
  const message = `Expected a value with a property "${name}" but found ${kindOf(value)}.`;
  return env.run.warn('unknownProperty', message, at);
}

/** Compiles `list[condition]` and `list[index]`; an index counts from 1, or from -1 at the end. */
export function compileFilter(node: NodeOf<'filter'>, state: CompileState): Code {
  const target = compileNode(node.target, state);
  const predicate = compileNode(node.predicate, enterScope(state, ['item'], 'filter'));
  const weight = 1 + Math.floor((node.predicate.end - node.predicate.start) / 16);
  const isIndex = isNumberLiteral(node.predicate);
  return (env) => {
    const value = target(env);
    if (value === null || value === undefined)
      return isIndex ? null : filterList(env, [], { predicate, weight, at: node });
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return isIndex
      ? itemAt(env, list, predicate({ run: env.run, values: [null], up: env }), node)
      : filterList(env, list, { predicate, weight, at: node });
  };
}

function isNumberLiteral(node: Node): boolean {
  return node.type === 'negation' ? isNumberLiteral(node.operand) : node.type === 'literal' && isNumber(node.value);
}

interface Filter {
  readonly predicate: Code;
  readonly weight: number;
  readonly at: Position;
}

function filterList(env: Env, list: readonly unknown[], { predicate, weight, at }: Filter): unknown {
  if (list.length === 0) {
    const silent = env.run.warnings.length;
    const isIndex = isNumber(predicate({ run: env.run, values: [null], up: env }));
    env.run.warnings.length = silent;
    return isIndex ? null : [];
  }
  const kept: unknown[] = [];
  for (const [index, item] of list.entries()) {
    env.run.charge(weight);
    const result = predicate({ run: env.run, values: [item], up: env });
    if (index === 0 && isNumber(result)) return itemAt(env, list, result, at);
    if (result === true) kept.push(item);
  }
  return kept;
}

function itemAt(env: Env, list: readonly unknown[], index: unknown, at: Position): unknown {
  const found = indexAt(list, index);
  if (found !== undefined) return list[found] ?? null;
  return env.run.warn('index', `Expected ${positionsIn(list)} but found ${shown(index)}.`, at);
}
