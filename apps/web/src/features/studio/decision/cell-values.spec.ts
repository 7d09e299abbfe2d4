import { cellOf, valuesOfCell } from './cell-values.js';

describe('values of a cell of a decision table', () => {
  it.each([
    ['', { values: [], isNegated: false }],
    ['-', { values: [], isNegated: false }],
    ['"a", "b"', { values: ['a', 'b'], isNegated: false }],
    ['not("a")', { values: ['a'], isNegated: true }],
    ['3, 4', { values: ['3', '4'], isNegated: false }],
    ['["a", "b"]', { values: ['a', 'b'], isNegated: false }],
    ['null', { values: [], isNegated: false }],
  ])('%s', (text, expected) => {
    expect(valuesOfCell(text)).toEqual(expected);
  });

  it.each(['>= 3', 'list contains(?, "a")', '"a" + unit', 'parameter("x")'])('are not told of %s', (text) => {
    expect(valuesOfCell(text)).toBeUndefined();
  });
});

describe('a cell of chosen values', () => {
  it('asks for one of them, or for none of them', () => {
    expect(cellOf(['a', 'b'], { isInput: true })).toBe('"a", "b"');
    expect(cellOf(['a'], { isInput: true, isNegated: true })).toBe('not("a")');
    expect(cellOf([], { isInput: true, isNegated: true })).toBe('-');
  });

  it('gives one value, or a list where it was a list or has several', () => {
    expect(cellOf(['a'], { isInput: false })).toBe('"a"');
    expect(cellOf(['a', 'b'], { isInput: false })).toBe('["a", "b"]');
    expect(cellOf(['a'], { isInput: false, isList: true })).toBe('["a"]');
    expect(cellOf([], { isInput: false })).toBe('null');
  });

  it('writes numbers without quotes', () => {
    expect(cellOf(['3', '4'], { isInput: true, isNumber: true })).toBe('3, 4');
  });
});
