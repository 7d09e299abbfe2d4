import {
  type ConfigurationSet,
  indicatorFacts,
  isDerived,
  ledgerRows,
  processesOf,
  relatedOf,
  sortText,
  type IndicatorEntry,
  type LedgerEntry,
  type LedgerRow,
  type ReadModelEntry,
  type Relation,
} from '#configuration';
import type { EvaluationContext } from '#feel';
import type { FollowedInstance, FollowedRows, LedgerCellInput, LedgerMark, Retold } from '#persistence';
import { followDeadlines } from '../deadlines/follow-deadlines.js';

export type Declarations = Pick<ConfigurationSet, 'readModel' | 'feelFunctions' | 'calendar'>;

export interface FollowWorld {
  readonly set: Declarations;
  /** Of the set, in the database; 0 where it is not known. */
  readonly setId: number;
  readonly timeZone: string;
  /** Epoch ms. */
  readonly now: number;
}

/** All rows and facts that one instance gives; nothing where it is gone or nothing declares its process. Pure. */
export function followInstance(
  mark: LedgerMark,
  instance: FollowedInstance | undefined,
  { set, setId, timeZone, now }: FollowWorld,
): FollowedRows {
  const { readModel, feelFunctions } = set;
  const declarations = instance && readModel.hashes.get(instance.processId);
  const context: EvaluationContext = { now: 0, timeZone, functions: feelFunctions };
  const deadlines = instance && followDeadlines(instance, { set, context, setId, now });
  if (!instance || declarations === undefined)
    return { mark, revision: 0, rows: [], cells: [], facts: [], ...(deadlines && { deadlines }) };
  const isOwn = (entry: ReadModelEntry) => processesOf(entry).includes(instance.processId);
  const ledgers = readModel.ledgers.filter(isOwn).map((entry) => ({ entry, ...ledgerRows(entry, instance, context) }));
  const indicators = readModel.indicators
    .filter(isOwn)
    .map((entry) => ({ entry, ...indicatorFacts(entry, instance, context) }));
  const fault = [...ledgers, ...indicators, deadlines].find((one) => one?.fault !== undefined)?.fault;
  const { caseKey, drill, endAt: endedAt } = instance;
  const retold = retoldBy(instance, [...readModel.ledgers, ...readModel.indicators]);
  return {
    mark,
    revision: instance.revision,
    declarations,
    ...(fault === undefined ? {} : { fault }),
    rows: ledgers.flatMap(({ entry, results }) =>
      results.map(({ item, cells }) => ({ ledgerId: entry.declaration.id, item, caseKey, drill, endedAt, cells })),
    ),
    cells: ledgers.flatMap(({ entry, results }) => results.flatMap((row) => indexed(entry, row))),
    facts: indicators.flatMap(({ entry, results }) =>
      results.map((fact) => ({ indicatorId: entry.declaration.id, caseKey, ...fact })),
    ),
    ...(deadlines && { deadlines }),
    ...(retold && { retold }),
  };
}

/** Told again only where the instance itself went on: else two that tell of each other would never come to rest. */
function retoldBy(instance: FollowedInstance, entries: readonly (LedgerEntry | IndicatorEntry)[]): Retold | undefined {
  const { caseKey, processId, revision, position } = instance;
  if (caseKey === null || position?.revision === revision) return undefined;
  const telling = (relation: Relation) =>
    unique(entries.filter((entry) => relatedOf(entry, relation).includes(processId)).flatMap(processesOf));
  const [processes, named] = [telling('sameCase'), telling('naming')];
  return processes.length + named.length === 0 ? undefined : { caseKey, processes, named };
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** The column that every row has, for ledgers that name no order. */
export const BY_INSTANCE = '#';

/** Cells that are sorted, filtered, or say whose unit a row belongs to. */
function indexed({ declaration }: LedgerEntry, { item, cells }: LedgerRow): readonly LedgerCellInput[] {
  const units = new Set(declaration.readers.map(({ ownUnit }) => ownUnit));
  const columns = declaration.columns.filter(
    (column) => !isDerived(column) && (column.sort === true || column.filter === true || units.has(column.id)),
  );
  const ledgerId = declaration.id;
  return [
    { ledgerId, item, columnId: BY_INSTANCE, sortText: '' },
    ...columns.map(({ id }) => ({ ledgerId, item, columnId: id, sortText: sortText(cells[id] ?? null) })),
  ];
}
