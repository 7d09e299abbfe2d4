import type { Node } from '../parser/syntax.js';
import { compareValues, equalValues, type Payer, rangeIncludes } from '../values/compare.js';
import { kindOf } from '../values/kinds.js';
import { FeelRange } from '../values/range.js';
import { compileNode } from './compile-node.js';
import { enterScope, type CompileState } from './lexical.js';
import { applyComparison } from './operators.js';
import type { Code, Env } from './run.js';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;
type Test = (env: Env, value: unknown) => boolean | null;

/** Name of the value under test. */
const INPUT = '?';

/** Compiles `value in test` and `value in (test, test)`. */
export function compileIn(node: NodeOf<'in'>, state: CompileState): Code {
  const value = compileNode(node.value, state);
  const tests = node.tests.map((test) => compileTest(test, state));
  return (env) => anyPasses(env, value(env) ?? null, tests);
}

/** Compiles unary tests; the value under test is the variable `?`. */
export function compileUnaryTests(node: NodeOf<'unaryTests'>, state: CompileState): Code {
  if (node.any) return () => true;
  const input = compileNode({ type: 'name', name: INPUT, start: node.start, end: node.end }, state);
  const tests = node.tests.map((test) => compileTest(test, state));
  return (env) => {
    const result = anyPasses(env, input(env) ?? null, tests);
    return node.negated ? (result === null ? null : !result) : result;
  };
}

function anyPasses(env: Env, value: unknown, tests: readonly Test[]): boolean | null {
  let result: boolean | null = false;
  for (const test of tests) {
    const passed = test(env, value);
    if (passed === true) return true;
    if (passed === null) result = null;
  }
  return result;
}

/** Compiles `< 5` where it stands as a value: an interval with one end. */
export function compileUnaryComparison(node: NodeOf<'unaryComparison'>, state: CompileState): Code {
  const operand = compileNode(node.operand, state);
  const { operator } = node;
  return (env) => {
    const value = operand(env);
    if (value === null) return null;
    if (operator === '<' || operator === '<=') return new FeelRange(null, value, false, operator === '<=', true);
    if (operator === '>' || operator === '>=') return new FeelRange(value, null, operator === '>=', false, true);
    if (operator === '=') return new FeelRange(value, value, true, true, true);
    return env.run.warn('range', 'Expected "<", "<=", ">", ">=" or "=" to make an interval but found "!=".', node);
  };
}

function compileTest(node: Node, state: CompileState): Test {
  if (node.type === 'unaryComparison') {
    const operand = compileNode(node.operand, state);
    return (env, value) => applyComparison(node.operator, value, operand(env), env.run);
  }
  if (mentionsInput(node)) return conditionTest(node, state);
  const code = compileNode(node, state);
  if (node.type === 'range') return (env, value) => withinRange(value, code(env));
  return (env, value) => matches(value, code(env), env.run);
}

/** An interval that could not be made leaves it open whether a value lies in it. */
function withinRange(value: unknown, range: unknown): boolean | null {
  return range === null ? null : matches(value, range);
}

/** A test that speaks of `?` decides by itself. */
function conditionTest(node: Node, state: CompileState): Test {
  const code = compileNode(node, enterScope(state, [INPUT]));
  return (env, value) => {
    const result = code({ run: env.run, values: [value], up: env });
    return typeof result === 'boolean' ? result : result === null ? null : matches(value, result, env.run);
  };
}

/** Whether a value meets what a test gave: an interval, a list of tests, a value, or a condition that held by itself. */
export function matches(value: unknown, test: unknown, payer?: Payer): boolean | null {
  if (test instanceof FeelRange && !(value instanceof FeelRange)) return rangeIncludes(test, value, payer);
  if (Array.isArray(test)) return matchesList(value, test, payer);
  if (typeof test === 'boolean' && typeof value !== 'boolean') return value === null ? false : test;
  if (value === null || test === null) return value === test;
  if (Array.isArray(value)) return value.length === 1 ? equalValues(value[0], test, payer) : false;
  return (
    equalValues(value, test, payer) ?? (kindOf(value) === kindOf(test) ? compareValues(value, test, payer) === 0 : null)
  );
}

function matchesList(value: unknown, tests: readonly unknown[], payer?: Payer): boolean | null {
  payer?.charge(1 + Math.ceil(tests.length / 8));
  if (Array.isArray(value) && equalValues(value, tests, payer) === true) return true;
  const results = tests.map((test) =>
    Array.isArray(test) ? equalValues(value, test, payer) : matches(value, test, payer),
  );
  return results.includes(true);
}

const mentioned = new WeakMap<Node, boolean>();

/** Walks the tree with a stack of its own. */
function mentionsInput(node: Node): boolean {
  const known = mentioned.get(node);
  if (known !== undefined) return known;
  const stack: unknown[] = [node];
  let found = false;
  while (stack.length > 0 && !found) {
    const next = stack.pop();
    if (typeof next !== 'object' || next === null) continue;
    found = 'type' in next && next.type === 'name' && 'name' in next && next.name === INPUT;
    stack.push(...(Object.values(next) as unknown[]));
  }
  mentioned.set(node, found);
  return found;
}
