import { FeelSyntaxError } from '../lexer.js';
import type { Node } from '../parser/syntax.js';
import { parseAtLiteral } from '../values/parse-temporal.js';
import { setEntry } from '../values/kinds.js';
import { FeelRange } from '../values/range.js';
import { compareValues } from '../values/compare.js';
import { kindOf } from '../values/kinds.js';
import { compileCall } from './call.js';
import { compileFilter, compileName, compilePath } from './access.js';
import { Lambda } from './callable.js';
import { enterScope, type CompileState } from './lexical.js';
import { compileFor, compileQuantified } from './loops.js';
import { compileArithmetic, compileBetween, compileComparison, compileLogic, compileNegation } from './operators.js';
import type { Code, Env, Position, Run } from './run.js';
import { compileIn, compileUnaryComparison, compileUnaryTests } from './tests.js';
import { compileInstanceOf, MISFIT, toParameter } from './instance-of.js';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;

/** Turns a tree into one closure. */
export function compileNode(node: Node, state: CompileState): Code {
  switch (node.type) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'at':
      return compileAt(node);
    case 'name':
      return compileName(node, state);
    case 'path':
      return compilePath(node, state);
    case 'filter':
      return compileFilter(node, state);
    case 'call':
      return compileCall(node, state);
    case 'list':
      return compileList(node, state);
    case 'context':
      return compileContext(node, state);
    case 'range':
      return compileRange(node, state);
    case 'function':
      return compileFunction(node, state);
    case 'if':
      return compileIf(node, state);
    case 'for':
      return compileFor(node, state);
    case 'quantified':
      return compileQuantified(node, state);
    case 'arithmetic':
      return compileArithmetic(node, state);
    case 'negation':
      return compileNegation(node, state);
    case 'comparison':
      return compileComparison(node, state);
    case 'between':
      return compileBetween(node, state);
    case 'logic':
      return compileLogic(node, state);
    case 'in':
      return compileIn(node, state);
    case 'instanceOf':
      return compileInstanceOf(node, state);
    case 'unaryComparison':
      return compileUnaryComparison(node, state);
    case 'unaryTests':
      return compileUnaryTests(node, state);
    case 'iteration':
      return () => null;
  }
}

function compileAt(node: NodeOf<'at'>): Code {
  const value = parseAtLiteral(node.text);
  if (value !== undefined) return () => value;
  return ({ run }) => run.warn('literal', `Expected a date, time or duration but found "${node.text}".`, node);
}

function compileList(node: NodeOf<'list'>, state: CompileState): Code {
  const items = node.items.map((item) => compileNode(item, state));
  return (env) => items.map((item) => item(env));
}

/** A later entry sees the earlier ones; a function sees itself, so that it may call itself. */
function compileContext(node: NodeOf<'context'>, state: CompileState): Code {
  const keys = node.entries.map((entry) => entry.key);
  const codes = node.entries.map(({ value }, index) =>
    compileNode(value, enterScope(state, keys.slice(0, value.type === 'function' ? index + 1 : index))),
  );
  return (env) => {
    const inner: Env = { run: env.run, values: [], up: env };
    const result: Record<string, unknown> = {};
    codes.forEach((code, index) => {
      inner.values[index] = code(inner);
      setEntry(result, keys[index] as string, inner.values[index]);
    });
    return result;
  };
}

function compileRange(node: NodeOf<'range'>, state: CompileState): Code {
  const low = compileNode(node.low as Node, state);
  const high = compileNode(node.high as Node, state);
  return (env) => {
    const start = low(env);
    const end = high(env);
    const order = compareValues(start, end);
    if (order === null || order > 0) {
      return env.run.warn(
        'range',
        `Expected an interval from low to high but found ${kindOf(start)} and ${kindOf(end)}.`,
        node,
      );
    }
    return new FeelRange(start, end, node.lowIncluded, node.highIncluded);
  };
}

const EXTERNAL = 'Expected a function written in FEEL but found an external one.';

function compileFunction(node: NodeOf<'function'>, state: CompileState): Code {
  const names = node.parameters.map((parameter) => parameter.name);
  if (node.body === undefined) throw new FeelSyntaxError('externalFunction', EXTERNAL, node.start, node.end);
  const body = compileNode(node.body, enterScope(state, names));
  const { parameters } = node;
  const parameterTypes = parameters.map(({ type }) => type?.name);
  return (env) => {
    const apply = (run: Run, args: readonly unknown[], at: Position): unknown => {
      const values = parameters.map(({ type }, index) =>
        type ? toParameter(args[index], type, { types: state.types, payer: run }) : args[index],
      );
      const misfit = values.indexOf(MISFIT);
      if (misfit < 0) return body({ run: run.inside(env.run, at), values, up: env });
      const found = kindOf(args[misfit]);
      const wanted = parameters[misfit]?.type?.name ?? 'Any';
      return run.warn('arguments', `Expected ${wanted} for "${names[misfit] ?? ''}" but found ${found}.`, at);
    };
    return new Lambda(names, apply, parameterTypes);
  };
}

function compileIf(node: NodeOf<'if'>, state: CompileState): Code {
  const condition = compileNode(node.condition, state);
  const consequent = compileNode(node.consequent, state);
  const otherwise = compileNode(node.otherwise, state);
  return (env) => (condition(env) === true ? consequent(env) : otherwise(env));
}
