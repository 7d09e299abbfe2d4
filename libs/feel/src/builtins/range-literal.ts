import { FeelSyntaxError, tokenize, type Token } from '../lexer.js';
import { negateValue } from '../values/arithmetic.js';
import { compareValues } from '../values/compare.js';
import { parseNumber } from '../values/number.js';
import { parseAtLiteral, parseDate, parseDateTime, parseFeelDuration, parseTime } from '../values/parse-temporal.js';
import { FeelRange } from '../values/range.js';

const MAX_TOKENS = 32;
const MAX_LENGTH = 1_000;
const CONSTRUCTORS: Readonly<Record<string, (text: string) => unknown>> = {
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  duration: parseFeelDuration,
};

/**
 * Reads the text of an interval whose ends are literals (DMN 1.5, 10.3.4.1 and grammar rule 66, "range literal"); undefined if it is none.
 * One end may be missing, and is open then: `(..5]`, `[5..)`.
 */
export function parseRange(text: string): FeelRange | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const tokens = tokensOf(text);
  const [first, last] = [tokens[0]?.text ?? '', tokens.at(-1)?.text ?? ''];
  const dots = tokens.findIndex((token) => token.kind === 'symbol' && token.text === '..');
  if (dots < 1 || tokens.length > MAX_TOKENS || !'[(]'.includes(first) || !'])['.includes(last)) return undefined;
  const ends = [endOf(tokens.slice(1, dots)), endOf(tokens.slice(dots + 1, -1))] as const;
  return rangeOf(ends, first === '[', last === ']');
}

function rangeOf([low, high]: readonly unknown[], lowIncluded: boolean, highIncluded: boolean): FeelRange | undefined {
  if (low === undefined || high === undefined || (low === null && high === null)) return undefined;
  if ((low === null && lowIncluded) || (high === null && highIncluded)) return undefined;
  const order = low === null || high === null ? 0 : compareValues(low, high);
  return order === null || order > 0 ? undefined : new FeelRange(low, high, lowIncluded, highIncluded);
}

function tokensOf(text: string): readonly Token[] {
  try {
    return tokenize(text).slice(0, -1);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return [];
    throw error;
  }
}

/** Null for a missing end, undefined for what is no literal. */
function endOf(tokens: readonly Token[]): unknown {
  const [token, next] = tokens;
  if (token === undefined) return null;
  if (token.text === '-' && next?.kind === 'number' && tokens.length === 2) return negateValue(parseNumber(next.text));
  if (tokens.length === 1) return literal(token);
  const name = tokens
    .slice(0, -3)
    .map(({ text }) => text)
    .join(' ');
  const [open, argument, close] = tokens.slice(-3);
  const isCall = open?.text === '(' && argument?.kind === 'string' && close?.text === ')';
  return isCall && Object.hasOwn(CONSTRUCTORS, name) ? CONSTRUCTORS[name]?.(argument.text) : undefined;
}

function literal(token: Token): unknown {
  if (token.kind === 'number') return parseNumber(token.text);
  if (token.kind === 'string') return token.text;
  return token.kind === 'at' ? parseAtLiteral(token.text) : undefined;
}
