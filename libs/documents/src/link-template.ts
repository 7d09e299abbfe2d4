import { calleeOf, isCall, isPath, parameterIn } from './ast.js';
import type { Node } from './ast.js';

/** What a template names outside of itself, each once, with the line where it first does. */
export interface TemplateNames {
  /** Variables as paths from the root; rows of a list read as members of the list (`demands`, `text`). */
  readonly reads: readonly { readonly path: readonly string[]; readonly line: number }[];
  readonly dictionaries: readonly NamedAt[];
  /** Parameters that name a dictionary. */
  readonly dictionaryParameters: readonly NamedAt[];
}

export interface NamedAt {
  readonly id: string;
  readonly line: number;
}

/** One place where a variable stands: the helper or block that takes it, or nothing where it is printed as it is. */
export interface Use {
  readonly path: readonly string[];
  readonly by?: Call;
}

/** A level of the template's context: the path it stands for; undefined where it is computed. */
interface Scope {
  readonly path: readonly string[] | undefined;
  readonly blockParams: ReadonlyMap<string, readonly string[]>;
}

interface Found {
  /** By path as JSON. */
  readonly reads: Map<string, { readonly path: readonly string[]; readonly line: number }>;
  readonly dictionaries: Map<string, number>;
  readonly dictionaryParameters: Map<string, number>;
  readonly uses: Use[];
}

/** What a template names; what comes from a computed value is left out. */
export function namesOf(program: hbs.AST.Program): TemplateNames {
  const found = foundIn(program);
  return {
    reads: [...found.reads.values()],
    dictionaries: namedAt(found.dictionaries),
    dictionaryParameters: namedAt(found.dictionaryParameters),
  };
}

/** Every place in which a variable stands, in the order of the template. */
export function usesOf(program: hbs.AST.Program): readonly Use[] {
  return foundIn(program).uses;
}

function foundIn(program: hbs.AST.Program): Found {
  const found: Found = { reads: new Map(), dictionaries: new Map(), dictionaryParameters: new Map(), uses: [] };
  visitProgram(program, [{ path: [], blockParams: new Map() }], found);
  return found;
}

const namedAt = (found: ReadonlyMap<string, number>): readonly NamedAt[] =>
  [...found].map(([id, line]) => ({ id, line }));

function visitProgram(program: hbs.AST.Program | undefined, scopes: readonly Scope[], found: Found): void {
  for (const statement of program?.body ?? []) visitStatement(statement, scopes, found);
}

function visitStatement(node: Node, scopes: readonly Scope[], found: Found): void {
  if (node.type === 'BlockStatement') return visitBlock(node as hbs.AST.BlockStatement, scopes, found);
  if (node.type === 'MustacheStatement') visitCall(node as hbs.AST.MustacheStatement, scopes, found);
}

function visitBlock(node: hbs.AST.BlockStatement, scopes: readonly Scope[], found: Found): void {
  visitParameters(node, scopes, found);
  const opensScope = ['each', 'with'].includes(calleeOf(node));
  visitProgram(node.program, opensScope ? [...scopes, innerScope(node, scopes)] : scopes, found);
  visitProgram(node.inverse, scopes, found);
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
  found: Found,
): void {
  if (!isCall(node)) visitExpression(node.path, scopes, found);
  visitParameters(node, scopes, found);
}

export type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

function visitParameters(node: Call, scopes: readonly Scope[], found: Found): void {
  const [dictionary] = node.params;
  if (calleeOf(node) === 'dict' && dictionary?.type === 'StringLiteral')
    addOnce(found.dictionaries, (dictionary as hbs.AST.StringLiteral).value, dictionary.loc.start.line);
  const parameter = parameterIn(dictionary);
  if (calleeOf(node) === 'dict' && parameter !== undefined)
    addOnce(found.dictionaryParameters, parameter, node.loc.start.line);
  for (const given of node.params) visitExpression(given, scopes, found, node);
  for (const pair of node.hash?.pairs ?? []) visitExpression(pair.value, scopes, found, node);
}

function visitExpression(node: hbs.AST.Expression, scopes: readonly Scope[], found: Found, by?: Call): void {
  if (node.type === 'SubExpression') return visitCall(node as hbs.AST.SubExpression, scopes, found);
  const path = isPath(node) ? resolve(node, scopes) : undefined;
  if (!path || path.length === 0) return;
  addOnce(found.reads, JSON.stringify(path), { path, line: node.loc.start.line });
  found.uses.push({ path, ...(by && { by }) });
}

function addOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

function resolve(node: hbs.AST.PathExpression, scopes: readonly Scope[]): readonly string[] | undefined {
  const parts = node.parts.map(String);
  if (node.data) return parts[0] === 'root' ? parts.slice(1) : undefined;
  const [first = '', ...rest] = parts;
  const named = scopes.findLast((scope) => scope.blockParams.has(first))?.blockParams.get(first);
  if (named !== undefined && node.depth === 0) return [...named, ...rest];
  const scope = scopes[scopes.length - 1 - node.depth];
  return scope?.path && [...scope.path, ...parts];
}
