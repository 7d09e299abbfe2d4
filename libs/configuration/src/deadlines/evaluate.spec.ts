import { createCalendar } from '#calendar';
import { actOfMark, computeDeadlines, type DeadlineDeclaration, type DeadlineFacts } from './index.js';
import { readDeadlines } from './entries.js';
import { readJson } from '../json-text.js';

const ZONE = 'Asia/Shanghai';
const calendar = createCalendar([{ year: 2026, holidays: ['2026-03-06'], workdays: [] }], ZONE);
const context = { now: 0, timeZone: ZONE };
const at = (text: string): number => Date.parse(`2026-${text}+08:00`);
const local = (epochMs: number): string => new Date(epochMs + 8 * 3_600_000).toISOString().slice(5, 16);

const monday = at('03-02T10:00');
const task = {
  userTaskKey: '7',
  elementId: 'register',
  name: '登记',
  assignee: null,
  unit: 'hr',
  isOpen: true,
  createdAt: monday,
  endedAt: null,
  dueAt: null,
};
const facts = (more: Partial<DeadlineFacts> = {}): DeadlineFacts => ({
  key: '1',
  processId: 'claim',
  caseKey: null,
  caseNo: 'XF-1',
  state: 'ACTIVE',
  publicState: null,
  drill: false,
  startAt: monday,
  endAt: null,
  revision: 1,
  variables: {},
  steps: [],
  tasks: [task],
  runs: [],
  ...more,
});

function entryOf(more: Partial<DeadlineDeclaration>) {
  const declaration = { id: 'd', title: '登记', of: { process: 'claim' }, ...more };
  const json = readJson(JSON.stringify([declaration]));
  if (!json.ok) throw new Error('Expected JSON.');
  const path = 'workflows/deadlines.json';
  return readDeadlines(new Map([[path, { path, schema: 'deadlines' as const, json: json.json }]]))[0]!;
}

const compute = (more: Partial<DeadlineDeclaration>, of?: Partial<DeadlineFacts>) =>
  computeDeadlines(entryOf(more), facts(of), { context, calendar });

const ladder = {
  period: '5W',
  marks: [
    { at: 'after 1W', do: { notify: { to: '=["lead"]', text: 'x' } } },
    { at: 1, do: { notify: { to: '=["head"]', text: 'x' } } },
    { at: 0.5, do: { notify: { to: '=task.candidates', text: '="还剩一半：" + mark.title + mark.at' } } },
    { at: 'before 1D', do: { notify: { to: '=["head"]', text: 'x' } } },
  ],
};

describe('a deadline', () => {
  it('of an instance counts from its start, in working time, and orders its marks by time', () => {
    const { results } = compute(ladder);

    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ deadlineId: 'd', item: '', inputs: { from: monday, term: '5W', pauses: [] } });
    const { dueAt, nearAt, marks } = results[0]!.moments!;
    expect([dueAt, nearAt].map(local)).toEqual(['03-11T00:00', '03-05T05:00']);
    expect(marks.map(({ mark, at: time }) => [mark, local(time)])).toEqual([
      ['0.5', '03-05T05:00'],
      ['before 1D', '03-10T00:00'],
      ['1', '03-11T00:00'],
      ['after 1W', '03-12T00:00'],
    ]);
  });

  it('of a task is one for each, closed with it', () => {
    const done = { ...task, userTaskKey: '8', isOpen: false, endedAt: at('03-03T09:00') };

    const { results } = compute({ of: { process: 'claim', task: 'register' }, period: '1W' }, { tasks: [task, done] });

    expect(results.map(({ item, unit, closed }) => [item, unit, closed])).toEqual([
      ['7', 'hr', undefined],
      ['8', 'hr', { at: at('03-03T09:00') }],
    ]);
  });

  it('of each item has its own name, due date and end', () => {
    const promises = [
      { id: 'a', due: '2026-03-09' },
      { id: 'b', due: '2026-03-10', done: '2026-03-04' },
      { id: 'c', due: null },
    ];
    const of = { process: 'claim', each: '=promises', key: '=item.id', until: '=item.done' };

    const { results } = compute({ of, due: '=date(item.due)' }, { variables: { promises } });

    expect(results.map(({ item, moments, closed }) => [item, moments && local(moments.dueAt), closed?.at])).toEqual([
      ['a', '03-09T00:00', undefined],
      ['b', '03-10T00:00', at('03-04T00:00')],
    ]);
  });

  it('is there only when it is wanted and its beginning is known', () => {
    const period = '1W';

    expect(compute({ of: { process: 'claim', when: '=wanted' }, period }).results).toEqual([]);
    expect(
      compute({ of: { process: 'claim', when: '=wanted' }, period }, { variables: { wanted: true } }).results,
    ).toHaveLength(1);
    expect(compute({ of: { process: 'claim', from: '=accepted' }, period }).results).toEqual([]);
  });

  it('stands still while an element of its pause is active, and goes on longer by it', () => {
    const run = { elementId: 'supplement', from: at('03-03T10:00'), to: null };
    const more = { period: '5W', pause: ['supplement'] };

    const standing = compute(more, { runs: [run] }).results[0]!;
    const resumed = compute(more, { runs: [{ ...run, to: at('03-05T09:00') }] }).results[0]!;

    expect(standing.moments).toBeUndefined();
    expect(local(resumed.moments!.dueAt)).toBe('03-13T00:00');
  });

  it('names the formula that gave no period', () => {
    const { results, fault } = compute({ period: '=days' }, { variables: { days: 'soon' } });

    expect(results).toEqual([]);
    expect(fault).toBe('Expected a period at /0/period of workflows/deadlines.json.');
  });
});

describe('the act of a mark', () => {
  const around = {
    task: { ...task, candidates: ['clerk', 'clerk@hr'] },
    mark: { title: '登记', fromAt: 0, dueAt: 1, at: '0.5' },
  };

  it('has its formulas worked out', () => {
    expect(actOfMark(entryOf(ladder), facts(), around, context)).toEqual({
      kind: 'notify',
      to: ['clerk', 'clerk@hr'],
      text: '还剩一半：登记0.5',
    });
  });

  it('is told by its place where it cannot be worked out', () => {
    const marks = [{ at: 0.5, do: { message: { name: 'm', correlationKey: '=nobody' } } }];

    expect(actOfMark(entryOf({ period: '1W', marks }), facts(), around, context)).toEqual({
      fault: 'Expected a text at /0/marks/0/do/message/correlationKey of workflows/deadlines.json.',
    });
  });

  it('is none where the declaration has the mark no more', () => {
    expect(actOfMark(entryOf({ period: '1W' }), facts(), around, context)).toBeUndefined();
  });
});
