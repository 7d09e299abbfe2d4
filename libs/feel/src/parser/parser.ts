import { FeelSyntaxError } from '../lexer.js';
import type { ArithmeticOperator, ChainLink, ComparisonOperator, Node } from './syntax.js';
import { isNegativeNumber, parsePrimary } from './primary.js';
import { TokenReader } from './token-reader.js';
import { parseType } from './type-parser.js';

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];
const PRECEDENCE: readonly (readonly ArithmeticOperator[])[] = [['+', '-'], ['*', '/'], ['**']];

/** Parses one whole expression. Throws `FeelSyntaxError`. */
export function parseExpression(source: string, names: readonly string[]): Node {
  const reader = new TokenReader(source, names);
  return whole(reader, expression(reader));
}

/** Parses unary tests (DMN 1.5, 10.3.1.2, rule 15): `-`, `not(...)` or tests parted by commas. Throws `FeelSyntaxError`. */
export function parseUnaryTests(source: string, names: readonly string[]): Node {
  const reader = new TokenReader(source, names);
  if (reader.isSymbol('-') && reader.peek(1).kind === 'end') {
    reader.next();
    return { type: 'unaryTests', tests: [], negated: false, any: true, start: 0, end: source.length };
  }
  const isNegated = reader.isWord('not') && reader.isSymbol('(', 1);
  const negated = isNegated ? negatedTests(reader) : undefined;
  if (negated) return negated;
  const again = isNegated ? new TokenReader(source, names) : reader;
  const tests = positiveTests(again);
  return whole(again, { type: 'unaryTests', tests, negated: false, any: false, start: 0, end: source.length });
}

/** `not(...)` negates the tests only if it is all there is; `not(a) and b` is an expression and undefined here. */
function negatedTests(reader: TokenReader): Node | undefined {
  try {
    reader.next();
    reader.next();
    const tests = positiveTests(reader);
    reader.expectSymbol(')');
    return whole(reader, { type: 'unaryTests', tests, negated: true, any: false, start: 0, end: reader.source.length });
  } catch (error) {
    if (error instanceof FeelSyntaxError) return undefined;
    throw error;
  }
}

/** Parses an expression in the middle of a text: also an interval such as `< 5` (DMN 1.5, 10.3.1.2, rules 2 and 7). */
export function expression(reader: TokenReader): Node {
  const start = reader.current.start;
  const operator = takeComparison(reader);
  if (operator === undefined) return reader.nested(() => logic(reader, 'or'));
  const operand = reader.nested(() => arithmetic(reader, 0));
  return { type: 'unaryComparison', operator, operand, start, end: operand.end };
}

function positiveTests(reader: TokenReader): Node[] {
  const tests = [expression(reader)];
  while (reader.takeSymbol(',')) tests.push(expression(reader));
  return tests;
}

function whole(reader: TokenReader, node: Node): Node {
  if (reader.current.kind !== 'end') throw reader.unexpected('an operator or the end');
  return node;
}

function logic(reader: TokenReader, operator: 'and' | 'or'): Node {
  const operand = () => (operator === 'or' ? logic(reader, 'and') : comparison(reader));
  const first = operand();
  const operands = [first];
  while (reader.takeWord(operator)) operands.push(operand());
  if (operands.length === 1) return first;
  return { type: 'logic', operator, operands, start: first.start, end: reader.previousEnd };
}

function comparison(reader: TokenReader): Node {
  let left = arithmetic(reader, 0);
  for (let links = 0; ; links++) {
    const next = comparisonLink(reader, left);
    if (next === undefined) return left;
    if (links >= 100) throw reader.error('tooDeep', 'Expected at most 100 comparisons in a row.');
    left = next;
  }
}

function comparisonLink(reader: TokenReader, left: Node): Node | undefined {
  const operator = takeComparison(reader);
  if (operator !== undefined) {
    const right = arithmetic(reader, 0);
    return { type: 'comparison', operator, left, right, start: left.start, end: right.end };
  }
  if (reader.takeWord('between')) return between(reader, left);
  return reader.takeWord('in') ? inTests(reader, left) : undefined;
}

function between(reader: TokenReader, value: Node): Node {
  const low = arithmetic(reader, 0);
  reader.expectWord('and');
  const high = arithmetic(reader, 0);
  return { type: 'between', value, low, high, start: value.start, end: high.end };
}

function inTests(reader: TokenReader, value: Node): Node {
  const tests = isTestList(reader) ? testList(reader) : [inTest(reader)];
  return { type: 'in', value, tests, start: value.start, end: reader.previousEnd };
}

function inTest(reader: TokenReader): Node {
  const start = reader.current.start;
  const operator = takeComparison(reader);
  const operand = arithmetic(reader, 0);
  return operator === undefined ? operand : { type: 'unaryComparison', operator, operand, start, end: operand.end };
}

/** After `in (`, a comma or a comparison at the same level says that this is a list of tests and not an interval. */
function isTestList(reader: TokenReader): boolean {
  if (!reader.isSymbol('(')) return false;
  let open = 0;
  for (let offset = 0; reader.peek(offset).kind !== 'end'; offset++) {
    const token = reader.peek(offset);
    if (token.kind !== 'symbol') continue;
    if (open === 1 && token.text === '..') return false;
    if (open === 1 && token.text === ',') return true;
    if ('([{'.includes(token.text)) open++;
    if (')]}'.includes(token.text) && --open === 0) return COMPARISONS.some((sign) => reader.isSymbol(sign, 1));
  }
  return false;
}

function testList(reader: TokenReader): Node[] {
  reader.expectSymbol('(');
  const tests = positiveTests(reader);
  reader.expectSymbol(')');
  return tests;
}

function takeComparison(reader: TokenReader): ComparisonOperator | undefined {
  const token = reader.current;
  if (token.kind !== 'symbol' || !COMPARISONS.includes(token.text)) return undefined;
  return reader.next().text as ComparisonOperator;
}

/** Parses sums, products and powers; `level` is the index in `PRECEDENCE`. */
export function arithmetic(reader: TokenReader, level: number): Node {
  const operators = PRECEDENCE[level];
  if (operators === undefined) return unary(reader);
  const first = arithmetic(reader, level + 1);
  const rest: ChainLink<ArithmeticOperator>[] = [];
  for (;;) {
    const operator = operators.find((sign) => reader.takeSymbol(sign));
    if (operator === undefined) break;
    rest.push({ operator, operand: arithmetic(reader, level + 1) });
  }
  if (rest.length === 0) return first;
  return { type: 'arithmetic', first, rest, start: first.start, end: reader.previousEnd };
}

function unary(reader: TokenReader): Node {
  const start = reader.current.start;
  if (!isNegativeNumber(reader) && reader.takeSymbol('-')) {
    const operand = reader.nested(() => unary(reader));
    return { type: 'negation', operand, start, end: operand.end };
  }
  return instanceOf(reader, parsePrimary(reader));
}

function instanceOf(reader: TokenReader, value: Node): Node {
  if (!reader.isWord('instance') || !reader.isWord('of', 1)) return value;
  reader.next();
  reader.next();
  const of = parseType(reader);
  return { type: 'instanceOf', value, of, start: value.start, end: reader.previousEnd };
}
