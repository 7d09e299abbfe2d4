import { paths, problemsOf } from '../../test/tiny-configuration.js';

const days = { name: '期限', value: 5, default: 5, min: 1, max: 15, clause: '四-1' };

/** Place and sentences of what is wrong with the parameter `days`. */
async function faults(parameter: object) {
  const problems = await problemsOf({ [paths.parameters]: { days: parameter } });
  return problems
    .filter(({ file }) => file === paths.parameters)
    .map(({ place, line, messageZh }) => [place, line, messageZh]);
}

describe('a parameter', () => {
  it.each([
    ['no default', { ...days, default: undefined }, '/days', 2, '没有写默认值'],
    ['a default outside of its range', { ...days, default: 16 }, '/days/default', 5, '默认值有误：参数“days”的值 16'],
    ['no range', { ...days, min: undefined, max: undefined }, '/days', 2, '要写上下限'],
    ['half a range', { ...days, min: undefined }, '/days', 2, '要写上下限'],
    ['a least above its most', { ...days, min: 16 }, '/days/min', 6, '下限 16 大于上限 15'],
    ['a part of a day', { ...days, value: 3.7 }, '/days/value', 4, '应为整数，实际为 3.7'],
    ['no clause', { ...days, clause: undefined }, '/days', 2, '没有写依据（clause），请写明'],
    ['a clause that says nothing', { ...days, clause: ' ' }, '/days/clause', 8, '没有写依据（clause），请写明'],
    [
      'a name for a choice that it has not',
      { name: '方式', value: 'A', default: 'A', choices: ['A', 'B'], choiceLabels: { C: '丙' }, clause: '四-1' },
      '/days/choiceLabels',
      10,
      '找不到选项“C”',
    ],
    ['a misspelt key', { ...days, maximum: 15 }, '/days/maximum', 9, '找不到键“maximum”'],
    [
      'a law without limits',
      { name: '电话', value: '见公告', default: '见公告', statutory: true, clause: '四-1' },
      '/days',
      2,
      '要写上下限',
    ],
  ])('is refused with %s', async (_, parameter, place, line, sentence) => {
    expect(await faults(parameter)).toContainEqual([place, line, expect.stringContaining(sentence)]);
  });

  it.each([
    ['a share', { ...days, value: 0.7, default: 0.5, min: 0, max: 1, fractions: true }],
    ['one of some', { name: '方式', value: 'A', default: 'A', choices: ['A', 'B'], clause: '四-1' }],
    [
      'one of some with names',
      { name: '方式', value: 'A', default: 'A', choices: ['A', 'B'], choiceLabels: { A: '公司' }, clause: '四-1' },
    ],
    ['a text', { name: '电话', value: '见公告', default: '见公告', clause: '四-1' }],
  ])('may be %s', async (_, parameter) => {
    expect(await faults(parameter)).toEqual([]);
  });
});
