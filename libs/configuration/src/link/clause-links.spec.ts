import { claimProcess, paths, problemsOf, rolesFile } from '../../test/tiny-configuration.js';

const file = 'workflows/clauses.json';
const listed = [
  { title: 'Rules', ids: ['1-1', '1-1(2)', 'Act 4', 'Act 40'] },
  { title: 'Own', ids: ['own rule'] },
];

type Overrides = Parameters<typeof problemsOf>[0];

const faults = async (overrides: Overrides) =>
  (await problemsOf({ [file]: listed, ...overrides }))
    .filter(({ code }) => code === 'link.unknownReference' || code === 'settings.clause')
    .map(({ file: path, place, elementId, line, message }) => [path, place ?? elementId, typeof line, message]);

const schedule = (clause: string) => ({
  'workflows/schedules.json': [
    {
      id: 'S1',
      title: 'Monthly',
      processId: 'claim',
      cron: '0 9 5 * *',
      onDayOff: 'next',
      clause,
      variables: { clause: '8-8' },
    },
  ],
});

describe('clauses that files cite', () => {
  it('are taken as they stand where no list is kept', async () => {
    expect(await faults({ [file]: null, ...schedule('9-9') })).toEqual([]);
  });

  it.each(['1-1', 'Act 40', '1-1(2);Act 4', 'own rule、1-1', 'Act 4 1-1'])(
    'are found in the list: %s',
    async (clause) => {
      expect(await faults(schedule(clause))).toEqual([]);
    },
  );

  it.each([
    ['1-2', ['1-2']],
    ['Act 5', ['Act 5']],
    ['1-1(3)', ['1-1(3)']],
    ['1-1;Act 41 1-1(2)', ['Act 41']],
    ['Act 5;2-2', ['Act 5', '2-2']],
  ])('are named where they are not: %s', async (clause, unknown) => {
    const named = (await faults(schedule(clause))).map(([path, place, , message]) => [path, place, message]);

    expect(named).toEqual(
      unknown.map((id) => [
        'workflows/schedules.json',
        '/0/clause',
        expect.stringContaining(`Expected the clause "${id}" to exist`),
      ]),
    );
  });

  it('are named in a role with the line, and with what may be meant', async () => {
    const roles = { ...rolesFile, roles: rolesFile.roles.map((role) => ({ ...role, clauses: ['Act 4', 'Act 400'] })) };

    const [first] = await faults({ [paths.roles]: roles });

    expect(first).toEqual([
      paths.roles,
      '/roles/0/clauses/1',
      'number',
      expect.stringContaining('did you mean "Act 40"'),
    ]);
  });

  it('are named at the head of a scenario, and not among its values', async () => {
    const scenario = {
      name: 'Small',
      clauses: ['7-7'],
      start: { process: 'claim', as: 'clerk', variables: { clause: '8-8' }, at: '2026-03-02T09:00:00+08:00' },
    };

    expect((await faults({ [paths.scenarios]: [scenario] })).map(([path, place]) => [path, place])).toEqual([
      [paths.scenarios, '/0/clauses/0'],
    ]);
  });

  it('are named at the process that cites them', async () => {
    const properties =
      '<zeebe:property name="ct.case" value="XF" /><zeebe:property name="ct.clauses" value="Act 40 7-7" />';

    expect(await faults({ [paths.process]: claimProcess({ properties }) })).toEqual([
      [paths.process, 'claim', 'number', expect.stringContaining('Expected the clause "7-7" to exist')],
    ]);
  });

  it('stand in the list once', async () => {
    const twice = [...listed, { title: 'Again', ids: ['Act 4'] }];

    expect(await faults({ [file]: twice })).toEqual([
      [file, '/2/ids/0', 'number', 'Expected the clause "Act 4" once but found it twice.'],
    ]);
  });
});
