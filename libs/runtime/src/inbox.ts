import type { Command, Key, Variables } from '#engine';
import { Calls } from './calls.js';
import { cascadeOf, type Cascades } from './cascades.js';
import type { Instances } from './instances.js';
import type { Messages } from './messages.js';
import type { Claimed, CommittedUnit, InboxRow, Outcome, RowWrite, RuntimeStore } from './ports.js';
import type { InboxKind } from './projections/inbox.js';
import { isTransient } from './rejections.js';
import type { Releases } from './releases.js';
import type { RuntimeLog } from './runtime.js';
import type { Signals } from './signals.js';
import type { StartSets } from './start-sets.js';

export interface InboxOptions {
  readonly store: RuntimeStore;
  readonly instances: Instances;
  readonly messages: Messages;
  readonly signals: Signals;
  readonly startSets: StartSets;
  readonly releases: Releases;
  readonly cascades: Cascades;
  readonly log: RuntimeLog;
}

type Payload = Variables & { readonly [name: string]: unknown };
const PAGE = 500;
const RETRY_DELAY_MS = 1_000;
const MAX_ATTEMPTS = 10;
/** A row that lost against another command, or that failed too often, is given back after so long. */
const CONFLICT_MS = 200;
const PENALTY_MS = 30_000;

/**
 * Works off what one instance causes in another (ADR 13). A row is deleted in the transaction of its effect, where it is
 * still claimed by this node, so each takes effect exactly once. Rows for one instance run in order.
 */
export class Inbox {
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly waiting = new Map<Key, { readonly claim: number; readonly work: Promise<void> }>();
  private readonly calls: Calls;
  private works = false;

  constructor(private readonly options: InboxOptions) {
    this.calls = new Calls(options);
  }

  get isOpen(): boolean {
    return this.works;
  }

  open(): void {
    this.works = true;
  }

  /** Takes up rows that were just committed and claimed with their commit. */
  take(units: readonly CommittedUnit[]): void {
    for (const unit of units) {
      for (const operation of unit.rows)
        if ('insert' in operation && operation.insert === 'inbox' && typeof operation.row.claimed_by === 'number')
          this.enqueue({ ...fromOperation(operation.row), claim: operation.row.claimed_by });
    }
  }

  /** Takes up what nobody works on: left by a crash, by a node that is gone, or made by one that does not work. */
  async takeLeftovers(): Promise<void> {
    while (this.works) {
      const rows = await this.options.store.claims.inbox(PAGE);
      rows.forEach((row) => this.enqueue(row));
      if (rows.length < PAGE) return;
    }
  }

  /** Resolves when these rows have taken effect or were given up. */
  async settled(keys: readonly Key[]): Promise<void> {
    await Promise.all(keys.map((key) => this.waiting.get(key)?.work));
  }

  get size(): number {
    return this.waiting.size;
  }

  /** Ends taking up rows and waits for those under way. */
  async close(): Promise<void> {
    this.works = false;
    await Promise.all(this.lanes.values());
  }

  /** A row that was claimed anew, in a later epoch, comes after the attempt of the earlier one, which cannot succeed. */
  private enqueue(row: Claimed<InboxRow>): void {
    if (!this.works || this.waiting.get(row.key)?.claim === row.claim) return;
    const lane = row.targetInstanceKey ?? row.key;
    const work = (this.lanes.get(lane) ?? Promise.resolve()).then(() => this.work(row, 1));
    const entry = { claim: row.claim, work };
    this.lanes.set(lane, work);
    this.waiting.set(row.key, entry);
    void work.finally(() => {
      if (this.waiting.get(row.key) === entry) this.waiting.delete(row.key);
      if (this.lanes.get(lane) === work) this.lanes.delete(lane);
    });
  }

  private async work(row: Claimed<InboxRow>, attempt: number): Promise<void> {
    const done: RowWrite = {
      sql: 'DELETE FROM inbox WHERE "key" = ? AND claimed_by = ?',
      params: [row.key, row.claim],
      expectRows: 1,
    };
    try {
      const outcome = await this.handlers[row.kind as InboxKind](row, row.payload as Payload, done);
      const isSettled = outcome.ok || isTransient(outcome.rejection.code);
      const end = isSettled ? outcome : await this.giveUp(row, done, outcome.rejection.message);
      if (end.ok) return;
      if (end.rejection.code === 'conflict') return this.release(row, CONFLICT_MS);
    } catch (cause) {
      this.options.log.error({ err: cause, inboxKey: row.key, kind: row.kind, attempt }, 'inbox row failed');
    }
    if (attempt >= MAX_ATTEMPTS || !this.works) return this.release(row, PENALTY_MS);
    await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * attempt).unref());
    await this.work(row, attempt + 1);
  }

  private release({ key, claim }: Claimed<InboxRow>, afterMs: number): void {
    this.options.releases.add({ table: 'inbox', key, claim }, afterMs);
  }

  /** The target is gone or no longer waits: nothing is left to do. A message that came too late is set free. */
  private giveUp(row: InboxRow, done: RowWrite, message: string): Promise<Outcome<unknown>> {
    this.options.log.info({ inboxKey: row.key, kind: row.kind, message }, 'inbox row had no effect');
    const { messageKey, subscriptionKey, bpmnProcessId } = row.payload;
    const late = {
      messageKey: String(messageKey),
      subscriptionKey: String(subscriptionKey),
      bpmnProcessId: String(bpmnProcessId),
      cascade: cascadeOf(row.payload),
    };
    if (row.kind === 'correlateMessage') return this.options.messages.release(late, [done]);
    return this.options.store.commit({
      decide: () => ({ ok: true, reply: null, changes: { writes: [done, ...notStarted(row)] } }),
    });
  }

  private readonly handlers: Readonly<
    Record<InboxKind, (row: InboxRow, payload: Payload, done: RowWrite) => Promise<Outcome<unknown>>>
  > = {
    callProcess: (row, payload, done) => this.calls.start(row, payload, done),
    cancelCalledProcess: (row, _, done) =>
      this.onTarget(row, { type: 'cancelProcessInstance', reason: 'canceled by the calling process' }, done),
    calledProcessCompleted: (row, payload, done) =>
      this.onTarget(
        row,
        {
          type: 'completeCalledProcess',
          elementInstanceKey: String(payload.elementInstanceKey),
          variables: payload.variables as Variables,
        },
        done,
      ),
    calledProcessFailed: (row, payload, done) =>
      this.onTarget(
        row,
        {
          type: 'failCalledProcess',
          elementInstanceKey: String(payload.elementInstanceKey),
          errorMessage: String(payload.errorMessage),
        },
        done,
      ),
    calledProcessError: (row, payload, done) => this.onTarget(row, calledError(payload), done),
    calledProcessEscalation: (row, payload, done) =>
      this.onTarget(
        row,
        {
          type: 'throwCalledProcessEscalation',
          elementInstanceKey: String(payload.elementInstanceKey),
          escalationCode: String(payload.escalationCode),
          variables: payload.variables as Variables,
        },
        done,
      ),
    publishMessage: (row, payload, done) =>
      this.options.messages.publish(messageOf(payload), {
        messageKey: row.target,
        writes: [done],
        cascade: cascadeOf(payload),
      }),
    matchMessages: (row, _, done) => this.options.messages.matchSubscription(row, [done]),
    matchStartMessages: (row, _, done) => this.options.messages.matchStart(row, [done]),
    correlateMessage: (row, payload, done) =>
      this.onTarget(
        row,
        {
          type: 'correlateMessage',
          subscriptionKey: String(payload.subscriptionKey),
          messageKey: String(payload.messageKey),
          variables: payload.variables as Variables,
        },
        done,
      ),
    broadcastSignal: (row, payload, done) =>
      this.options.signals.broadcast(
        { name: String(payload.signalName), variables: payload.variables as Variables },
        { signalKey: row.target, writes: [done], cascade: cascadeOf(payload), ...caseOf(payload) },
      ),
    receiveSignal: (row, payload, done) =>
      this.onTarget(
        row,
        {
          type: 'receiveSignal',
          subscriptionKey: String(payload.subscriptionKey),
          variables: payload.variables as Variables,
        },
        done,
      ),
    startProcess: (row, payload, done) => this.startProcess(row, payload, done),
    gatherStart: (row, _, done) => this.options.startSets.gather(row, done),
    continueProcessInstance: (row, _, done) => this.onTarget(row, { type: 'continueProcessInstance' }, done),
  };

  private onTarget(row: InboxRow, command: Command, done: RowWrite): Promise<Outcome<unknown>> {
    const cascade = cascadeOf(row.payload);
    return this.options.instances.execute({ instanceKey: row.targetInstanceKey!, command, writes: [done], cascade });
  }

  private startProcess(row: InboxRow, payload: Payload, done: RowWrite): Promise<Outcome<unknown>> {
    return this.options.instances.create(
      {
        processDefinitionKey: String(payload.processDefinitionKey),
        startElementId: String(payload.startElementId),
        variables: payload.variables as Variables,
        processInstanceKey: row.targetInstanceKey!,
        ...(typeof payload.by === 'string' ? { by: payload.by } : {}),
      },
      {
        inherited: caseOf(payload),
        extraWrites: [done],
        cascade: cascadeOf(payload),
        ...(typeof payload.messageName === 'string'
          ? { startMessageName: payload.messageName, startCorrelationKey: String(payload.correlationKey) }
          : {}),
      },
    );
  }
}

/** An instance that a message does not start leaves its correlation key free. */
const notStarted = ({ kind, targetInstanceKey }: InboxRow): readonly RowWrite[] =>
  kind === 'startProcess'
    ? [
        {
          sql: `DELETE FROM message_starts WHERE process_instance_key = ? AND NOT EXISTS
                (SELECT 1 FROM process_instances p WHERE p."key" = message_starts.process_instance_key)`,
          params: [targetInstanceKey],
        },
      ]
    : [];

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const caseOf = (payload: Payload) => ({ caseKey: textOrNull(payload.caseKey), caseNo: textOrNull(payload.caseNo) });

function calledError(payload: Payload): Command {
  return {
    type: 'throwCalledProcessError',
    elementInstanceKey: String(payload.elementInstanceKey),
    errorCode: String(payload.errorCode),
    ...(payload.errorMessage === undefined ? {} : { errorMessage: String(payload.errorMessage) }),
    variables: (payload.variables ?? {}) as Variables,
  };
}

function messageOf(payload: Payload) {
  const { caseKey, caseNo } = caseOf(payload);
  return {
    name: String(payload.messageName),
    correlationKey: String(payload.correlationKey),
    timeToLiveMs: Number(payload.timeToLiveMs),
    variables: payload.variables as Variables,
    ...(caseKey === null ? {} : { caseKey }),
    ...(caseNo === null ? {} : { caseNo }),
  };
}

function fromOperation(row: Readonly<Record<string, unknown>>): InboxRow {
  return {
    key: String(row.key),
    sourceInstance: String(row.source_instance),
    sourcePosition: Number(row.source_position),
    target: String(row.target),
    kind: String(row.kind),
    targetInstanceKey: row.target_instance_key === null ? null : String(row.target_instance_key),
    payload: JSON.parse(String(row.payload)) as Variables,
  };
}
