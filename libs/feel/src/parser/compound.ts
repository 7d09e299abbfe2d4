import { arithmetic, expression } from './parser.js';
import type { Iterator_, Node, Parameter } from './syntax.js';
import type { TokenReader } from './token-reader.js';
import { parseType } from './type-parser.js';

const WORDS = new Set(['if', 'for', 'some', 'every', 'function']);

/** Says whether `if`, `for`, `some`, `every` or `function` begins here. */
export function isCompound(reader: TokenReader): boolean {
  return WORDS.has(reader.current.text);
}

/** Parses the compound that begins here. */
export function compound(reader: TokenReader): Node {
  const { text, start } = reader.next();
  if (text === 'if') return conditional(reader, start);
  if (text === 'for') return loop(reader, start);
  if (text === 'function') return functionLiteral(reader, start);
  return quantified(reader, start, text as 'some' | 'every');
}

function conditional(reader: TokenReader, start: number): Node {
  const condition = expression(reader);
  reader.expectWord('then');
  const consequent = expression(reader);
  reader.expectWord('else');
  const otherwise = expression(reader);
  return { type: 'if', condition, consequent, otherwise, start, end: reader.previousEnd };
}

function loop(reader: TokenReader, start: number): Node {
  return withIterators(reader, 'return', (iterators) => {
    const body = reader.within(['partial'], () => expression(reader));
    return { type: 'for', iterators, body, start, end: reader.previousEnd };
  });
}

function quantified(reader: TokenReader, start: number, quantifier: 'some' | 'every'): Node {
  return withIterators(reader, 'satisfies', (iterators) => {
    const body = expression(reader);
    return { type: 'quantified', quantifier, iterators, body, start, end: reader.previousEnd };
  });
}

/** A later iterator sees the names of the earlier ones. */
function withIterators(reader: TokenReader, endWord: string, parse: (iterators: Iterator_[]) => Node): Node {
  const iterators: Iterator_[] = [];
  do {
    const name = iteratorName(reader);
    reader.expectWord('in');
    iterators.push({ name, source: iterationSource(reader) });
    reader.known.enter([name]);
  } while (reader.takeSymbol(','));
  reader.expectWord(endWord);
  const node = parse(iterators);
  iterators.forEach(() => reader.known.leave());
  return node;
}

function iteratorName(reader: TokenReader): string {
  return reader.name();
}

function iterationSource(reader: TokenReader): Node {
  const low = expression(reader);
  if (!reader.takeSymbol('..')) return low;
  const high = reader.nested(() => arithmetic(reader, 0));
  return { type: 'iteration', low, high, start: low.start, end: high.end };
}

function functionLiteral(reader: TokenReader, start: number): Node {
  reader.expectSymbol('(');
  const parameters: Parameter[] = [];
  reader.list(')', () => {
    parameters.push(parameter(reader, parameters));
  });
  const isExternal = reader.takeWord('external');
  const names = parameters.map((each) => each.name);
  const body = reader.within(names, () => expression(reader));
  const at = { start, end: reader.previousEnd };
  return { type: 'function', parameters, ...(isExternal ? {} : { body }), ...at };
}

function parameter(reader: TokenReader, before: readonly Parameter[]): Parameter {
  const name = reader.key(false);
  if (before.some((each) => each.name === name))
    throw reader.error('duplicateParameter', `Expected parameter "${name}" once.`);
  return reader.takeSymbol(':') ? { name, type: parseType(reader) } : { name };
}
