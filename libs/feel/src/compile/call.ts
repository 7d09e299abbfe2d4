import { builtin } from '../builtins/index.js';
import type { Node } from '../parser/syntax.js';
import { type Kind, kindOf } from '../values/kinds.js';
import { hostFunction, runnable, RunnableFunction } from './callable.js';
import { compileNode } from './compile-node.js';
import { resolve, type CompileState } from './lexical.js';
import type { Code, Env } from './run.js';

type CallNode = Extract<Node, { type: 'call' }>;

/** Compiles a call. A built-in is bound now unless a local or declared name hides it; all else is looked up when it runs. */
export function compileCall(node: CallNode, state: CompileState): Code {
  const callee = calleeOf(node, state);
  const codes = node.args.map((arg) => compileNode(arg.value, state));
  const names = node.args.map((arg) => arg.name);
  const isNamed = names.some((name) => name !== undefined);
  return (env) => {
    const target = callee(env);
    if (!(target instanceof RunnableFunction)) return noFunction(env, node, target);
    env.run.charge(1);
    const values = codes.map((code) => code(env) ?? null);
    if (!isNamed) return target.call(env.run, values, node) ?? null;
    const ordered = target.order(new Map(names.map((name, index) => [name as string, values[index]])));
    if (ordered !== null) return target.call(env.run, ordered, node) ?? null;
    return env.run.warn(
      'arguments',
      `Expected arguments named ${target.parameters.join(', ')} but found ${names.join(', ')}.`,
      node,
    );
  };
}

/** A function, or the kind of the value that stands in its place; undefined where nothing does. */
type Callee = RunnableFunction | Kind | undefined;

function noFunction({ run }: Env, node: CallNode, found: Kind | undefined): null {
  const { callee } = node;
  const text = callee.type === 'name' ? `"${callee.name}"` : 'the value before "("';
  if (found === undefined)
    return run.warn('unknownFunction', `Expected a function named ${text} but there is none.`, node);
  return run.warn('notAFunction', `Expected ${text} to be a function but found ${found}.`, node);
}

function calleeOf(node: CallNode, state: CompileState): (env: Env) => Callee {
  if (node.callee.type !== 'name') return valueCallee(compileNode(node.callee, state), 'function');
  const { name } = node.callee;
  const { local, filters } = resolve(state, name);
  if (local !== undefined) return valueCallee(compileNode(node.callee, state), name);
  const known = state.declared.has(name) ? undefined : builtin(name);
  if (known !== undefined) return () => known;
  if (filters.length > 0) return valueCallee(compileNode(node.callee, state), name);
  return ({ run }) => {
    const value = run.scope.get(name);
    const found = runnable(name, value) ?? hostFunction(run.context, name) ?? builtin(name);
    return found ?? (value === undefined ? undefined : kindOf(value));
  };
}

function valueCallee(code: Code, name: string): (env: Env) => Callee {
  return (env) => {
    const value = code(env);
    return runnable(name, value) ?? kindOf(value);
  };
}
