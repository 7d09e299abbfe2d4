import { parseNumber } from '../values/number.js';
import { compound, isCompound } from './compound.js';
import { arithmetic, expression } from './parser.js';
import type { NamedArgument, Node } from './syntax.js';
import type { TokenReader } from './token-reader.js';

const MAX_POSTFIXES = 150;

/** Parses a literal, name, list, context, interval or compound, with the paths, filters and calls that follow it. */
export function parsePrimary(reader: TokenReader): Node {
  let node = reader.nested(() => atom(reader));
  for (let count = 0; ; count++) {
    const next = postfix(reader, node);
    if (next === undefined) return node;
    if (count >= MAX_POSTFIXES) throw reader.error('tooDeep', `Expected at most ${MAX_POSTFIXES} accesses in a row.`);
    node = next;
  }
}

function postfix(reader: TokenReader, target: Node): Node | undefined {
  if (reader.isSymbol('.')) return path(reader, target);
  if (reader.isSymbol('(')) return call(reader, target);
  return reader.opensFilter ? filter(reader, target) : undefined;
}

function path(reader: TokenReader, target: Node): Node {
  const names: string[] = [];
  while (reader.takeSymbol('.')) names.push(reader.entryName());
  return { type: 'path', target, names, start: target.start, end: reader.previousEnd };
}

function filter(reader: TokenReader, target: Node): Node {
  reader.expectSymbol('[');
  const predicate = reader.filtering(true, () => reader.within(['item'], () => expression(reader)));
  reader.expectSymbol(']');
  return { type: 'filter', target, predicate, start: target.start, end: reader.previousEnd };
}

function call(reader: TokenReader, callee: Node): Node {
  reader.expectSymbol('(');
  const args: NamedArgument[] = [];
  reader.list(')', () => args.push(argument(reader)));
  const named = args.filter((arg) => arg.name !== undefined).length;
  if (named > 0 && named < args.length) throw reader.error('syntax', 'Expected all arguments by name or none.');
  return { type: 'call', callee, args, start: callee.start, end: reader.previousEnd };
}

function argument(reader: TokenReader): NamedArgument {
  const words = reader.wordsAhead();
  const isNamed =
    words > 0 ? reader.isSymbol(':', words) : reader.current.kind === 'quotedName' && reader.isSymbol(':', 1);
  if (!isNamed) return { value: expression(reader) };
  const name = reader.key();
  reader.expectSymbol(':');
  return { name, value: expression(reader) };
}

function atom(reader: TokenReader): Node {
  const token = reader.current;
  const at = { start: token.start, end: token.end };
  if (token.kind === 'number') return { type: 'literal', value: parseNumber(reader.next().text), ...at };
  if (isNegativeNumber(reader)) return negativeNumber(reader);
  if (token.kind === 'string') return { type: 'literal', value: reader.next().text, ...at };
  if (token.kind === 'at') return { type: 'at', text: reader.next().text, ...at };
  if (token.kind === 'symbol') return bracketed(reader);
  return token.kind === 'name' ? word(reader) : named(reader);
}

/** The sign belongs to a number literal, so it binds more closely than any operator (DMN 1.5, 10.3.1.2, rule 35). */
export function isNegativeNumber(reader: TokenReader): boolean {
  return reader.isSymbol('-') && reader.peek(1).kind === 'number';
}

function negativeNumber(reader: TokenReader): Node {
  const { start } = reader.next();
  const { text, end } = reader.next();
  return { type: 'literal', value: parseNumber(`-${text}`), start, end };
}

function word(reader: TokenReader): Node {
  const { text, start, end } = reader.current;
  if (reader.startsKnownName) return named(reader);
  if (text === 'true' || text === 'false' || text === 'null') {
    reader.next();
    return { type: 'literal', value: text === 'null' ? null : text === 'true', start, end };
  }
  return isCompound(reader) ? compound(reader) : named(reader);
}

function named(reader: TokenReader): Node {
  const start = reader.current.start;
  const name = reader.name();
  return { type: 'name', name, start, end: reader.previousEnd };
}

function bracketed(reader: TokenReader): Node {
  if (reader.isSymbol('{')) return context(reader);
  if (reader.isSymbol('[')) return listOrRange(reader);
  if (reader.isSymbol('(')) return groupOrRange(reader);
  if (reader.isSymbol(']')) {
    const start = reader.next().start;
    return range(
      reader,
      start,
      false,
      reader.filtering(true, () => arithmetic(reader, 0)),
    );
  }
  throw reader.unexpected('a value');
}

function listOrRange(reader: TokenReader): Node {
  const start = reader.next().start;
  if (reader.takeSymbol(']')) return { type: 'list', items: [], start, end: reader.previousEnd };
  const first = reader.filtering(true, () => expression(reader));
  if (reader.isSymbol('..')) return range(reader, start, true, first);
  const items = [first];
  while (reader.takeSymbol(',')) items.push(reader.filtering(true, () => expression(reader)));
  reader.expectSymbol(']');
  return { type: 'list', items, start, end: reader.previousEnd };
}

function groupOrRange(reader: TokenReader): Node {
  const start = reader.next().start;
  const inner = reader.filtering(true, () => expression(reader));
  if (reader.isSymbol('..')) return range(reader, start, false, inner);
  reader.expectSymbol(')');
  return inner.type === 'unaryComparison' ? { ...inner, start, end: reader.previousEnd } : inner;
}

function range(reader: TokenReader, start: number, lowIncluded: boolean, low: Node): Node {
  reader.expectSymbol('..');
  const high = endpoint(reader);
  const highIncluded = reader.isSymbol(']');
  if (!highIncluded && !reader.isSymbol(')') && !reader.isSymbol('[')) throw reader.unexpected('"]", ")" or "["');
  reader.next();
  return { type: 'range', low, high, lowIncluded, highIncluded, start, end: reader.previousEnd };
}

/** The upper end of an interval: `[` behind it closes the interval and opens no filter. */
function endpoint(reader: TokenReader): Node {
  return reader.filtering(false, () => arithmetic(reader, 0));
}

function context(reader: TokenReader): Node {
  const start = reader.next().start;
  const entries: { key: string; value: Node }[] = [];
  reader.list('}', () => {
    entries.push(contextEntry(reader, entries));
  });
  entries.forEach(() => reader.known.leave());
  return { type: 'context', entries, start, end: reader.previousEnd };
}

/** A key is known to the entries after it. */
function contextEntry(reader: TokenReader, before: readonly { key: string }[]): { key: string; value: Node } {
  const key = reader.current.kind === 'string' ? reader.next().text : reader.key();
  reader.expectSymbol(':');
  if (before.some((entry) => entry.key === key)) throw reader.error('duplicateKey', `Expected key "${key}" once.`);
  const value = expression(reader);
  reader.known.enter([key]);
  return { key, value };
}
