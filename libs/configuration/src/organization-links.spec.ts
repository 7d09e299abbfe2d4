import { describe, expect, it } from '@jest/globals';
import { compileAttribute, scopeOf } from '#feel';
import {
  claimProcess,
  organizationFile,
  paths,
  problemsOf,
  rolesFile,
  tinyConfiguration,
} from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';
import { dayOf } from './day-of.js';
import { deputiesOfPosts, groupsOfPost, groupsOfRole, unitOfGroup } from './organization.js';

const portfolios = 'workflows/portfolios.json';
const units = [
  { id: 'mine', name: '总部' },
  { id: 'hr', name: '人力资源部', parent: 'mine' },
  { id: 'pay', name: '薪酬组', parent: 'hr' },
];
const posts = [
  { id: 'deputyHead', name: '副职', unit: 'mine', roles: ['clerk'] },
  { id: 'hrHead', name: '人资负责人', unit: 'hr', roles: ['handler'] },
];
const organization = { ...organizationFile, units, posts };
const dictionaries = {
  category: [
    { value: 'C01', label: '工资' },
    { value: 'C02', label: '福利' },
  ],
};
const charge = (more: object = {}) => ({ field: 'people', post: 'deputyHead', ...more });
const at = Date.parse('2026-03-02T01:00:00+08:00');

async function valueOf(expression: string, files: object = {}, now = at): Promise<unknown> {
  const source = tinyConfiguration({ [paths.organization]: organization, ...files });
  const { set, problems } = await compileConfiguration(source);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const compiled = compileAttribute(`=${expression}`);
  if (!compiled.ok || !set) throw new Error(expression);
  return compiled.expression.evaluate(scopeOf({}), {
    now,
    timeZone: 'Asia/Shanghai',
    functions: set.feelFunctions,
  }).value;
}

describe('the tree of units', () => {
  it('refuses a circle with the place of each unit in it', async () => {
    const circle = units.map((unit) => (unit.id === 'mine' ? { ...unit, parent: 'pay' } : unit));

    const problems = await problemsOf({ [paths.organization]: { ...organization, units: circle } });

    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['link.unitCircle', '/units/0/parent'],
      ['link.unitCircle', '/units/1/parent'],
      ['link.unitCircle', '/units/2/parent'],
    ]);
  });

  it('puts an account into the groups of its unit and of each unit above with all below', () => {
    expect(groupsOfRole('clerk', 'pay', organization)).toEqual([
      'clerk',
      'clerk@*',
      'clerk@pay',
      'clerk@pay/*',
      'clerk@hr/*',
      'clerk@mine/*',
    ]);
  });

  it('is asked for by expressions', async () => {
    expect(await valueOf('[parent unit("pay"), sub units("mine"), unit name("hr"), parent unit("mine")]')).toEqual([
      'hr',
      ['hr', 'pay'],
      '人力资源部',
      null,
    ]);
  });
});

describe('a post', () => {
  it('gives its roles in its unit and a group of its own', () => {
    expect(groupsOfPost(posts[1]!, organization)).toEqual([
      'post:hrHead',
      'handler',
      'handler@*',
      'handler@hr',
      'handler@hr/*',
      'handler@mine/*',
    ]);
  });

  it('stands in its unit, as a role does that names one', () => {
    const set = { organization, roles: rolesFile };

    expect(['post:deputyHead', 'handler', 'clerk', 'post:nobody'].map((group) => unitOfGroup(set, group))).toEqual([
      'mine',
      'hr',
      undefined,
      undefined,
    ]);
  });

  it('is found by role and unit', async () => {
    expect(
      await valueOf('[posts with("handler", "hr"), posts with("clerk", null), posts with("clerk", "hr")]'),
    ).toEqual([['hrHead'], ['deputyHead'], []]);
  });

  it('is refused where its unit, its role or what names it is not there', async () => {
    const faulty = {
      ...organization,
      posts: [{ ...posts[0], unit: 'moon', roles: ['boss'] }],
      fallback: [
        {
          roles: ['boss'],
          processes: ['nowhere'],
          to: ['clerk', 'post:nobody', 'clerk@moon/*', '="boss@" + task.unit', '=1 +'],
        },
      ],
      accounts: [{ id: 'clerk', name: '登记岗', roles: ['clerk'], posts: ['hrHead'] }],
    };

    const problems = await problemsOf({ [paths.organization]: faulty });

    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['link.unknownReference', '/posts/0/unit'],
      ['link.unknownReference', '/posts/0/roles/0'],
      ['link.unknownReference', '/fallback/0/roles/0'],
      ['link.unknownReference', '/fallback/0/processes/0'],
      ['link.unknownGroup', '/fallback/0/to/1'],
      ['link.unknownGroup', '/fallback/0/to/2'],
      ['link.unknownGroup', '/fallback/0/to/3'],
      ['settings.invalidExpression', '/fallback/0/to/4'],
      ['link.unknownReference', '/accounts/0/posts/0'],
    ]);
  });

  it('keeps reasons of recusal under a sealed class alone', async () => {
    const problems = await problemsOf({
      [paths.organization]: { ...organization, recusal: { reasonClass: 'stat' } },
    });

    expect(problems).toMatchObject([{ code: 'settings.openClass', place: '/recusal/reasonClass' }]);
  });
});

describe('a portfolio', () => {
  it('names the post in charge on the day of the zone, both ends included', async () => {
    const file = {
      [portfolios]: [
        charge({ until: '2026-03-01' }),
        charge({ post: 'hrHead', deputy: 'deputyHead', from: '2026-03-02' }),
      ],
    };
    const asked = '[portfolio post("people"), deputy post("people")]';

    expect(await valueOf(asked, file, Date.parse('2026-03-01T23:59:59+08:00'))).toEqual(['deputyHead', null]);
    expect(await valueOf(asked, file, Date.parse('2026-03-02T00:00:00+08:00'))).toEqual(['hrHead', 'deputyHead']);
  });

  it('names the deputy posts of whoever holds posts in charge that day, each once', () => {
    const given = [
      { field: 'pay', post: 'a', deputy: 'b' },
      { field: 'work', post: 'a', deputy: 'b', from: '2026-01-01' },
      { field: 'past', post: 'a', deputy: 'c', until: '2026-03-01' },
      { field: 'alone', post: 'a' },
      { field: 'others', post: 'b', deputy: 'd' },
    ];

    expect(deputiesOfPosts(given, ['a'], '2026-03-01')).toEqual(['b', 'c']);
    expect(deputiesOfPosts(given, ['a'], '2026-03-02')).toEqual(['b']);
  });

  it('gives the candidates in place of it: the deputy post, or a role where none is named', async () => {
    const file = { [portfolios]: [charge({ deputy: 'hrHead', until: '2026-03-01' })] };
    const asked = '[deputy group("people", "leader"), deputy group(null, "leader")]';

    expect(await valueOf(asked, file, Date.parse('2026-03-01T12:00:00+08:00'))).toEqual(['post:hrHead', 'leader']);
    expect(await valueOf(asked, file, Date.parse('2026-03-02T12:00:00+08:00'))).toEqual(['leader', 'leader']);
  });

  it('gives the candidates: the post in charge, or a role where nobody is', async () => {
    const file = { [portfolios]: [charge({ until: '2026-03-01' })] };
    const asked = '[portfolio group("people", "leader"), portfolio group(null, "leader")]';

    expect(await valueOf(asked, file, Date.parse('2026-03-01T12:00:00+08:00'))).toEqual(['post:deputyHead', 'leader']);
    expect(await valueOf(asked, file, Date.parse('2026-03-02T12:00:00+08:00'))).toEqual(['leader', 'leader']);
  });

  it('is found by category, before others by the unit that it names', async () => {
    const file = {
      'workflows/dictionaries.json': dictionaries,
      [portfolios]: [
        charge({ categories: ['C01', 'C02'] }),
        charge({ field: 'team', post: 'hrHead', categories: ['C01'], units: ['pay'] }),
      ],
    };

    expect(
      await valueOf('[portfolio field("C01", "hr"), portfolio field("C01", "pay"), portfolio field("C9", null)]', file),
    ).toEqual(['people', 'team', null]);
  });

  it('is refused where two posts claim one day, and two fields one category', async () => {
    const problems = await problemsOf({
      [paths.organization]: organization,
      'workflows/dictionaries.json': dictionaries,
      [portfolios]: [
        charge({ from: '2026-01-01', until: '2026-06-30', categories: ['C01'] }),
        charge({ post: 'hrHead', from: '2026-06-30' }),
        charge({ field: 'other', categories: ['C01'] }),
      ],
    });

    expect(problems.map(({ code, place, severity }) => [code, place, severity])).toEqual([
      ['settings.portfolioOverlap', '/1', 'error'],
      ['settings.portfolioOverlap', '/2/categories', 'error'],
    ]);
  });

  it('warns of days on which nobody is in charge', async () => {
    const problems = await problemsOf({
      [paths.organization]: organization,
      [portfolios]: [charge({ until: '2026-02-28' }), charge({ post: 'hrHead', from: '2026-03-03' })],
    });

    expect(problems).toMatchObject([
      {
        code: 'settings.portfolioGap',
        severity: 'warning',
        place: '/1/from',
        messageZh: '分管领域“people”在 2026-02-28 之后、2026-03-03 之前无人分管。',
      },
    ]);
  });

  it('is refused with unknown posts and units, impossible dates and itself as deputy', async () => {
    const problems = await problemsOf({
      [paths.organization]: organization,
      [portfolios]: [
        charge({ post: 'nobody', units: ['moon'] }),
        charge({ field: 'b', deputy: 'deputyHead', from: '2026-02-30' }),
        charge({ field: 'c', from: '2026-03-02', until: '2026-03-01' }),
      ],
    });

    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['link.unknownReference', '/0/post'],
      ['link.unknownReference', '/0/units/0'],
      ['settings.ownDeputy', '/1/deputy'],
      ['settings.calendarDate', '/1/from'],
      ['settings.datesReversed', '/2/until'],
    ]);
  });

  it('is named by an expression only where there is one', async () => {
    const groups = '=&quot;post:&quot; + portfolio post(&quot;moon&quot;)';

    const problems = await problemsOf({
      [paths.organization]: organization,
      [portfolios]: [charge()],
      [paths.process]: claimProcess({ groups }),
    });

    expect(problems).toMatchObject([{ code: 'link.unknownReference', elementId: 'register' }]);
  });
});

describe('the day of a moment', () => {
  it('is that of the zone', () => {
    expect(dayOf({ now: Date.parse('2026-03-01T16:00:00Z'), timeZone: 'Asia/Shanghai' })).toBe('2026-03-02');
    expect(dayOf({ now: Date.parse('2026-03-01T16:00:00Z'), timeZone: 'UTC' })).toBe('2026-03-01');
  });
});
