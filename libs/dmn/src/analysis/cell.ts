import { compileExpression } from '#feel';

/** One end of an interval. */
export interface Bound {
  readonly value: unknown;
  readonly included: boolean;
}

/** Values between two bounds; a missing bound is no limit. */
export interface Part {
  /** `equal` and `unequal` know what null is; no interval or comparison holds for null. */
  readonly kind: 'equal' | 'unequal' | 'between';
  readonly low?: Bound;
  readonly high?: Bound;
}

/** A cell as a set of values; `open` is a cell that is not made of literals, so that nothing is known of it. */
export type Cell =
  | { readonly kind: 'any' }
  | { readonly kind: 'open' }
  | { readonly kind: 'tests'; readonly parts: readonly Part[]; readonly negated: boolean };

const NUMBER = String.raw`-?(?:\d+(?:\.\d+)?|\.\d+)`;
const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const TEMPORAL = String.raw`@${STRING}|(?:date and time|date|time|duration)\s*\(\s*${STRING}\s*\)|date\s*\(\s*\d+\s*,\s*\d+\s*,\s*\d+\s*\)`;
const LITERAL = `(?:${NUMBER}|${STRING}|true|false|null|${TEMPORAL})`;
const COMPARISON = new RegExp(String.raw`(?:(?:\?\s*)?(<=|>=|!=|<|>|=)\s*)?(${LITERAL})(?!\s*[\w(.+*/"-])`, 'uy');
const INTERVAL = new RegExp(String.raw`([[(\]])\s*(${LITERAL})\s*\.\.\s*(${LITERAL})\s*([\])[])`, 'uy');
const LIST = new RegExp(String.raw`\[\s*(${LITERAL}(?:\s*,\s*${LITERAL})*)\s*\]`, 'uy');
const COMMA = /\s*,\s*/y;
const NEGATION = /^not\s*\(([^]*)\)$/;

/** Reads a cell of literals: comparisons, intervals, lists of these, `not(...)` (DMN 1.5, 7.3.1 and 10.3.2.7). */
export function cellOf(text: string): Cell {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '-') return { kind: 'any' };
  const negation = NEGATION.exec(trimmed);
  const parts = partsOf((negation?.[1] ?? trimmed).trim());
  return parts ? { kind: 'tests', parts, negated: negation !== null } : { kind: 'open' };
}

function partsOf(text: string): Part[] | undefined {
  const parts: Part[] = [];
  for (let at = 0; ;) {
    const read = partAt(text, at);
    if (!read) return undefined;
    parts.push(...read.parts);
    if (read.end === text.length) return parts;
    const comma = matchAt(COMMA, text, read.end);
    if (!comma) return undefined;
    at = read.end + comma[0].length;
  }
}

function partAt(text: string, at: number): { readonly parts: Part[]; readonly end: number } | undefined {
  const list = matchAt(LIST, text, at);
  if (list) return { parts: literalsIn(list[1] as string).map(equal), end: at + list[0].length };
  const interval = matchAt(INTERVAL, text, at);
  if (interval) return { parts: [intervalPart(interval)], end: at + interval[0].length };
  const comparison = matchAt(COMPARISON, text, at);
  if (!comparison) return undefined;
  return { parts: [comparisonPart(comparison[1], comparison[2] as string)], end: at + comparison[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function literalsIn(text: string): string[] {
  return text.match(new RegExp(LITERAL, 'gu')) ?? [];
}

function intervalPart([, open, low = '', high = '', close]: RegExpExecArray): Part {
  return {
    kind: 'between',
    low: { value: valueOf(low), included: open === '[' },
    high: { value: valueOf(high), included: close === ']' },
  };
}

function comparisonPart(operator: string | undefined, literal: string): Part {
  if (operator === undefined || operator === '=') return equal(literal);
  const bound = { value: valueOf(literal), included: operator.endsWith('=') };
  if (operator === '!=') return { kind: 'unequal', low: bound, high: bound };
  return operator.startsWith('<') ? { kind: 'between', high: bound } : { kind: 'between', low: bound };
}

function equal(literal: string): Part {
  const bound = { value: valueOf(literal), included: true };
  return { kind: 'equal', low: bound, high: bound };
}

/** Short numbers and plain text need no compiler. */
function valueOf(literal: string): unknown {
  if (literal === 'null') return null;
  if (literal === 'true' || literal === 'false') return literal === 'true';
  if (/^-?\d{1,15}$/.test(literal)) return Number(literal);
  if (/^"[^"\\]*"$/.test(literal)) return literal.slice(1, -1);
  const compiled = compileExpression(literal);
  return compiled.ok ? compiled.expression.evaluate({ get: () => undefined, has: () => false }, NO_CLOCK).value : null;
}

const NO_CLOCK = { now: 0, timeZone: 'UTC' };
