import { describe, expect, it } from '@jest/globals';
import { paths, problemsOf, rolesFile } from '../../test/tiny-configuration.js';

const path = 'workflows/deadlines.json';

const deadline = (more: object = {}) => ({
  id: 'register',
  title: '登记',
  of: { process: 'claim', task: 'register', from: '=task.createdAt' },
  period: '3W',
  pause: ['register'],
  marks: [
    { at: 0.5, do: { notify: { to: '=["clerk"]', text: '="过半：" + mark.title' } } },
    { at: 'after 5W', do: { message: { name: 'claim.note', correlationKey: '=instance.caseNo' } } },
  ],
  ...more,
});

/** Place and sentence of each fault of the file. */
async function faults(file: object, others: Readonly<Record<string, object>> = {}) {
  const problems = await problemsOf({ ...others, [path]: file });
  return problems.filter((one) => one.file === path).map(({ place, message }) => `${place ?? ''}: ${message}`);
}

const faultsOf = (more: object, others?: Readonly<Record<string, object>>) => faults([deadline(more)], others);

describe('deadlines of a set', () => {
  it('have no fault where everything they name is there', async () => {
    expect(await problemsOf({ [path]: [deadline()] })).toEqual([]);
  });

  it('give the line of a fault', async () => {
    const problems = await problemsOf({ [path]: [deadline({ of: { process: 'clam' } })] });

    expect(problems).toMatchObject([{ place: '/0/of/process', line: 6 }]);
  });

  it.each([
    [{ of: { process: 'clam' } }, '/0/of/process: Expected the process "clam" to exist; did you mean "claim"?'],
    [
      { of: { process: 'claim', task: 'registr' } },
      '/0/of/task: Expected the user task "registr" to exist; did you mean "register"?',
    ],
    [{ pause: ['registr'] }, 'Expected in the process the element "registr" to exist'],
    [{ period: undefined }, '/0: Expected either "period" or "due".'],
    [{ due: '=task.dueAt' }, '/0: Expected either "period" or "due".'],
    [{ period: undefined, due: '=task.dueAt' }, '/0/pause: Expected no "pause" beside a fixed "due"'],
    [{ period: 'P3X' }, '/0/period: Expected 15W, 60D or an ISO 8601 duration but found "P3X".'],
    [{ period: 'three days' }, '/0/period: Expected /0/period to match pattern'],
    [{ of: { process: 'claim', key: '=1' } }, '/0/of/key: Expected "each" where there is a "key".'],
    [{ of: { process: 'claim', task: 'register', each: '=[1]' } }, '/0/of/each: Expected no "each" beside "task".'],
    [{ period: '=string(item)' }, '/0/period: Expected "each" where a formula reads "item".'],
    [
      { of: { process: 'claim', from: '=task.createdAt' } },
      '/0/of/from: Expected "task" in "of" where a formula reads "task".',
    ],
    [{ period: '=mark.title' }, '/0/period: Expected "mark" to be read at marks alone.'],
    [{ period: '=task.nam' }, '/0/period: Expected the fact of the task "nam" to exist; did you mean "name"?'],
    [{ period: '=if now() > 1 then "1W" else "2W"' }, '/0/period: Expected a formula that gives the same at any time'],
    [{ period: '=amont' }, '/0/period: Expected the variable "amont" to exist; did you mean "amount"?'],
    [{ period: '=1 +' }, '/0/period: Expected a FEEL expression'],
  ])('refuse %j', async (more, expected) => {
    expect((await faultsOf(more)).join('\n')).toContain(expected);
  });

  it.each([
    [
      { at: 0.5, do: { notify: { to: '=["clrk"]', text: 'x' } } },
      '/0/marks/0/do/notify/to: Expected the role "clrk" to exist; did you mean "clerk"?',
    ],
    [{ at: 0.5, do: { start: { processId: 'clam' } } }, 'Expected the process "clam" to exist'],
    [{ at: 0.5, do: { message: { name: 'claim.not', correlationKey: '="1"' } } }, 'did you mean "claim.note"?'],
    [{ at: 'after P1X', do: { start: { processId: 'claim' } } }, '/0/marks/0/at: Expected "before" or "after" and a'],
    [{ at: 1.5, do: { start: { processId: 'claim' } } }, '/0/marks/0/at: Expected /0/marks/0/at to be <= 1'],
    [{ at: 0.5, do: {} }, 'fewer than 1'],
  ])('refuse the mark %j', async (mark, expected) => {
    expect((await faultsOf({ marks: [mark] })).join('\n')).toContain(expected);
  });

  it('refuse the same mark and the same id twice', async () => {
    const mark = { at: 1, do: { notify: { to: '=["clerk"]', text: 'x' } } };

    expect(await faults([deadline({ marks: [mark, mark] }), deadline()])).toEqual([
      '/1/id: Expected the id "register" once but found it twice.',
      '/0/marks/1/at: Expected the mark "1" once but found it twice.',
      '/1/of/task: The task "register" has the deadline "register" already: say with "when" which of them holds.',
    ]);
  });

  it('read neither protected fields nor protected names', async () => {
    const roles = { ...rolesFile, protectedNames: ['anonymous'] };

    const found = await faultsOf(
      { of: { process: 'claim', when: '=name != null' }, period: '=if anonymous then "9W" else "3W"' },
      { [paths.roles]: roles },
    );

    expect(found.map((text) => text.slice(0, 40))).toEqual([
      '/0/of/when: Expected a formula over open',
      '/0/period: Expected no "anonymous" here,',
    ]);
  });
});
