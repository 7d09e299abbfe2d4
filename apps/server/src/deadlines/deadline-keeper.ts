import { actOfMark, subjectOf, type ConfigurationSet, type DeadlineEntry, type MarkAct } from '#configuration';
import type { Variables } from '#engine';
import type { EvaluationContext } from '#feel';
import type { ClaimedMark, DeadlineStore, FollowedInstance, LedgerStore } from '#persistence';
import type { Outcome, RowWrite, Runtime } from '#runtime';
import type { Told } from '../notices/notice-rows.js';
import { nextMark } from './follow-deadlines.js';

export interface DeadlineKeeperParts {
  readonly deadlines: DeadlineStore;
  readonly ledgers: Pick<LedgerStore, 'instances'>;
  readonly runtime: Pick<Runtime, 'createInstance' | 'publishMessage' | 'write' | 'now' | 'evaluationContext'>;
  /** The writes of notices, in the application and wherever else they go. */
  readonly notices: (told: readonly Told[]) => Promise<readonly RowWrite[]>;
  readonly current: () => Pick<ConfigurationSet, 'readModel' | 'calendar'>;
  readonly log: { error(fields: object, message: string): void };
}

/** Marks that are worked on at once: others wait behind them for the one writer. */
const BATCH = 50;
const NOTICE_LENGTH = 500;

/**
 * Performs the marks of deadlines: each once, in order, none after its deadline was closed (ADR 21). Any number of nodes
 * may keep them.
 */
export class DeadlineKeeper {
  private running: Promise<void> | undefined;
  private isAskedAgain = false;
  private isClosed = false;

  constructor(private readonly parts: DeadlineKeeperParts) {}

  /** Performs all that is due; calls that overlap run once more at the end. Never throws: what failed is tried again. */
  async keep(): Promise<void> {
    if (this.isClosed) return;
    this.isAskedAgain = this.running !== undefined;
    this.running ??= this.run().finally(() => (this.running = undefined));
    await this.running;
  }

  /** Ends after the marks under way. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      this.isAskedAgain = false;
      try {
        while (!this.isClosed && (await this.batch()));
      } catch (cause) {
        this.parts.log.error({ err: cause }, 'deadlines could not be kept; what is due is tried again');
        return;
      }
    } while (this.isAskedAgain && !this.isClosed);
  }

  /** Whether something was performed, so that more may be due. */
  private async batch(): Promise<boolean> {
    const { deadlines, ledgers, runtime } = this.parts;
    const next = await deadlines.nextMarkAt();
    if (next === undefined || next > runtime.now()) return false;
    const marks = await deadlines.claim(runtime.now(), BATCH);
    if (marks.length === 0) return false;
    const keys = [...new Set(marks.map(({ deadline }) => deadline.processInstanceKey))];
    const instances = new Map((await ledgers.instances(keys)).map((instance) => [instance.key, instance]));
    const candidates = await deadlines.candidates(marks.flatMap(({ deadline }) => deadline.userTaskKey ?? []));
    const arePerformed = await Promise.all(
      marks.map((mark) => {
        const instance = instances.get(mark.deadline.processInstanceKey);
        return instance ? this.perform(mark, instance, candidates) : false;
      }),
    );
    await deadlines.release(marks.filter((_, index) => !arePerformed[index]));
    return arePerformed.includes(true);
  }

  private async perform(
    mark: ClaimedMark,
    instance: FollowedInstance,
    candidates: ReadonlyMap<string, readonly string[]>,
  ): Promise<boolean> {
    try {
      const act = this.actOf(mark, instance, candidates);
      if (act === undefined || 'fault' in act) return await this.passOver(mark, act?.fault ?? null);
      const outcome = await this.act(act, mark, instance);
      if (outcome.ok) return true;
      if (outcome.rejection.code === 'conflict' || outcome.rejection.code === 'overloaded') return false;
      return await this.passOver(mark, outcome.rejection.message);
    } catch (cause) {
      this.parts.log.error({ err: cause, deadlineId: mark.deadline.id }, 'mark of a deadline could not be performed');
      return false;
    }
  }

  private actOf(
    { deadline }: ClaimedMark,
    instance: FollowedInstance,
    candidates: ReadonlyMap<string, readonly string[]>,
  ) {
    const entry = this.entryOf(deadline.deadlineId, instance);
    if (!entry) return undefined;
    const context: EvaluationContext = this.parts.runtime.evaluationContext();
    const { calendar } = this.parts.current();
    const { task, item } = subjectOf(entry, instance, deadline.item, { context, calendar }) ?? {};
    const around = {
      mark: {
        title: entry.declaration.title,
        at: deadline.nextMark,
        fromAt: deadline.fromAt,
        dueAt: deadline.dueAt ?? deadline.nextAt,
      },
      ...(item !== undefined && { item }),
      ...(task && { task: { ...task, candidates: candidates.get(task.userTaskKey) ?? [] } }),
    };
    return actOfMark(entry, instance, around, context);
  }

  private entryOf(deadlineId: string, { processId }: FollowedInstance): DeadlineEntry | undefined {
    return this.parts
      .current()
      .readModel.deadlines.find(({ declaration: { id, of } }) => id === deadlineId && of.process === processId);
  }

  /** The act and the move of the row commit together. */
  private async act(act: MarkAct, mark: ClaimedMark, instance: FollowedInstance): Promise<Outcome<unknown>> {
    const { runtime } = this.parts;
    const { caseKey, caseNo, drill } = instance;
    const moved = this.moved(mark, null);
    const joined = { ...(caseKey !== null && { caseKey }), ...(caseNo !== null && { caseNo }) };
    if (act.kind === 'notify') {
      const told = { recipients: act.to, text: act.text.slice(0, NOTICE_LENGTH), processInstanceKey: instance.key };
      return runtime.write([moved, ...(await this.parts.notices([told]))]);
    }
    const variables = act.variables as Variables;
    if (act.kind === 'message') {
      const { name, correlationKey } = act;
      return runtime.publishMessage({ name, correlationKey, variables, ...joined, writes: [moved] });
    }
    return runtime.createInstance({
      bpmnProcessId: act.processId,
      variables,
      drill,
      ...joined,
      writes: () => [moved],
    });
  }

  /** Nothing is done at this mark, and why is kept for those who look. */
  private async passOver(mark: ClaimedMark, fault: string | null): Promise<boolean> {
    if (fault !== null)
      this.parts.log.error({ deadlineId: mark.deadline.deadlineId, fault }, 'mark of a deadline has no act');
    return (await this.parts.runtime.write([this.moved(mark, fault)])).ok;
  }

  private moved(mark: ClaimedMark, fault: string | null): RowWrite {
    const { deadline } = mark;
    const performed = JSON.stringify([...(JSON.parse(deadline.performed) as readonly string[]), deadline.nextMark]);
    const marks = JSON.parse(deadline.marks) as Parameters<typeof nextMark>[0];
    return this.parts.deadlines.performed(mark, {
      performed,
      ...nextMark(marks, performed),
      fault: fault ?? deadline.fault,
    });
  }
}
