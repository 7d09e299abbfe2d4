import {
  computeDeadlines,
  momentsOf,
  type ComputedDeadline,
  type ConfigurationSet,
  type DeadlineEntry,
  type DeadlineInputs,
  type MarkMoment,
} from '#configuration';
import type { EvaluationContext } from '#feel';
import { deadlineKey } from '#persistence';
import type { DeadlineChanges, DeadlineMove, FollowedInstance, StoredDeadline, TaskDeadline } from '#persistence';

export interface FollowedWorld {
  readonly set: Pick<ConfigurationSet, 'readModel' | 'calendar'>;
  readonly context: EvaluationContext;
  /** The set by whose publication deadlines move. */
  readonly setId: number;
  /** Epoch ms; says when something moved, and decides nothing. */
  readonly now: number;
}

/** What changes in the deadlines of an instance, from what is stored to what its facts give now. Pure. */
export function followDeadlines(
  instance: FollowedInstance,
  world: FollowedWorld,
): DeadlineChanges & { readonly fault?: string } {
  const { set, context } = world;
  const entries = set.readModel.deadlines.filter(({ declaration }) => declaration.of.process === instance.processId);
  const computed = entries.map((entry) => ({
    entry,
    ...computeDeadlines(entry, instance, { context, calendar: set.calendar }),
  }));
  const stored = new Map(instance.deadlines.map((row) => [row.id, row]));
  const next = computed.flatMap(({ entry, results }) =>
    results.flatMap((result) => nextRow(instance, { entry, result, stored, world }) ?? []),
  );
  const present = new Set(next.map(({ row }) => row.id));
  const gone = instance.deadlines.filter(({ id, state }) => state !== 'CLOSED' && !present.has(id)).map(closedRow);
  const fault = computed.find((one) => one.fault !== undefined)?.fault;
  return {
    opened: next.filter(({ row }) => !stored.has(row.id)).map(({ row }) => row),
    changed: [...next.map(({ row }) => row), ...gone].filter((row) => differs(row, stored.get(row.id))),
    moves: next.flatMap(({ move }) => move ?? []),
    tasks: next.flatMap(({ row }) => shownOf(row, instance)),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** With the due date that followed from them, also where it was not taken. */
type StoredInputs = DeadlineInputs & { readonly due: number | null };

interface Computed {
  readonly entry: DeadlineEntry;
  readonly result: ComputedDeadline;
  readonly stored: ReadonlyMap<string, StoredDeadline>;
  readonly world: FollowedWorld;
}

interface NextRow {
  readonly row: StoredDeadline;
  readonly move?: DeadlineMove;
}

/** A deadline that was never seen open leaves nothing behind, and one that is closed stays as it was. */
function nextRow(instance: FollowedInstance, { entry, result, stored, world }: Computed): NextRow | undefined {
  const id = deadlineKey(result.deadlineId, instance.key, result.item);
  const before = stored.get(id);
  if (result.closed) {
    if (!before) return undefined;
    return { row: before.state === 'CLOSED' ? before : { ...closedRow(before), closedAt: result.closed.at } };
  }
  const isKept = before !== undefined && keepsItsDate(entry, instance, before, result);
  const dueAt = isKept ? before.dueAt : (result.moments?.dueAt ?? null);
  const moments = dueAt === null ? undefined : momentsOf(entry, result.inputs, dueAt, world.set.calendar);
  const marks = moments?.marks ?? [];
  const inputs: StoredInputs = { ...result.inputs, due: result.moments?.dueAt ?? null };
  const row: StoredDeadline = {
    id,
    deadlineId: result.deadlineId,
    processInstanceKey: instance.key,
    item: result.item,
    userTaskKey: result.userTaskKey,
    caseKey: instance.caseKey,
    unit: result.unit,
    state: moments ? 'OPEN' : 'PAUSED',
    fromAt: result.inputs.from,
    dueAt,
    nearAt: moments?.nearAt ?? null,
    urgentAt: moments?.urgentAt ?? null,
    closedAt: null,
    inputs: JSON.stringify(inputs),
    marks: JSON.stringify(marks),
    performed: before?.performed ?? '[]',
    fault: before?.fault ?? null,
    ...nextMark(marks, before?.performed ?? '[]'),
  };
  const move = before && movedBy(instance, { entry, before, row, isKept, world });
  return { row, ...(move ? { move } : {}) };
}

/** The earliest mark that was not performed. */
export function nextMark(marks: readonly MarkMoment[], performed: string): Pick<StoredDeadline, 'nextMark' | 'nextAt'> {
  const done = JSON.parse(performed) as readonly string[];
  const next = marks.find(({ mark }) => !done.includes(mark));
  return { nextMark: next?.mark ?? null, nextAt: next?.at ?? null };
}

const closedRow = (row: StoredDeadline): StoredDeadline => ({ ...row, state: 'CLOSED', nextMark: null, nextAt: null });

/**
 * What is statutory moves later by its facts alone: another beginning, other pauses, or another period that a step of the
 * instance brought.
 */
function keepsItsDate(
  { declaration }: DeadlineEntry,
  instance: FollowedInstance,
  before: StoredDeadline,
  { inputs, moments }: ComputedDeadline,
): boolean {
  if (declaration.statutory !== true || before.dueAt === null || !moments || moments.dueAt <= before.dueAt)
    return false;
  const was = JSON.parse(before.inputs) as StoredInputs;
  const hasOtherFacts = was.from !== inputs.from || JSON.stringify(was.pauses) !== JSON.stringify(inputs.pauses);
  const isStepped = instance.position?.revision !== instance.revision;
  return !hasOtherFacts && !(isStepped && was.term !== inputs.term);
}

interface Moving {
  readonly entry: DeadlineEntry;
  readonly before: StoredDeadline;
  readonly row: StoredDeadline;
  readonly isKept: boolean;
  readonly world: FollowedWorld;
}

/** A move by the configuration alone; what a step moves is told by the step. */
function movedBy(
  { position, revision, processId, key }: FollowedInstance,
  { entry, before, row, isKept, world }: Moving,
): DeadlineMove | undefined {
  const isPublished = position?.declarations !== world.set.readModel.hashes.get(processId);
  if (!isPublished || position?.revision !== revision || before.state === 'CLOSED') return undefined;
  const [was, is] = [before, row].map(({ inputs }) => (JSON.parse(inputs) as StoredInputs).due);
  if (isKept ? was === is : before.dueAt === row.dueAt) return undefined;
  const { title } = entry.declaration;
  return {
    setId: world.setId,
    id: row.id,
    title,
    processInstanceKey: key,
    movedAt: world.now,
    fromDue: before.dueAt,
    toDue: row.dueAt,
    isKept,
  };
}

/** An open task shows the deadline that is declared for it. */
function shownOf(row: StoredDeadline, { tasks }: FollowedInstance): readonly TaskDeadline[] {
  const task = tasks.find(({ userTaskKey, isOpen }) => isOpen && userTaskKey === row.userTaskKey);
  if (!task || row.state === 'CLOSED') return [];
  const { dueAt, nearAt, urgentAt } = row;
  if (task.dueAt === dueAt && task.nearAt === nearAt && task.urgentAt === urgentAt) return [];
  return [{ userTaskKey: task.userTaskKey, dueAt, nearAt, urgentAt }];
}

const differs = (row: StoredDeadline, before: StoredDeadline | undefined): boolean =>
  before !== undefined && JSON.stringify(comparable(row)) !== JSON.stringify(comparable(before));

const comparable = ({ id: _id, performed: _performed, fault: _fault, ...rest }: StoredDeadline) =>
  Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1));
