/**
 * Translates a simple expression of Camunda 7, Operaton or Flowable, `${amount > 100 && !closed}`, to FEEL. Names,
 * literals, comparisons, arithmetic and logic only; undefined for method calls, beans, what nests deeper than anybody
 * writes, and everything else.
 */
export function translateJuel(text: string): string | undefined {
  const inner = /^[$#]\{([^{}]*)\}$/.exec(text.trim())?.[1];
  const tokens = inner === undefined ? undefined : tokensOf(inner);
  if (!tokens || tokens.length === 0) return undefined;
  const reader = { tokens, at: 0, depth: 0 };
  const feel = readOr(reader);
  return reader.at === tokens.length ? feel : undefined;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
}

const maxDepth = 100;

const token = /\s*(\d+(?:\.\d+)?|'[^'\\]*'|"[^"\\]*"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|&&|\|\||[=!<>]=|[<>!+\-*/()])/y;

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    tokens.push(match[1] ?? '');
    if (text.slice(token.lastIndex).trim() === '') return tokens;
  }
  return undefined;
}

const levels: readonly Readonly<Record<string, string>>[] = [
  { '||': 'or', or: 'or' },
  { '&&': 'and', and: 'and' },
  {
    '==': '=',
    eq: '=',
    '!=': '!=',
    ne: '!=',
    '<': '<',
    lt: '<',
    '>': '>',
    gt: '>',
    '<=': '<=',
    le: '<=',
    '>=': '>=',
    ge: '>=',
  },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', div: '/' },
];

const readOr = (reader: Reader): string | undefined => readLevel(reader, 0);

function readLevel(reader: Reader, level: number): string | undefined {
  const operators = levels[level];
  if (!operators) return readUnary(reader);
  let left = readLevel(reader, level + 1);
  for (let operator = operatorAt(reader, operators); operator; operator = operatorAt(reader, operators)) {
    reader.at += 1;
    const right = readLevel(reader, level + 1);
    left = left === undefined || right === undefined ? undefined : `${left} ${operator} ${right}`;
    if (left === undefined) return undefined;
  }
  return left;
}

function operatorAt({ tokens, at }: Reader, operators: Readonly<Record<string, string>>): string | undefined {
  const next = tokens[at] ?? '';
  return Object.hasOwn(operators, next) ? operators[next] : undefined;
}

function readUnary(reader: Reader): string | undefined {
  if (reader.depth >= maxDepth) return undefined;
  reader.depth += 1;
  const unary = readOperand(reader);
  reader.depth -= 1;
  return unary;
}

function readOperand(reader: Reader): string | undefined {
  const next = reader.tokens[reader.at];
  reader.at += 1;
  if (next === '!' || next === 'not') return wrap('not(', readUnary(reader));
  if (next === 'empty') return emptiness(readUnary(reader));
  if (next === '-') return wrap('-(', readUnary(reader));
  if (next === '(') {
    const inner = readOr(reader);
    reader.at += 1;
    return reader.tokens[reader.at - 1] === ')' ? wrap('(', inner) : undefined;
  }
  return literal(next);
}

const wrap = (before: string, inner: string | undefined) => (inner === undefined ? undefined : `${before}${inner})`);

/** Values of different kinds are null when compared, so the value is looked for in a list, where they are different. */
const emptiness = (inner: string | undefined) =>
  inner === undefined ? undefined : `list contains([null, "", [], {}], ${inner})`;

const reserved = new Set(['and', 'or', 'not', 'eq', 'ne', 'lt', 'gt', 'le', 'ge', 'div', 'mod', 'instanceof', 'empty']);

function literal(text: string | undefined): string | undefined {
  if (text === undefined || reserved.has(text) || !/^[\w'"]/.test(text)) return undefined;
  return text.startsWith("'") ? `"${text.slice(1, -1).replaceAll('"', '\\"')}"` : text;
}
