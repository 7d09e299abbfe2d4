import { calleeOf, isCall, isPath } from './ast.js';
import type { Node } from './ast.js';

/** A level of the template's context: the dotted path it stands for; undefined where it is computed. */
interface Scope {
  readonly path: string | undefined;
  readonly blockParams: ReadonlyMap<string, string>;
}

/**
 * The variables that a template reads, as dotted paths from the root, each once; rows of a list read as members of the
 * list (`demands.text`). What comes from a computed value is left out.
 */
export function readsOf(program: hbs.AST.Program): string[] {
  const reads = new Set<string>();
  visitProgram(program, [{ path: '', blockParams: new Map() }], reads);
  return [...reads].sort();
}

function visitProgram(program: hbs.AST.Program | undefined, scopes: readonly Scope[], reads: Set<string>): void {
  for (const statement of program?.body ?? []) visitStatement(statement, scopes, reads);
}

function visitStatement(node: Node, scopes: readonly Scope[], reads: Set<string>): void {
  if (node.type === 'BlockStatement') return visitBlock(node as hbs.AST.BlockStatement, scopes, reads);
  if (node.type === 'MustacheStatement') visitCall(node as hbs.AST.MustacheStatement, scopes, reads);
}

function visitBlock(node: hbs.AST.BlockStatement, scopes: readonly Scope[], reads: Set<string>): void {
  visitParameters(node, scopes, reads);
  const opensScope = ['each', 'with'].includes(calleeOf(node));
  visitProgram(node.program, opensScope ? [...scopes, innerScope(node, scopes)] : scopes, reads);
  visitProgram(node.inverse, scopes, reads);
}

function innerScope(node: hbs.AST.BlockStatement, scopes: readonly Scope[]): Scope {
  const [parameter] = node.params;
  const path = isPath(parameter) ? resolve(parameter, scopes) : undefined;
  const name = node.program?.blockParams?.[0];
  return { path, blockParams: new Map(name !== undefined && path !== undefined ? [[name, path]] : []) };
}

function visitCall(
  node: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  scopes: readonly Scope[],
  reads: Set<string>,
): void {
  if (!isCall(node)) visitExpression(node.path, scopes, reads);
  visitParameters(node, scopes, reads);
}

type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

function visitParameters(node: Call, scopes: readonly Scope[], reads: Set<string>): void {
  for (const parameter of node.params) visitExpression(parameter, scopes, reads);
  for (const pair of node.hash?.pairs ?? []) visitExpression(pair.value, scopes, reads);
}

function visitExpression(node: hbs.AST.Expression, scopes: readonly Scope[], reads: Set<string>): void {
  if (node.type === 'SubExpression') return visitCall(node as hbs.AST.SubExpression, scopes, reads);
  const path = isPath(node) ? resolve(node, scopes) : undefined;
  if (path) reads.add(path);
}

function resolve(node: hbs.AST.PathExpression, scopes: readonly Scope[]): string | undefined {
  const parts = node.parts.map(String);
  if (node.data) return parts[0] === 'root' ? parts.slice(1).join('.') : undefined;
  const [first = '', ...rest] = parts;
  const named = scopes.findLast((scope) => scope.blockParams.has(first))?.blockParams.get(first);
  if (named !== undefined && node.depth === 0) return [named, ...rest].join('.');
  const scope = scopes[scopes.length - 1 - node.depth];
  if (scope?.path === undefined) return undefined;
  return [scope.path, ...parts].filter((part) => part !== '').join('.');
}
