import type { ProcessEntry } from '../configuration-set.js';
import {
  accessFactOf,
  accessFacts,
  isDerived,
  NUMERATOR_FROM,
  type AccessLedgerEntry,
  type IndicatorEntry,
  type LedgerEntry,
} from '../ledgers/entries.js';
import type { LedgerColumn } from '../ledgers/declarations.js';
import { linkIndicator } from './indicator-links.js';
import { linkFormulas } from './ledger-formulas.js';
import { refuse } from './ledger-refusal.js';
import { linkRelated } from './ledger-related.js';
import { linkSealedColumn } from './ledger-sealed.js';
import { type LinkContext, reportMissing, type Sentence } from './link-context.js';
import { expectAll, refuseDoubles } from './references.js';

const dateTypes: readonly string[] = ['date', 'dateTime', 'deadline'];

type ReadEntry = LedgerEntry | IndicatorEntry;
type NamedEntry = Pick<ReadEntry | AccessLedgerEntry, 'path' | 'kind' | 'declaration'>;

/** Checks ledgers and indicators against processes, forms, roles, dictionaries and parameters. */
export function linkLedgers(context: LinkContext, known: Known): void {
  const { ledgers, accessLedgers, indicators } = context.set.readModel;
  const seen = new Map<string, string>();
  for (const entry of accessLedgers) {
    expectOwnName(context, entry, seen);
    linkReaders(context, entry);
    linkAccessLedger(context, entry);
  }
  for (const entry of [...ledgers, ...indicators]) {
    expectOwnName(context, entry, seen);
    const process = linkProcess(context, entry, known);
    linkAbove(context, entry, known);
    linkReaders(context, entry);
    linkRelated(context, entry, known);
    if (entry.kind === 'ledger') linkLedger(context, entry, process);
    else linkIndicator(context, entry);
  }
}

type Known = ReadonlyMap<string, ReadonlySet<string>> | undefined;

function linkProcess(context: LinkContext, entry: ReadEntry, known: Known): ProcessEntry | undefined {
  const { process: id } = entry.declaration as { readonly process?: string };
  if (id === undefined) {
    refuse(context, entry.path, '', [
      'Expected a "process" whose instances give the rows, or a "source".',
      '台账要写 "process"（哪个流程的件）或者 "source"。',
    ]);
    return undefined;
  }
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
  { path, kind, declaration: { id } }: NamedEntry,
  seen: Map<string, string>,
) {
  const expected = `workflows/ledgers/${id}.${kind === 'indicator' ? kind : 'ledger'}.json`;
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

function linkReaders(context: LinkContext, { path, declaration: { readers } }: NamedEntry): void {
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

/** A ledger of accesses has nothing of an instance: each column names one fact of an access. */
function linkAccessLedger(context: LinkContext, { path, declaration }: AccessLedgerEntry): void {
  const { columns, readers, exports = [], order } = declaration;
  refuseDoubles(
    context,
    path,
    '/columns',
    columns.map(({ id }) => id),
  );
  for (const name of ['process', 'where', 'items', 'related'])
    if (Object.hasOwn(declaration, name))
      refuse(context, path, `/${name}`, [
        `Expected no "${name}" in a ledger with "source": its rows are those of the record.`,
        `写了 "source" 的台账不写 "${name}"：各行就是记录本身。`,
      ]);
  const roles = readers.flatMap((reader) => reader.roles);
  expectReaders(context, path, '/exports', exports, roles);
  readers.forEach(({ ownUnit }, index) => {
    if (ownUnit !== undefined)
      refuse(context, path, `/readers/${index}/ownUnit`, [
        'Expected readers of all rows: an access belongs to no unit.',
        '查看记录不属于任何单位，不能只给本单位看。',
      ]);
  });
  columns.forEach((column, index) => {
    linkAccessColumn(context, path, `/columns/${index}`, column);
    expectReaders(context, path, `/columns/${index}/roles`, column.roles ?? [], roles);
  });
  if (order) expectColumn(context, path, '/order/column', { id: order.column, columns, types: ['dateTime'] });
}

function linkAccessColumn(context: LinkContext, file: string, place: string, column: LedgerColumn): void {
  const fact = accessFactOf(column);
  if (fact === undefined || accessFacts[fact] !== column.type)
    return refuse(context, file, `${place}/value`, [
      `Expected one of ${Object.entries(accessFacts)
        .map(([name, type]) => `=access.${name} (${type})`)
        .join(', ')} but found ${column.value ?? 'nothing'} of type ${column.type}.`,
      `此列只能写 ${Object.entries(accessFacts)
        .map(([name, type]) => `=access.${name}（${type}）`)
        .join('、')}，现为 ${column.value ?? '空'}（${column.type}）。`,
    ]);
  if ((column.sort === true && fact !== 'at') || (column.filter === true && !['at', 'caseNo', 'reason'].includes(fact)))
    refuse(context, file, place, [
      'Expected accesses to be sorted by time, and filtered by time, case number or reason alone.',
      '查看记录只能按时间排序，按时间、件号、理由筛选。',
    ]);
}
