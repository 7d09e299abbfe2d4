import type { Key, Variables } from '#engine';
import { carrying, cascadeOf, type Cascade } from './cascades.js';
import { AT_GATEWAY } from './gateway-starts.js';
import { allExist, type HiddenCases } from './hidden-cases.js';
import { keptMessages } from './kept-messages.js';
import { hitsOf, subscriptionHits } from './message-hits.js';
import { startHits, type HitOptions } from './message-starts.js';
import type { Decision, Given, InboxRow, Outcome, RowOperation, RowWrite, RuntimeStore, Unit } from './ports.js';
import { inboxRow } from './projections/inbox.js';
import type { InboxEntry } from './projections/inbox.js';
import {
  correlationRow,
  isKept,
  isTrue,
  keyOf,
  meetingPlace,
  messageRow,
  subscriptionHit,
  toMessage,
} from './message-rows.js';
import type { Hit, Message, Published } from './message-rows.js';
import type { MessageRequest } from './runtime.js';

/** Kept messages that one subscription meets in one transaction. */
const KEPT_AT_ONCE = 100;

interface PublishOptions {
  readonly mustMeet?: boolean;
  readonly messageKey?: Key;
  readonly writes?: readonly RowWrite[];
  readonly cascade?: Cascade | undefined;
}

/** A hit whose target was gone. */
interface Late {
  readonly messageKey: Key;
  readonly subscriptionKey: Key;
  readonly bpmnProcessId: string;
  readonly cascade?: Cascade | undefined;
}

/** A kept message and whom it meets. */
interface Found {
  readonly message: Message;
  readonly hit: Hit;
}

/**
 * A message meets one subscription, else one start event, of each process, at most once
 * (unique key message + process); who is met gets an inbox row. Source: Camunda 8, "Messages, correlation uniqueness".
 */
export class Messages {
  constructor(
    private readonly store: RuntimeStore,
    private readonly now: () => number,
    private readonly hidden: HiddenCases = allExist,
  ) {}

  async publish(request: MessageRequest, options: PublishOptions = {}): Promise<Outcome<Published>> {
    await this.store.reserveKeys();
    const key = options.messageKey ?? this.store.nextKey();
    const unit: Unit<Published> = {
      kind: 'publishMessage',
      ...(request.idempotencyKey === undefined
        ? {}
        : { idempotency: { key: request.idempotencyKey, account: request.by ?? '' } }),
      locks: [meetingPlace(request.name, request.correlationKey)],
      decide: (given) =>
        this.decidePublish(
          given,
          { ...request, key },
          { ...options, writes: [...(request.writes ?? []), ...(options.writes ?? [])] },
        ),
    };
    return this.store.commit(unit);
  }

  /** A new subscription meets messages that were kept; where there are many, the rest by a row of its own. */
  async matchSubscription(inbox: InboxRow, writes: readonly RowWrite[]): Promise<Outcome<readonly Key[]>> {
    const { key: source, target, payload } = inbox;
    const again: InboxEntry = { kind: 'matchMessages', target, targetInstanceKey: null, payload };
    const others = async (_: Given, found: readonly Found[]) =>
      found.length === KEPT_AT_ONCE ? [this.inboxRow(again, source)] : [];
    return this.commitHits(payload, { writes, others }, async (given) => {
      const [subscription] = await given.query('SELECT * FROM message_subscriptions WHERE "key" = ?', [target]);
      if (!subscription) return [];
      const limit = isTrue(subscription.is_interrupting) ? 1 : KEPT_AT_ONCE;
      const place = {
        name: String(subscription.message_name),
        correlationKey: String(subscription.correlation_key),
        bpmnProcessId: String(subscription.bpmn_process_id),
        instanceKey: String(subscription.process_instance_key),
      };
      const kept = await keptMessages(given, { ...place, limit }, this.now());
      return kept.map((message) => ({ message, hit: subscriptionHit(subscription, message) }));
    });
  }

  /** When an instance that a message started has ended, the next kept message of its key starts one. */
  async matchStart(inbox: InboxRow, writes: readonly RowWrite[]): Promise<Outcome<readonly Key[]>> {
    const { payload } = inbox;
    const others = (given: Given) => this.matchesOfSet(given, inbox);
    return this.commitHits(payload, { writes, others }, async (given) => {
      const place = {
        name: String(payload.messageName),
        correlationKey: String(payload.correlationKey),
        bpmnProcessId: String(payload.bpmnProcessId),
      };
      const [message] = await keptMessages(given, { ...place, limit: 1 }, this.now());
      const starts = message ? await startHits(given, message, await this.hitting(message)) : [];
      return starts
        .filter(({ bpmnProcessId }) => bpmnProcessId === place.bpmnProcessId)
        .map((hit) => ({ message: message!, hit }));
    });
  }

  /** The other messages of the set that started it: their keys are free too, each is matched at its own meeting place. */
  private async matchesOfSet(given: Given, inbox: InboxRow): Promise<readonly RowOperation[]> {
    const { messageName, correlationKey, bpmnProcessId, isOfSet: isOne, cascade } = inbox.payload;
    if (isOne === true) return [];
    const others = await given.query(
      `SELECT DISTINCT o.name FROM start_subscriptions s JOIN start_subscriptions o
       ON o.process_definition_key = s.process_definition_key AND o.name <> s.name
       AND (o.element_id = s.element_id OR (o.event_index = ${AT_GATEWAY} AND s.event_index = ${AT_GATEWAY}))
       WHERE s.bpmn_process_id = ? AND s.name = ? AND s.kind = 'message' AND s.event_index IS NOT NULL AND o.kind = 'message'`,
      [bpmnProcessId, messageName],
    );
    return others.map(({ name }) => {
      const payload = { messageName: name, correlationKey, bpmnProcessId, isOfSet: true, cascade };
      const target = `${String(bpmnProcessId)} ${String(name)}`;
      return this.inboxRow({ kind: 'matchStartMessages', target, targetInstanceKey: null, payload }, inbox.key);
    });
  }

  /**
   * A hit that came too late: the message meets the next subscription of the process, else starts an instance where its key
   * is free, or waits. Whoever missed it may have ended meanwhile, and what it left was looked for before this was known.
   */
  async release(late: Late, writes: readonly RowWrite[]): Promise<Outcome<readonly Key[]>> {
    const pair = { message_key: late.messageKey, bpmn_process_id: late.bpmnProcessId };
    await this.store.reserveKeys();
    const locks = await this.meetingPlaceOf(late.messageKey);
    return this.store.commit({
      locks,
      decide: async (given) => {
        const [stored] = await given.query('SELECT * FROM messages WHERE "key" = ? AND expires_at > ?', [
          late.messageKey,
          this.now(),
        ]);
        const message = stored && toMessage(stored);
        const hits = message ? await subscriptionHits(given, message) : [];
        const next = hits.find(
          (hit) => hit.bpmnProcessId === late.bpmnProcessId && hit.entry.target !== late.subscriptionKey,
        );
        const entry = next?.entry ?? (message && startAgain(message, late.bpmnProcessId));
        const inbox = entry ? [this.inboxRow(carrying(entry, late.cascade), late.messageKey)] : [];
        const rows = next ? inbox : [{ delete: 'message_correlations', key: pair } as const, ...inbox];
        return { ok: true, reply: inbox.map(keyOf), changes: { rows, writes } };
      },
    });
  }

  private async meetingPlaceOf(messageKey: Key): Promise<readonly string[]> {
    const outcome = await this.store.commit({
      decide: async (given) => {
        const reply = await given.query('SELECT name, correlation_key FROM messages WHERE "key" = ?', [messageKey]);
        return { ok: true, reply, changes: {} };
      },
    });
    const rows = outcome.ok ? outcome.reply : [];
    return rows.map((row) => meetingPlace(String(row.name), String(row.correlation_key)));
  }

  private async decidePublish(
    given: Given,
    request: MessageRequest & { readonly key: Key },
    { writes, mustMeet, cascade }: PublishOptions,
  ): Promise<Decision<Published>> {
    const now = this.now();
    const message: Message = {
      key: request.key,
      name: request.name,
      correlationKey: request.correlationKey,
      variables: request.variables,
      caseKey: request.caseKey ?? null,
      caseNo: request.caseNo ?? null,
      visibleTo: request.visibleTo ?? null,
    };
    if (request.messageId !== undefined && (await isKept(given, request, now))) {
      return {
        ok: false,
        rejection: {
          code: 'alreadyExists',
          message: `Expected message id ${request.messageId} to be new for ${request.name} and its correlation key but such a message is kept.`,
        },
      };
    }
    const hits = await hitsOf(given, message, await this.hitting(message));
    if (mustMeet && hits.length === 0) {
      return {
        ok: false,
        rejection: {
          code: 'notFound',
          message: `Expected a subscription for the message ${request.name} with correlation key ${JSON.stringify(request.correlationKey)} but there is none.`,
        },
      };
    }
    const isKeptOn = (request.timeToLiveMs ?? 0) > 0;
    const inbox = hits.map((hit) => this.inboxRow(carrying(hit.entry, cascade), message.key));
    const rows = [
      ...(isKeptOn ? [messageRow(request, message, now)] : []),
      ...inbox,
      ...hits.flatMap(({ holds }) => holds ?? []),
      ...(isKeptOn ? hits.map((hit) => correlationRow(message.key, hit)) : []),
    ];
    return {
      ok: true,
      reply: {
        messageKey: message.key,
        processInstanceKey: hits[0]?.processInstanceKey ?? null,
        inboxKeys: inbox.map(keyOf),
      },
      changes: { rows, ...(writes ? { writes } : {}) },
    };
  }

  private async commitHits(
    { messageName, correlationKey, ...payload }: Variables,
    also: {
      readonly writes: readonly RowWrite[];
      readonly others?: (given: Given, found: readonly Found[]) => Promise<readonly RowOperation[]>;
    },
    find: (given: Given) => Promise<readonly Found[]>,
  ): Promise<Outcome<readonly Key[]>> {
    await this.store.reserveKeys();
    const cascade = cascadeOf(payload);
    return this.store.commit({
      locks: [meetingPlace(String(messageName), String(correlationKey))],
      decide: async (given) => {
        const found = await find(given);
        const others = (await also.others?.(given, found)) ?? [];
        const carried = found.map(({ hit, message }) => this.inboxRow(carrying(hit.entry, cascade), message.key));
        const inbox = [...carried, ...others];
        const pairs = found.flatMap(({ hit, message }) => [
          correlationRow(message.key, hit),
          ...(hit.holds ? [hit.holds] : []),
        ]);
        return { ok: true, reply: inbox.map(keyOf), changes: { rows: [...inbox, ...pairs], writes: also.writes } };
      },
    });
  }

  private async hitting({ visibleTo }: Message): Promise<HitOptions> {
    return { hidden: await this.hidden(visibleTo), nextKey: () => this.store.nextKey() };
  }

  private inboxRow(entry: InboxEntry, source: Key): RowOperation {
    return inboxRow(entry, { instance: source, position: 0 }, this.store.nextKey(), this.now());
  }
}

/** Kept messages of that key are looked at anew, the oldest first. */
const startAgain = ({ name, correlationKey }: Message, bpmnProcessId: string): InboxEntry => ({
  kind: 'matchStartMessages',
  // Not the process alone: that is the target of the start that this row may cause, of the same message.
  target: `${bpmnProcessId} ${name}`,
  targetInstanceKey: null,
  payload: { messageName: name, correlationKey, bpmnProcessId, isOfSet: true },
});
