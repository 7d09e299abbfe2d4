import type { Variables } from '#engine';
import type { EvaluationContext } from '#feel';
import type { Instances } from './instances.js';
import type { Given, Outcome, RowOperation, RowWrite, RuntimeStore } from './ports.js';
import type { DeploymentSet, RuntimeLog } from './runtime.js';

/** What starts a process again and again, beside its own start events. */
export interface ScheduleDefinition {
  readonly id: string;
  /** Changes with the rule: the next time is then counted anew. */
  readonly digest: string;
  readonly bpmnProcessId: string;
  /** The first time after an instant, both in epoch ms; undefined where there is none any more. */
  next(after: number): number | undefined;
  /** What an instance begins with; undefined where none is wanted this time. Throws where that cannot be told. */
  variables(scheduledFor: number, context: EvaluationContext): Variables | undefined;
}

/** Where a schedule stands. Times are epoch ms. */
export interface ScheduleRecord {
  readonly id: string;
  readonly digest: string;
  /** null: never again. */
  readonly dueAt: number | null;
  /** When it last was due and was worked off. */
  readonly lastAt: number | null;
}

export interface SchedulesOptions {
  readonly store: RuntimeStore;
  readonly instances: Pick<Instances, 'create'>;
  readonly definitions: () => readonly ScheduleDefinition[];
  readonly evaluation: () => EvaluationContext;
  readonly wallClock: () => number;
  readonly log: RuntimeLog;
}

/** A schedule that could not be followed is left alone so long. */
const PENALTY_MS = 30_000;

/**
 * Starts what is due, once for all times that were missed. The row moves on in the transaction that creates the instance, and
 * only from where it was read: of several nodes one starts it.
 */
export class Schedules {
  private readonly penalties = new Map<string, number>();

  constructor(private readonly options: SchedulesOptions) {}

  async poll(): Promise<void> {
    for (const { definition, record } of await this.due()) await this.follow(definition, record);
  }

  /** Counts every rule from the engine's time: for a clock that was set back after they were published. */
  recount(): Promise<Outcome<null>> {
    const { now } = this.options.evaluation();
    const writes = this.options.definitions().map(({ id, digest, next }): RowWrite => ({
      sql: 'UPDATE schedules SET due_at = ? WHERE id = ? AND digest = ?',
      params: [next(now) ?? null, id, digest],
    }));
    return this.options.store.commit({ decide: () => ({ ok: true, reply: null, changes: { writes } }) });
  }

  async isDue(): Promise<boolean> {
    return (await this.due()).length > 0;
  }

  /** Those whose rule this node knows as it was published; another node, or this one a little later, follows the others. */
  private async due() {
    const definitions = this.options.definitions();
    if (definitions.length === 0) return [];
    const byId = new Map(definitions.map((one) => [one.id, one]));
    const records = await this.options.store.reads.dueSchedules(this.options.evaluation().now);
    return records.flatMap((record) => {
      const definition = byId.get(record.id);
      const isKnown = definition?.digest === record.digest && record.dueAt !== null;
      return isKnown && !this.isPenalized(record.id) ? [{ definition, record }] : [];
    });
  }

  private async follow(definition: ScheduleDefinition, record: ScheduleRecord): Promise<void> {
    const { evaluation, instances, store, log } = this.options;
    const scheduledFor = Number(record.dueAt);
    try {
      const context = evaluation();
      const variables = definition.variables(scheduledFor, context);
      const moved = moveOn(record, definition.next(Math.max(scheduledFor, context.now)));
      const outcome = variables
        ? await instances.create({ bpmnProcessId: definition.bpmnProcessId, variables }, { extraWrites: [moved] })
        : await store.commit({ decide: () => ({ ok: true, reply: null, changes: { writes: [moved] } }) });
      if (outcome.ok || outcome.rejection.code === 'conflict') return;
      log.error({ scheduleId: record.id, reason: outcome.rejection.message }, 'schedule could not be followed');
    } catch (cause) {
      log.error({ err: cause, scheduleId: record.id }, 'schedule could not be followed');
    }
    this.penalties.set(record.id, this.options.wallClock() + PENALTY_MS);
  }

  private isPenalized(id: string): boolean {
    const until = this.penalties.get(id);
    if (until === undefined) return false;
    if (until > this.options.wallClock()) return true;
    this.penalties.delete(id);
    return false;
  }
}

function moveOn({ id, digest, dueAt }: ScheduleRecord, next: number | undefined): RowWrite {
  return {
    sql: 'UPDATE schedules SET due_at = ?, last_at = ? WHERE id = ? AND digest = ? AND due_at = ?',
    params: [next ?? null, dueAt, id, digest, dueAt],
    expectRows: 1,
  };
}

/** Schedules belong to the folder, as its processes do. */
export async function movedSchedules(
  { source, schedules = [] }: DeploymentSet,
  { now }: EvaluationContext,
  given: Given,
): Promise<readonly RowOperation[]> {
  if (source !== 'folder') return [];
  const known = await given.query('SELECT id, digest FROM schedules', []);
  const records = known.map(({ id, digest }) => ({ id: String(id), digest: String(digest) }));
  return scheduleRows(schedules, records, now);
}

/** Rows of a publication: new and changed rules count from now, unchanged ones keep their time, others go. */
function scheduleRows(
  wanted: readonly ScheduleDefinition[],
  known: readonly Pick<ScheduleRecord, 'id' | 'digest'>[],
  now: number,
): readonly RowOperation[] {
  const before = new Map(known.map((record) => [record.id, record]));
  const present = new Set(wanted.map(({ id }) => id));
  const gone = known.filter(({ id }) => !present.has(id));
  return [
    ...gone.map(({ id }): RowOperation => ({ delete: 'schedules', key: { id } })),
    ...wanted.flatMap(({ id, digest, next }): readonly RowOperation[] => {
      const record = before.get(id);
      const due = { digest, due_at: next(now) ?? null };
      if (!record) return [{ insert: 'schedules', row: { id, ...due, last_at: null } }];
      return record.digest === digest ? [] : [{ update: 'schedules', key: { id }, set: due }];
    }),
  ];
}
