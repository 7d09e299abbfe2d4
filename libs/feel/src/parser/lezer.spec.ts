import fc from 'fast-check';
import { compileExpression, compileUnaryTests } from '../index.js';
import { lezerAccepts } from '../../spec/lezer.js';
import { seeded } from '../../spec/seeded.js';

const tokens =
  'a|b|x y|1|2.5|"s"|true|null|(|)|[|]|{|}|,|:|.|..|+|-|*|/|**|=|!=|<|<=|>|>=|and|or|in|between|if|then|else|for|return|some|every|' +
  'satisfies|function|function(|function()|instance of|number|list|list<number>|sum|sum(|not|not(|?|@"P1D"|item|date|/* c */|a:|[1..|{a: 1}|f(1)|for a in b return|if a then|else b';
const texts = fc
  .array(fc.constantFrom(...tokens.split('|')), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.join(' '));

const isOperand = '(?:^|function\\(\\)|[-+*/=<>([{,:]|\\.\\.|\\b(?:and|or|in|between|if|then|else|return|satisfies)) ?';
const comparison = '(?:[<>]=?|!?=)';

interface Exception {
  readonly reason: string;
  readonly example: string;
  readonly accepts: 'ours' | 'lezer';
  readonly covers: (source: string) => boolean;
}

/** Every known difference of what is accepted, with the reason; `docs/feel-differences.md` says the same to readers. */
const exceptions: readonly Exception[] = [
  {
    reason: 'FEEL has no unary plus (DMN 1.5, 10.3.1.2, rule 4)',
    example: '1 - + 2',
    accepts: 'lezer',
    covers: (source) => new RegExp(`${isOperand}\\+`).test(source),
  },
  {
    reason:
      'an interval such as "< 5" needs brackets to be an operand, else "a => b" and "a == b" would mean something',
    example: 'a == b',
    accepts: 'lezer',
    covers: (source) => new RegExp(`${isOperand}${comparison}`).test(source),
  },
  {
    reason: 'behind a dot any word is a name, for JSON may hold such keys',
    example: 'a.then',
    accepts: 'ours',
    covers: (source) =>
      /\. (?:\?|if|then|else|for|return|some|every|satisfies|in|and|or|between|function|true|null|not)/.test(source),
  },
  {
    reason: 'the types range<T> and function are in the grammar (DMN 1.5, 10.3.1.2, rule 52)',
    example: 'a instance of range<number>',
    accepts: 'ours',
    covers: (source) => /instance of (?:range|function)/.test(source),
  },
  {
    reason: 'a type is no function, so nothing is called with it',
    example: 'a instance of f(1)',
    accepts: 'lezer',
    covers: (source) => /instance of .*\(/.test(source),
  },
  {
    reason: 'names in backticks are the escape of Camunda 8',
    example: '`a b`',
    accepts: 'ours',
    covers: (source) => source.includes('`'),
  },
  {
    reason: 'the name of an argument may hold words of the grammar, for parameters of DMN models do',
    example: 'f(a or b: 1)',
    accepts: 'ours',
    covers: (source) => /(?:f|sum|not)\( ?.*:/.test(source),
  },
  {
    reason: 'a key stands once in a context and a name once among parameters',
    example: '{a: 1, a: 2}',
    accepts: 'lezer',
    covers: (source) => /a:.*a:/.test(source),
  },
  {
    reason: '"[" closes an interval behind any end, also behind one with a sign',
    example: '[1..-a[',
    accepts: 'ours',
    covers: (source) => /\.\..*\[/.test(source),
  },
  {
    reason: '"^" is no operator of FEEL',
    example: 'a ^ b',
    accepts: 'lezer',
    covers: (source) => source.includes('^'),
  },
];

const compilers = { expression: compileExpression, unaryTests: compileUnaryTests };
type Top = keyof typeof compilers;

function difference(source: string, top: Top): Exception['accepts'] | undefined {
  const ours = compilers[top](source).ok;
  const theirs = lezerAccepts(source, top);
  return ours === theirs ? undefined : ours ? 'ours' : 'lezer';
}

function isExplained(source: string, top: Top): boolean {
  const found = difference(source, top);
  return found === undefined || exceptions.some(({ accepts, covers }) => accepts === found && covers(source));
}

describe('what is accepted, against lezer-feel', () => {
  it.each(['expression', 'unaryTests'] as const)('agrees on %s of any words', (top) => {
    fc.assert(
      fc.property(texts, (source) => isExplained(source, top)),
      seeded(2_000),
    );
  });

  it.each(exceptions)('still differs: $reason', ({ example, accepts, covers }) => {
    const found = (['expression', 'unaryTests'] as const).map((top) => difference(example, top));

    expect(found).toContain(accepts);
    expect(covers(example.replace('.then', '. then'))).toBe(true);
  });
});
