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
  'eq',
  'default',
  'lines',
]);

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
