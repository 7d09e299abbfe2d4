import { namesAt, withoutPointer } from './place-names.js';

const file = {
  units: [
    { id: 'mine', name: '矿领导' },
    { id: 'hr', name: '人力资源部', parent: 'x' },
  ],
  recusal: {},
};

describe('the name of a place in a settings file', () => {
  it.each([
    ['/units/1/parent', { rows: ['人力资源部'], part: 'parent' }],
    ['/units/1', { rows: ['人力资源部'], part: '' }],
    ['/recusal/reasonClass', { rows: [], part: 'reasonClass' }],
  ])('%s', (pointer, expected) => {
    expect(namesAt(file, pointer)).toEqual(expected);
  });

  it('goes from row to row, and counts rows without a name', () => {
    const deadlines = [{ title: '答复', marks: [{ at: 0.5 }, { at: 1, do: { notify: { to: '=' } } }] }];

    expect(namesAt(deadlines, '/0/marks/1/do/notify/to')).toEqual({ rows: ['答复', '2'], part: 'to' });
    expect(namesAt([], '')).toBeUndefined();
  });

  it('is not told twice', () => {
    expect(withoutPointer('/units/1/parent：没有单位 x')).toBe('没有单位 x');
    expect(withoutPointer('Expected /units/1 to have a name.')).toBe('Expected to have a name.');
    expect(withoutPointer('没有单位 x')).toBe('没有单位 x');
  });
});
