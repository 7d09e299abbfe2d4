import type { ConfigurationSet } from '../configuration-set.js';
import type { ProtectiveChange } from '../protective-changes.js';
import type { LedgerColumn } from './declarations.js';
import type { AccessLedgerEntry, IndicatorEntry, LedgerEntry } from './entries.js';

type ReadEntry = LedgerEntry | AccessLedgerEntry | IndicatorEntry;
type Comparable = Pick<ConfigurationSet, 'roles' | 'readModel'>;

/** Ledgers and indicators that show more than before, or to more roles: each role that gains something is named. */
export function readerChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  const old = new Map(entriesOf(before).map((entry) => [entry.path, sightsOf(entry)]));
  return entriesOf(after).flatMap((entry) => {
    const was = old.get(entry.path) ?? new Set<string>();
    const gained = [...sightsOf(entry)].filter((sight) => !was.has(sight));
    if (gained.length === 0) return [];
    const parts = gained.map((sight) => sentence(sight, after));
    const { title } = entry.declaration;
    const kind = entry.kind === 'indicator' ? '指标' : '台账';
    return [{ code: 'ledgerReaders', file: entry.path, messageZh: `${kind}“${title}”：${parts.join('，')}。` }];
  });
}

const entriesOf = ({ readModel }: Comparable): readonly ReadEntry[] => [
  ...readModel.ledgers,
  ...readModel.accessLedgers,
  ...readModel.indicators,
];

/** What roles get, as texts that can be compared: rows (all or of the own unit), protected columns, exports. */
function sightsOf(entry: ReadEntry): ReadonlySet<string> {
  const rows = entry.declaration.readers.flatMap(({ roles, ownUnit }) =>
    roles.map((role) => `${ownUnit === undefined ? 'rows' : `unit ${ownUnit}`}/${role}`),
  );
  if (entry.kind === 'indicator') return new Set(rows);
  const { columns, exports = [] } = entry.declaration;
  return new Set([...rows, ...exports.map((role) => `export/${role}`), ...columns.flatMap(columnSights)]);
}

const columnSights = ({ type, id, roles = [] }: LedgerColumn): readonly string[] =>
  type === 'sealed' ? roles.map((role) => `column ${id}/${role}`) : [];

function sentence(sight: string, { roles }: Comparable): string {
  const [what = '', id = ''] = sight.split('/');
  const name = roles.roles.find((role) => role.id === id)?.name ?? id;
  const [kind = '', below = ''] = what.split(' ');
  const gains: Readonly<Record<string, string>> = {
    rows: '可看全部',
    unit: `可看本单位（${below}）`,
    export: '可导出',
    column: `可看受保护的列“${below}”`,
  };
  return `岗位“${name}”${gains[kind] ?? ''}`;
}
