import { KEYWORD_NAMES } from './compile.js';
import { parseExpression } from './parser/parser.js';
import type { Node } from './parser/syntax.js';

/** A text that stands in an expression; of a sum of texts, how it begins. */
export interface GivenText {
  readonly text: string;
  readonly isWhole: boolean;
}

/** A text that a variable is compared with. */
export interface ComparedText {
  readonly name: string;
  readonly text: string;
}

/** Functions that give the members of their lists. */
const joining = new Set(['concatenate', 'append', 'union', 'distinct values', 'flatten']);

/** Texts that an expression may give, alone or in a list, whatever its conditions say; none of an expression with faults. */
export function textsGiven(source: string): readonly GivenText[] {
  const tree = parsed(source);
  return tree ? given(tree) : [];
}

/** Comparisons of a plain variable with a text: `=`, `!=`, `in` and `list contains`. */
export function textsCompared(source: string): readonly ComparedText[] {
  const found: ComparedText[] = [];
  const visit = (node: Node): void => {
    found.push(...compared(node));
    childrenOf(node).forEach(visit);
  };
  const tree = parsed(source);
  if (tree) visit(tree);
  return found;
}

/**
 * Variables whose values an expression gives or computes with, beside those that it only asks in conditions and
 * comparisons to choose what it gives.
 */
export function variablesGiven(source: string): readonly string[] {
  const tree = parsed(source);
  return tree ? [...new Set(computedWith(tree))] : [];
}

function computedWith(node: Node): readonly string[] {
  switch (node.type) {
    case 'name':
      return [node.name];
    case 'if':
      return [node.consequent, node.otherwise].flatMap(computedWith);
    case 'filter':
      return computedWith(node.target);
    case 'call':
      return node.args.flatMap(({ value }) => computedWith(value));
    case 'comparison':
    case 'between':
    case 'in':
    case 'logic':
    case 'quantified':
    case 'instanceOf':
      return [];
    default:
      return childrenOf(node).flatMap(computedWith);
  }
}

function parsed(source: string): Node | undefined {
  try {
    return parseExpression(source.replace(/^\s*=/, ''), KEYWORD_NAMES);
  } catch {
    return undefined;
  }
}

function given(node: Node): readonly GivenText[] {
  switch (node.type) {
    case 'literal':
      return typeof node.value === 'string' ? [{ text: node.value, isWhole: true }] : [];
    case 'list':
      return node.items.flatMap(given);
    case 'if':
      return [node.consequent, node.otherwise].flatMap(given);
    case 'for':
      return given(node.body);
    case 'filter':
      return given(node.target);
    case 'arithmetic':
      return node.rest[0]?.operator === '+' ? given(node.first).map(({ text }) => ({ text, isWhole: false })) : [];
    case 'call':
      return node.callee.type === 'name' && joining.has(node.callee.name)
        ? node.args.flatMap(({ value }) => given(value))
        : [];
    default:
      return [];
  }
}

function compared(node: Node): readonly ComparedText[] {
  if (node.type === 'comparison' && (node.operator === '=' || node.operator === '!='))
    return [...pairs(node.left, [node.right]), ...pairs(node.right, [node.left])];
  if (node.type === 'in') return pairs(node.value, node.tests);
  if (node.type === 'call' && node.callee.type === 'name' && node.callee.name === 'list contains') {
    const [list, member] = node.args.map(({ value }) => value);
    return list && member ? pairs(list, [member]) : [];
  }
  return [];
}

function pairs(variable: Node, values: readonly Node[]): readonly ComparedText[] {
  if (variable.type !== 'name') return [];
  return values
    .flatMap(given)
    .filter(({ isWhole }) => isWhole)
    .map(({ text }) => ({ name: variable.name, text }));
}

/** Nodes stand in the properties of their holder, alone, in lists, or in objects of lists. */
function childrenOf(node: Node): readonly Node[] {
  const within = (value: unknown): readonly Node[] => {
    if (typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap(within);
    return 'type' in value && 'start' in value ? [value as Node] : Object.values(value).flatMap(within);
  };
  return Object.values(node).flatMap(within);
}
