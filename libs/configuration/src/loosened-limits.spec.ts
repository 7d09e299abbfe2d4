import { paths, tinyConfiguration } from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';
import { loosenedLimits } from './loosened-limits.js';

const notice = {
  name: '告知期限',
  value: 15,
  default: 15,
  min: 1,
  max: 15,
  statutory: true,
  maxBy: { variant: { B: 10 } },
  clause: '条例 23',
};
const variant = { name: '方式', value: 'A', default: 'A', choices: ['A', 'B'], statutory: true, clause: '条例 23' };
const inForce = {
  'notice.days': notice,
  variant,
  days: { name: '期限', value: 5, default: 5, min: 1, max: 5, clause: '条例 23' },
};

async function setWith(parameters: object) {
  const { set, problems } = await compileConfiguration(tinyConfiguration({ [paths.parameters]: parameters }));
  if (!set) throw new Error(JSON.stringify(problems));
  return set;
}

/** Places and sentences that a publication of these parameters is refused with. */
async function refused(parameters: object) {
  const problems = loosenedLimits(await setWith(inForce), await setWith({ ...inForce, ...parameters }));
  return problems.map(({ place, messageZh }) => [place, messageZh?.split('。')[0]]);
}

describe('statutory ranges', () => {
  it.each([
    ['a higher limit', { ...notice, max: 90, value: 90 }, '/notice.days/max', '的上限 15 不能放宽或删除'],
    ['a lower limit', { ...notice, min: 0 }, '/notice.days/min', '的下限 1 不能放宽或删除'],
    [
      'choices in place of the range',
      { ...notice, min: undefined, max: undefined, choices: [15, 90] },
      '/notice.days/max',
      '的上限 15 不能放宽或删除',
    ],
    ['no lower limit elsewhere', { ...notice, maxBy: undefined }, '/notice.days/maxBy', '的 maxBy 不能放宽或删除'],
    [
      'a higher limit elsewhere',
      { ...notice, maxBy: { variant: { B: 12 } } },
      '/notice.days/maxBy',
      '的 maxBy 不能放宽或删除',
    ],
    ['no mark', { ...notice, statutory: false }, '/notice.days/statutory', '不能去掉 statutory 标记'],
  ])('are not published with %s', async (_, changed, place, sentence) => {
    expect(await refused({ 'notice.days': changed })).toContainEqual([
      place,
      `法定参数“告知期限”（notice.days）${sentence}`,
    ]);
  });

  it('are not published with one more choice', async () => {
    expect(await refused({ variant: { ...variant, choices: ['A', 'B', 'C'] } })).toEqual([
      ['/variant/choices', '法定参数“方式”（variant）的可选值不能增加或删除'],
    ]);
  });

  it('are not removed', async () => {
    expect(await refused({ 'notice.days': undefined })).toEqual([
      ['/notice.days', '法定参数“告知期限”（notice.days）不能删除'],
    ]);
  });

  it('say on which line, and what to do', async () => {
    const after = await setWith({ ...inForce, 'notice.days': { ...notice, max: 90 } });

    expect(loosenedLimits(await setWith(inForce), after)).toMatchObject([
      { severity: 'error', file: paths.parameters, line: 7, messageZh: expect.stringContaining('由运维人员') },
    ]);
  });

  it('may be narrowed, and others may be widened', async () => {
    expect(
      await refused({
        'notice.days': { ...notice, value: 7, default: 7, min: 3, max: 10 },
        days: { ...inForce.days, max: 50 },
        more: notice,
      }),
    ).toEqual([]);
  });
});
