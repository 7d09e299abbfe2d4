import { builtin } from '../builtins/index.js';
import type { Node } from '../parser/syntax.js';
import { hostFunction, runnable, type RunnableFunction } from './callable.js';
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
    if (target === undefined) return env.run.warn('notAFunction', `Expected ${textOf(node)} to be a function.`, node);
    env.run.charge(1);
    const values = codes.map((code) => code(env) ?? null);
    if (!isNamed) return target.call(env.run, values, node) ?? null;
    const ordered = target.order(new Map(names.map((name, index) => [name as string, values[index]])));
    if (ordered !== null) return target.call(env.run, ordered, node) ?? null;
    return env.run.warn('arguments', `Expected arguments named ${target.parameters.join(', ')}.`, node);
  };
}

function textOf(node: CallNode): string {
  return node.callee.type === 'name' ? `"${node.callee.name}"` : 'the callee';
}

function calleeOf(node: CallNode, state: CompileState): (env: Env) => RunnableFunction | undefined {
  if (node.callee.type !== 'name') return valueCallee(compileNode(node.callee, state), 'function');
  const { name } = node.callee;
  const { local, filters } = resolve(state, name);
  if (local !== undefined) return valueCallee(compileNode(node.callee, state), name);
  const known = state.declared.has(name) ? undefined : builtin(name);
  if (known !== undefined) return () => known;
  if (filters.length > 0) return valueCallee(compileNode(node.callee, state), name);
  return ({ run }) => runnable(name, run.scope.get(name)) ?? hostFunction(run.context, name) ?? builtin(name);
}

function valueCallee(code: Code, name: string): (env: Env) => RunnableFunction | undefined {
  return (env) => runnable(name, code(env));
}
