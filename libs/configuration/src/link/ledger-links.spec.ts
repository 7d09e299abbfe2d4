import { describe, expect, it } from '@jest/globals';
import { claimForm, paths, problemsOf, rolesFile } from '../../test/tiny-configuration.js';

const ledgerPath = 'workflows/ledgers/L1.ledger.json';
const indicatorPath = 'workflows/ledgers/R1.indicator.json';

const ledger = (more: object = {}) => ({
  id: 'L1',
  title: '登记台账',
  process: 'claim',
  readers: [{ roles: ['clerk'] }, { roles: ['handler'], ownUnit: 'unit' }],
  exports: ['clerk'],
  columns: [
    { id: 'no', title: '编号', type: 'text', value: '=instance.caseNo', sort: true, filter: true },
    { id: 'unit', title: '单位', type: 'unit', value: '="hr"', filter: true },
    { id: 'at', title: '登记', type: 'dateTime', value: '=steps.register.endedAt' },
    { id: 'due', title: '期限', type: 'deadline', value: '=steps.register.dueAt' },
    { id: 'lamp', title: '灯', type: 'lamp', from: 'at', due: 'due' },
  ],
  order: { column: 'no' },
  ...more,
});

const indicator = (more: object = {}) => ({
  id: 'R1',
  title: '及时率',
  process: 'claim',
  kind: 'ratio',
  period: '=steps.register.dueAt',
  numerator: '=steps.register.endedAt <= steps.register.dueAt',
  lengths: ['month', 'quarter'],
  suppress: 'days',
  readers: [{ roles: ['clerk'] }],
  ...more,
});

/** Place and sentence of each fault of one file. */
async function faults(path: string, file: object, others: Readonly<Record<string, object>> = {}) {
  const problems = await problemsOf({ ...others, [path]: file });
  return problems.filter((one) => one.file === path).map(({ place, message }) => `${place ?? ''}: ${message}`);
}

const ledgerFaults = (more: object, others?: Readonly<Record<string, object>>) =>
  faults(ledgerPath, ledger(more), others);
const columnFaults = (column: object, others?: Readonly<Record<string, object>>) =>
  ledgerFaults(
    { columns: [{ id: 'x', title: '列', type: 'text', ...column }], readers: [{ roles: ['clerk'] }], order: undefined },
    others,
  );
const indicatorFaults = (more: object) => faults(indicatorPath, indicator(more));

describe('a ledger of accesses', () => {
  const accesses = (more: object = {}) => ({
    id: 'L1',
    title: '日志',
    source: 'accesses',
    readers: [{ roles: ['clerk'] }],
    exports: ['clerk'],
    columns: [
      { id: 'at', title: '时间', type: 'dateTime', value: '=access.at', sort: true, filter: true },
      { id: 'who', title: '人', type: 'text', value: '=access.account' },
      { id: 'no', title: '件号', type: 'text', value: '=access.caseNo', filter: true },
    ],
    order: { column: 'at', descending: true },
    ...more,
  });

  it('has no fault where its columns name facts of an access', async () => {
    expect(await faults(ledgerPath, accesses())).toEqual([]);
  });

  it.each([
    [{ process: 'claim' }, '/process: Expected no "process" in a ledger with "source"'],
    [{ where: '=true' }, '/where: Expected no "where" in a ledger with "source"'],
    [{ readers: [{ roles: ['clerk'], ownUnit: 'no' }] }, '/readers/0/ownUnit: Expected readers of all rows'],
    [{ order: { column: 'who' } }, '/order/column: Expected the column of type dateTime "who" to exist'],
    [
      { columns: [{ id: 'at', title: '时间', type: 'dateTime', value: '=access.when' }] },
      '/columns/0/value: Expected one of =access.at (dateTime), =access.account (text)',
    ],
    [
      { columns: [{ id: 'at', title: '时间', type: 'text', value: '=access.at' }] },
      '/columns/0/value: Expected one of =access.at (dateTime)',
    ],
    [{ source: undefined }, ': Expected a "process" whose instances give the rows, or a "source".'],
  ])('is refused with %j', async (more, expected) => {
    expect(await faults(ledgerPath, accesses(more))).toContainEqual(expect.stringContaining(expected));
  });

  it('is not sorted by persons', async () => {
    const columns = [{ id: 'who', title: '人', type: 'text', value: '=access.account', sort: true }];

    expect(await faults(ledgerPath, accesses({ columns, order: undefined }))).toEqual([
      expect.stringContaining('/columns/0: Expected accesses to be sorted by time'),
    ]);
  });
});

describe('ledgers and indicators of a set', () => {
  it.each([
    [{ as: 'others', process: 'clam', variables: [] }, '/related/0/process: Expected the process "clam" to exist'],
    [{ as: 'item', process: 'claim', variables: [] }, '/related/0/as: Expected a name of its own but "item" is a fact'],
    [
      { as: 'others', process: 'claim', variables: ['nothing'] },
      '/related/0/variables/0: Expected the variable "nothing" to exist',
    ],
    [
      { as: 'others', process: 'claim', variables: ['name'] },
      '/related/0/variables/0: Expected open variables but "name" is protected.',
    ],
  ])('refuses what else of the case is read by %j', async (related, expected) => {
    expect(await ledgerFaults({ related: [related] })).toContainEqual(expect.stringContaining(expected));
  });

  it('has no fault where everything they name is there', async () => {
    const problems = await problemsOf({ [ledgerPath]: ledger(), [indicatorPath]: indicator() });

    expect(problems).toEqual([]);
  });

  it('gives the line of a fault', async () => {
    const problems = await problemsOf({ [ledgerPath]: ledger({ process: 'clam' }) });

    expect(problems.map(({ file, place, line }) => ({ file, place, line }))).toEqual([
      { file: ledgerPath, place: '/process', line: 4 },
    ]);
  });

  it.each([
    [{ id: 'L2' }, '/id: Expected "L2" in workflows/ledgers/L2.ledger.json'],
    [{ process: 'clam' }, '/process: Expected the process "clam" to exist'],
    [{ readers: [{ roles: ['clerk', 'boss'] }] }, '/readers/0/roles/1: Expected the role "boss" to exist'],
    [{ readers: [{ roles: ['clerk'], ownUnit: 'no' }] }, '/readers/0/ownUnit: Expected the column of type unit "no"'],
    [
      { exports: ['handler'], readers: [{ roles: ['clerk'] }] },
      '/exports/0: Expected among the readers the role "handler"',
    ],
    [{ order: { column: 'at' } }, '/order/column: Expected the column "at" to say "sort": true'],
    [{ where: '=amount >' }, '/where: Expected a FEEL expression'],
    [{ where: '=amoun > 3' }, '/where: Expected the variable "amoun" to exist; did you mean "amount"?'],
    [{ where: '=steps.regster.endedAt != null' }, '/where: Expected in the process the element "regster" to exist'],
    [{ where: '=steps.register.completedBy = "x"' }, '/where: Expected the fact of a step "completedBy" to exist'],
    [{ where: '=instance.startedBy = "x"' }, '/where: Expected the fact of the instance "startedBy" to exist'],
    [{ where: '=item > 1' }, '/where: Expected "items" where a formula reads "item".'],
    [
      { where: '=steps.register.dueAt < now()' },
      '/where: Expected a formula that gives the same at any time but it calls now()',
    ],
    [{ where: '=anonymous' }, '/where: Expected no "anonymous" here, a protected name'],
    [{ where: '=name = "x"' }, '/where: Expected a formula over open variables but it reads "name"'],
    [{ columns: [] }, '/columns: Expected /columns to NOT have fewer than 1 items'],
  ])('refuses a ledger with %j', async (more, expected) => {
    const found = await ledgerFaults(more);

    expect(found).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    [
      { type: 'lamp', value: '=amount', due: 'x' },
      ['/columns/0: Expected no "value"', '/columns/0/due: Expected the column of type date'],
    ],
    [{ type: 'text' }, ['/columns/0: Expected a "value" in a column of type text']],
    [
      { type: 'dictionary', dictionary: 'chanel', value: '=amount' },
      ['/columns/0/dictionary: Expected the dictionary "chanel" to exist; did you mean "channel"?'],
    ],
    [{ type: 'boolean', value: '=anonymous', filter: true }, ['/columns/0/value: Expected no "anonymous" here']],
    [
      { type: 'text', value: '=name' },
      ['/columns/0/value: Expected a formula over open variables but it reads "name"'],
    ],
    [
      { type: 'sealed', value: '=amount', roles: ['clerk'] },
      ['/columns/0/value: Expected the name of a protected field alone'],
    ],
    [{ type: 'sealed', value: '=name' }, ['/columns/0: Expected "roles" here: "name" is protected']],
    [
      { type: 'text', value: '=amount', roles: ['handler'] },
      ['/columns/0/roles/0: Expected among the readers the role "handler"'],
    ],
    [
      { type: 'person', value: '=amount' },
      ['/columns/0/type: Expected /columns/0/type to be equal to one of the allowed values'],
    ],
  ])('refuses the column %j', async (column, expected) => {
    const found = await columnFaults(column);

    expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  it('refuses a sealed column for a role that sees nothing of its class', async () => {
    const readers = { readers: [{ roles: ['clerk', 'handler'] }], order: undefined };
    const columns = [{ id: 'x', title: '列', type: 'sealed', value: '=name', roles: ['handler', 'clerk'] }];

    const found = await ledgerFaults({ ...readers, columns });

    expect(found).toEqual([expect.stringContaining('/columns/0/roles/0: Expected a role that sees the class "身份"')]);
  });

  it('refuses a class that says who somebody is, whoever may see it', async () => {
    const classes = rolesFile.classes.map((one) => (one.id === 'ident' ? { ...one, identifies: true } : one));

    const found = await columnFaults(
      { type: 'sealed', value: '=name', roles: ['clerk'] },
      { [paths.roles]: { ...rolesFile, classes } },
    );

    expect(found).toEqual([
      expect.stringContaining('/columns/0/value: Expected no "name" in a ledger: its class "身份" says who'),
    ]);
  });

  it('shows whether somebody is unnamed in a column that neither sorts nor filters', async () => {
    const found = await columnFaults({ type: 'boolean', value: '=anonymous' });

    expect(found).toEqual([]);
  });

  it.each([
    [{ kind: 'mean' }, ['/numerator: Expected no "numerator"', ': Expected a "value" in an indicator of kind mean']],
    [{ kind: 'difference' }, [': Expected a "compare" in an indicator of kind difference']],
    [
      {
        kind: 'difference',
        value: '=amount',
        compare: { by: '=1', groups: [1, 2].map((value) => ({ value, label: 'x' })) },
      },
      ['/numerator: Expected no "numerator" in an indicator of kind difference'],
    ],
    [{ suppress: 'dayz' }, ['/suppress: Expected the parameter "dayz" to exist; did you mean "days"?']],
    [{ small: 'hide' }, ['/lengths: Expected one length of period where small numbers are hidden']],
    [
      { readers: [{ roles: ['clerk'], ownUnit: 'unit' }] },
      ['/readers/0/ownUnit: Expected "unit" here, and a formula "unit"'],
    ],
    [{ denominator: '=not(anonymous)' }, ['/denominator: Expected no "anonymous" here']],
    [
      { numerator: '=today() > date("2026-01-01")' },
      [
        '/numerator: Expected a formula that gives the same at any time',
        '/numerator: Expected a formula that reads something of the matter',
      ],
    ],
    [
      { numeratorFrom: { process: 'clam', period: '=instance.startedAt' }, numerator: undefined },
      ['/numeratorFrom/process: Expected the process "clam" to exist; did you mean "claim"?'],
    ],
    [
      { numeratorFrom: { process: 'claim', period: '=amoun', where: '=item > 1' }, numerator: undefined },
      [
        '/numeratorFrom/where: Expected "items" where a formula reads "item".',
        '/numeratorFrom/period: Expected the variable "amoun" to exist; did you mean "amount"?',
      ],
    ],
    [
      { numeratorFrom: { process: 'other', period: '=instance.startedAt', unit: '="hr"' } },
      [
        '/numeratorFrom: Expected a "unit" on both sides of the line or on none',
        '/numeratorFrom/process: Expected the process "other" to exist',
        '/numerator: Expected no "numerator" in an indicator of kind ratio',
      ],
    ],
    [{ ranking: true }, ['/ranking: Expected /ranking to NOT have additional properties']],
  ])('refuses an indicator with %j', async (more, expected) => {
    const found = await indicatorFaults(more);

    expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  it('counts above the line at another time than below it', async () => {
    const numeratorFrom = { process: 'claim', where: '=amount > 10', period: '=instance.startedAt' };

    expect(await indicatorFaults({ numerator: undefined, numeratorFrom })).toEqual([]);
  });

  it('compares by a protected name and by nothing else', async () => {
    const groups = [
      { value: true, label: '匿名' },
      { value: false, label: '署名' },
    ];
    const found = await indicatorFaults({
      kind: 'difference',
      compare: { by: '=anonymous', groups },
      lengths: ['year'],
      small: 'hide',
    });

    expect(found).toEqual([]);
  });

  it('refuses a copy of a protected name as the name itself', async () => {
    const form = claimForm({ hidden: { type: 'boolean', title: '副本', 'x-class': 'stat', 'x-value': '=anonymous' } });

    const found = await faults(indicatorPath, indicator({ denominator: '=hidden' }), { [paths.form]: form });

    expect(found).toEqual([expect.stringContaining('/denominator: Expected no "hidden" here')]);
  });
});
