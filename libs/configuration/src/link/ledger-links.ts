import type { ProcessEntry } from '../configuration-set.js';
import { isDerived, NUMERATOR_FROM, type IndicatorEntry, type LedgerEntry } from '../ledgers/entries.js';
import type { LedgerColumn } from '../ledgers/declarations.js';
import { linkFormulas } from './ledger-formulas.js';
import { linkSealedColumn } from './ledger-sealed.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { expectAll, refuseDoubles } from './references.js';

const dateTypes: readonly string[] = ['date', 'dateTime', 'deadline'];

type ReadEntry = LedgerEntry | IndicatorEntry;

/** Checks ledgers and indicators against processes, forms, roles, dictionaries and parameters. */
export function linkLedgers(context: LinkContext, known: Known): void {
  const { ledgers, indicators } = context.set.readModel;
  const seen = new Map<string, string>();
  for (const entry of [...ledgers, ...indicators]) {
    expectOwnName(context, entry, seen);
    const process = linkProcess(context, entry, known);
    linkAbove(context, entry, known);
    linkReaders(context, entry);
    if (entry.kind === 'ledger') linkLedger(context, entry, process);
    else linkIndicator(context, entry);
  }
}

type Known = ReadonlyMap<string, ReadonlySet<string>> | undefined;

function linkProcess(context: LinkContext, entry: ReadEntry, known: Known): ProcessEntry | undefined {
  const { process: id } = entry.declaration;
  const process = context.set.processes.find((one) => one.id === id);
  if (process) linkFormulas(context, entry, { process, variables: known?.get(id) });
  else if (!context.broken.has('process')) missingProcess(context, entry.path, { id, place: '/process' });
  return process;
}

/** What is counted above the line by itself. */
function linkAbove(context: LinkContext, entry: ReadEntry, known: Known): void {
  if (entry.kind !== 'indicator' || !entry.declaration.numeratorFrom) return;
  const { path, declaration } = entry;
  const { process: id, unit } = entry.declaration.numeratorFrom;
  if ((unit === undefined) !== (declaration.unit === undefined))
    refuse(context, path, NUMERATOR_FROM, [
      'Expected a "unit" on both sides of the line or on none: a unit is shown what is its own of both.',
      '分子、分母两边要么都写 "unit"，要么都不写：各单位只看两边属于自己的数。',
    ]);
  const process = context.set.processes.find((one) => one.id === id);
  if (process) linkFormulas(context, entry, { process, variables: known?.get(id), isAbove: true });
  else if (!context.broken.has('process')) missingProcess(context, path, { id, place: `${NUMERATOR_FROM}/process` });
}

function expectOwnName(
  context: LinkContext,
  { path, kind, declaration: { id } }: ReadEntry,
  seen: Map<string, string>,
) {
  const expected = `workflows/ledgers/${id}.${kind}.json`;
  if (path !== expected)
    refuse(context, path, '/id', [
      `Expected "${id}" in ${expected}: file name and declaration share one id.`,
      `“${id}”应位于 ${expected}：文件名与标识必须一致。`,
    ]);
  const other = seen.get(id);
  if (other !== undefined)
    refuse(context, path, '/id', [
      `Expected the id "${id}" once but ${other} has it too.`,
      `标识“${id}”与 ${other} 重复。`,
    ]);
  seen.set(id, path);
}

function missingProcess(
  context: LinkContext,
  path: string,
  { id, place }: { readonly id: string; readonly place: string },
): void {
  const known = context.set.processes.map((one) => one.id);
  reportMissing(context, path, place, { what: ['the process', '流程'], id, known });
}

function linkReaders(context: LinkContext, { path, declaration: { readers } }: ReadEntry): void {
  readers.forEach(({ roles }, index) => expectRoles(context, path, `/readers/${index}/roles`, roles));
}

function expectRoles(context: LinkContext, file: string, place: string, ids: readonly string[]): void {
  const known = context.set.roles.roles.map(({ id }) => id);
  expectAll(context, { file, place, ids, known, what: ['the role', '岗位'] });
}

function linkLedger(context: LinkContext, { path, declaration }: LedgerEntry, process: ProcessEntry | undefined): void {
  const { columns, readers, exports = [], order } = declaration;
  const ids = columns.map(({ id }) => id);
  refuseDoubles(context, path, '/columns', ids);
  expectReaders(
    context,
    path,
    '/exports',
    exports,
    readers.flatMap(({ roles }) => roles),
  );
  readers.forEach(({ ownUnit }, index) => {
    if (ownUnit !== undefined)
      expectColumn(context, path, `/readers/${index}/ownUnit`, { id: ownUnit, columns, types: ['unit'] });
  });
  columns.forEach((column, index) => {
    const place = `/columns/${index}`;
    linkColumn(context, path, place, column, columns);
    if (column.type === 'sealed' && process) linkSealedColumn(context, { path, place, column, process });
    expectReaders(
      context,
      path,
      `${place}/roles`,
      column.roles ?? [],
      readers.flatMap(({ roles }) => roles),
    );
  });
  const ordering = columns.find(({ id }) => id === order?.column);
  if (order && !ordering) expectColumn(context, path, '/order/column', { id: order.column, columns, types: [] });
  else if (ordering && ordering.sort !== true)
    refuse(context, path, '/order/column', [
      `Expected the column "${ordering.id}" to say "sort": true, since the ledger is ordered by it.`,
      `台账按列“${ordering.id}”排序，该列应写 "sort": true。`,
    ]);
}

function linkColumn(
  context: LinkContext,
  file: string,
  place: string,
  column: LedgerColumn,
  columns: readonly LedgerColumn[],
): void {
  const { type, value, dictionary, sort, filter } = column;
  if (isDerived(column) === (value !== undefined))
    refuse(context, file, place, [
      isDerived(column)
        ? `Expected no "value" in a column of type ${type}: it is worked out from the dates of other columns.`
        : `Expected a "value" in a column of type ${type}.`,
      isDerived(column) ? `类型为 ${type} 的列由其他列的日期得出，不写 "value"。` : `类型为 ${type} 的列要写 "value"。`,
    ]);
  if (isDerived(column))
    for (const name of ['from', 'due', 'done'] as const)
      if (name === 'due' || column[name] !== undefined)
        expectColumn(context, file, `${place}/${name}`, { id: column[name] ?? '', columns, types: dateTypes });
  if ((sort || filter) && (isDerived(column) || type === 'sealed'))
    refuse(context, file, place, [
      `Expected a column of type ${type} to be neither sorted nor filtered.`,
      `类型为 ${type} 的列不能排序，也不能筛选。`,
    ]);
  if (type === 'dictionary' && !Object.hasOwn(context.set.dictionaries, dictionary ?? ''))
    reportMissing(context, file, `${place}/dictionary`, {
      what: ['the dictionary', '字典'],
      id: dictionary ?? '',
      known: Object.keys(context.set.dictionaries),
    });
}

interface Wanted {
  readonly id: string;
  readonly columns: readonly LedgerColumn[];
  /** Empty: every type. */
  readonly types: readonly string[];
}

function expectColumn(context: LinkContext, file: string, place: string, { id, columns, types }: Wanted): void {
  const fitting = columns.filter(({ type }) => types.length === 0 || types.includes(type));
  if (fitting.some((column) => column.id === id)) return;
  const what: Sentence = types.length
    ? [`the column of type ${types.join(', ')}`, `类型为 ${types.join('、')} 的列`]
    : ['the column', '列'];
  reportMissing(context, file, place, { what, id, known: fitting.map((column) => column.id) });
}

/** Roles that may more than read are readers first. */
function expectReaders(
  context: LinkContext,
  file: string,
  place: string,
  ids: readonly string[],
  readers: readonly string[],
): void {
  expectAll(context, { file, place, ids, known: readers, what: ['among the readers the role', '读者中的岗位'] });
}

function linkIndicator(context: LinkContext, { path, declaration }: IndicatorEntry): void {
  const { kind, suppress, small, lengths, readers, numeratorFrom } = declaration;
  const isOfMeans = kind === 'mean' || (kind === 'difference' && declaration.value !== undefined);
  const parts = {
    numerator: !isOfMeans && numeratorFrom === undefined,
    value: isOfMeans,
    compare: kind === 'difference',
  };
  const [beside, besideZh] = numeratorFrom ? [' with "numeratorFrom"', '写了 "numeratorFrom"，'] : ['', ''];
  for (const [name, isWanted] of Object.entries(parts)) {
    const isThere = declaration[name as keyof typeof parts] !== undefined;
    if (isThere !== isWanted)
      refuse(context, path, isThere ? `/${name}` : '', [
        `Expected ${isWanted ? 'a' : 'no'} "${name}" in an indicator of kind ${kind}${beside}.`,
        `类型为 ${kind} 的指标${besideZh}${isWanted ? '要' : '不'}写 "${name}"。`,
      ]);
  }
  linkSides(context, path, declaration);
  readers.forEach(({ ownUnit }, index) => {
    if (ownUnit !== undefined && (ownUnit !== 'unit' || declaration.unit === undefined))
      refuse(context, path, `/readers/${index}/ownUnit`, [
        'Expected "unit" here, and a formula "unit" in the indicator.',
        '此处应写 "unit"，并在指标中写公式 "unit"。',
      ]);
  });
  const parameter = Object.hasOwn(context.set.parameters, suppress) ? context.set.parameters[suppress] : undefined;
  if (!parameter)
    reportMissing(context, path, '/suppress', {
      what: ['the parameter', '参数'],
      id: suppress,
      known: Object.keys(context.set.parameters),
    });
  else if (typeof parameter.value !== 'number' || parameter.value < 1)
    refuse(context, path, '/suppress', [
      `Expected the parameter "${suppress}" to be a number from 1.`,
      `参数“${suppress}”应为不小于 1 的数。`,
    ]);
  linkTarget(context, path, declaration);
  if (small === 'hide' && lengths.length > 1)
    refuse(context, path, '/lengths', [
      'Expected one length of period where small numbers are hidden: two would let them be found by subtraction.',
      '隐去小数的指标只能有一种周期：两种周期相减就能得出被隐去的数。',
    ]);
}

/** Sides that are counted apart make a rate and nothing else. */
function linkSides(context: LinkContext, path: string, { kind, numeratorFrom }: IndicatorEntry['declaration']): void {
  if (!numeratorFrom || kind === 'ratio') return;
  refuse(context, path, NUMERATOR_FROM, [
    `Expected no "numeratorFrom" in an indicator of kind ${kind}.`,
    `类型为 ${kind} 的指标不写 "numeratorFrom"。`,
  ]);
}

/** A difference has no target: it is looked into from its `alert` on. */
function linkTarget(context: LinkContext, path: string, { kind, target }: IndicatorEntry['declaration']): void {
  if (!target) return;
  if (kind === 'difference')
    refuse(context, path, '/target', [
      'Expected no "target" in an indicator of kind difference: "compare.alert" says from when on it is looked into.',
      '类型为 difference 的指标不写 "target"：用 "compare.alert" 表示从多少起需要关注。',
    ]);
  for (const [side, wanted] of Object.entries(target)) {
    if (typeof wanted !== 'string') continue;
    const parameter = Object.hasOwn(context.set.parameters, wanted) ? context.set.parameters[wanted] : undefined;
    if (typeof parameter?.value === 'number') continue;
    const known = Object.entries(context.set.parameters).flatMap(([id, { value }]) =>
      typeof value === 'number' ? [id] : [],
    );
    reportMissing(context, path, `/target/${side}`, {
      what: ['the parameter with a number', '数值参数'],
      id: wanted,
      known,
    });
  }
}

function refuse(context: LinkContext, file: string, place: string, text: Sentence): void {
  reportPlace(context, file, place, { code: 'ledger.declaration', text });
}
