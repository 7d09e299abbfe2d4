import { choicesOfColumn, codesIn, wordsOfCell, type ChoiceLists } from './column-choices.js';

const lists: ChoiceLists = new Map([
  ['dictionary:channel', [choice('letter', '来信'), choice('visit', '来访')]],
  ['dictionary:level', [choice('1', '一般'), choice('2', '较重')]],
  ['dictionary:disputeLevel', [choice('low', '低'), choice('high', '高')]],
  ['source:units', [choice('hr', '人力资源部'), choice('finance', '财务部')]],
]);

function choice(value: string, label: string) {
  return { value, label };
}

const known = { lists, fields: [{ field: 'how', dictionary: 'channel' }] };

describe('what a column of a decision table chooses from', () => {
  it('is the dictionary of the field of its name', () => {
    expect(choicesOfColumn({ name: 'how', cells: [] }, known)).toBe(lists.get('dictionary:channel'));
  });

  it('is the dictionary of its own name where no field has the name', () => {
    expect(choicesOfColumn({ name: 'level', cells: ['1', '>= 2'] }, known)).toBe(lists.get('dictionary:level'));
  });

  it('is, of several dictionaries of fields of that name, the one that has the codes of its cells', () => {
    const fields = [
      { field: 'level', dictionary: 'channel' },
      { field: 'level', dictionary: 'disputeLevel' },
    ];

    const found = choicesOfColumn({ name: 'level', cells: ['"low"', 'not("high")', '-'] }, { lists, fields });

    expect(found).toBe(lists.get('dictionary:disputeLevel'));
  });

  it('is what alone holds two or more of its codes, where no name tells it', () => {
    expect(choicesOfColumn({ name: 'candidates', cells: ['["hr", "finance"]'] }, known)).toBe(
      lists.get('source:units'),
    );
  });

  it('is nothing for one code alone, for numbers, and for texts that no dictionary has', () => {
    expect(choicesOfColumn({ name: 'x', cells: ['"hr"'] }, known)).toBeUndefined();
    expect(choicesOfColumn({ name: 'count', cells: ['1', '2'] }, known)).toBeUndefined();
    expect(choicesOfColumn({ name: 'how', cells: ['"请电话联系"'] }, known)).toBeUndefined();
  });

  it('is what its allowed values say, where it has no rows yet', () => {
    const found = choicesOfColumn({ name: 'x', cells: [], allowed: '"letter", "visit"' }, known);

    expect(found).toBe(lists.get('dictionary:channel'));
  });
});

describe('codes of a cell', () => {
  it.each([
    ['"C01", "C02"', ['C01', 'C02']],
    ['not("C01")', ['C01']],
    ['list contains(?, "C05")', ['C05']],
    ['["hr", "finance"]', ['hr', 'finance']],
    ['4', ['4']],
    ['>= parameter("reply.days")', []],
    ['-', []],
  ])('%s', (text, expected) => {
    expect(codesIn(text)).toEqual(expected);
  });

  it('are told by their words, what is excluded as such', () => {
    const choices = lists.get('dictionary:channel') ?? [];

    expect(wordsOfCell('"letter","visit"', choices)).toEqual({ words: ['来信', '来访'], isNegated: false });
    expect(wordsOfCell('not("visit")', choices)).toEqual({ words: ['来访'], isNegated: true });
    expect(wordsOfCell('if late then "letter" else "visit"', choices)).toEqual({
      words: ['letter 来信', 'visit 来访'],
      isNegated: false,
    });
    expect(wordsOfCell('"other"', choices)).toEqual({ words: [], isNegated: false });
  });
});
