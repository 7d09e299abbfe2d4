import Handlebars from 'handlebars';

/** The parts of Handlebars' syntax tree that are read here. */
export type Node = hbs.AST.Node;

/** Helpers that hold a block. */
export const BLOCK_HELPERS: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with']);

/** All a template may call. */
export const INLINE_HELPERS: ReadonlySet<string> = new Set([
  'dateCN',
  'dateTimeCN',
  'deadlineCN',
  'ordinalCN',
  'moneyCN',
  'mask',
  'seal',
  'qr',
  'dict',
  'unit',
  'account',
  'eq',
  'default',
  'lines',
]);

/** What every output is handed to, so that it can be counted; its name is none that a template could write. */
export const PRINT = '%print';

/** Parses a template; throws with the line in its message. */
export function parseTemplate(source: string): hbs.AST.Program {
  return Handlebars.parse(source);
}

/** True for a reading of a value: `name`, `case.no`, `@index`. */
export function isPath(node: Node | undefined): node is hbs.AST.PathExpression {
  return node?.type === 'PathExpression';
}

/** The helper or value that a statement or sub-expression names. */
export function calleeOf(node: hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression): string {
  return isPath(node.path) ? node.path.original : '';
}

/** Whether a statement calls a helper and does not read a value. */
export function isCall(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression): boolean {
  const hasArguments = node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
  return hasArguments || node.type === 'SubExpression' || INLINE_HELPERS.has(calleeOf(node));
}

/** `x` of `parameters.x`, whose choices are known before anything is rendered. */
export function parameterIn(node: Node | undefined): string | undefined {
  if (!isPath(node) || node.data || node.depth > 0) return undefined;
  const [group, ...name] = node.parts.map(String);
  return group === 'parameters' && name.length > 0 ? name.join('.') : undefined;
}
