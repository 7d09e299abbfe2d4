import { compileExpression, scopeOf } from '../index.js';

/** 0, 1/16, 2/16 and so on, round and round. */
function sixteenths(): () => number {
  let next = -1;
  return () => (next = (next + 1) % 16) / 16;
}

function valueWith(source: string, random?: () => number): unknown {
  const result = compileExpression(source);
  const context = { now: 0, timeZone: 'UTC', ...(random && { random }) };
  return result.ok && result.expression.evaluate(scopeOf({}), context).value;
}

describe('random numbers', () => {
  it('come from the context', () => {
    expect(valueWith('[random number(), random number()]', sixteenths())).toEqual([0, 0.0625]);
  });

  it('make UUIDs of version 4', () => {
    expect(valueWith('uuid()', sixteenths())).toBe('00102030-4050-4070-8090-a0b0c0d0e0f0');
  });

  it('are the same again for the same source, so that a run can be repeated', () => {
    const source = 'for i in 1..3 return uuid()';

    expect(valueWith(source, sixteenths())).toEqual(valueWith(source, sixteenths()));
  });

  it.each(['uuid()', 'random number()'])('are null where the context has no source: %s', (source) => {
    expect(valueWith(source)).toBeNull();
  });

  it.each(['uuid(1)', 'random number(1)'])('take no argument: %s', (source) => {
    expect(valueWith(source, sixteenths())).toBeNull();
  });
});
