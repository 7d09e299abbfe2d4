import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expressions, variables, type Generated } from '../spec/expressions.js';
import { feelinValue, isClose } from '../spec/feelin.js';
import { knownDifferences } from '../spec/known-differences.js';
import { seeded } from '../spec/seeded.js';
import { valueOf } from '../spec/value-of.js';

function differs(text: string): boolean {
  return !isClose(valueOf(text, variables), feelinValue(text, variables));
}

/** The smallest part that differs while its own parts agree. */
function innermost(generated: Generated): Generated {
  const part = generated.parts.find(({ text }) => differs(text));
  return part ? innermost(part) : generated;
}

function isExplained(generated: Generated): boolean {
  if (!differs(generated.text)) return true;
  const { pattern, text, parts } = innermost(generated);
  const [ours, theirs] = [valueOf(text, variables), feelinValue(text, variables)];
  const values = parts.map((part) => valueOf(part.text, variables));
  return knownDifferences.some(
    ({ patterns, covers }) => patterns.includes(pattern) && covers(ours, theirs, text, values),
  );
}

describe('values, against feelin', () => {
  it('agree on any expression but for what is explained', () => {
    fc.assert(fc.property(expressions, isExplained), seeded(2_000));
  });

  it.each(knownDifferences)('still differ on $example', ({ example, parts = [], covers }) => {
    const [ours, theirs] = [valueOf(example), feelinValue(example, {})];
    const values = parts.map((part) => valueOf(part));

    expect(isClose(ours, theirs)).toBe(false);
    expect(covers(ours, theirs, example, values)).toBe(true);
  });

  it('differ only where the document says why', () => {
    const document = readFileSync('docs/feel-differences.md', 'utf8').replaceAll('\\|', '|');
    const missing = knownDifferences.filter(({ example }) => !document.includes(`\`${example}\``));

    expect(missing).toEqual([]);
  });
});
