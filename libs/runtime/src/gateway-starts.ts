import { singleEventsOf, type BpmnElement, type ProcessDefinition } from '#bpmn';
import type { Key, Variables } from '#engine';
import { meetingPlace, messageRow, type Message } from './message-rows.js';
import { carrying, type Cascade } from './cascades.js';
import type { Decision, Given, Outcome, Row, RowOperation, RowWrite, RuntimeStore } from './ports.js';
import { inboxRow, type InboxEntry } from './projections/inbox.js';
import type { StartOccurrence } from './start-occurrence.js';

/** `event_index` of a start subscription for a message after a parallel instantiating event-based gateway. */
export const AT_GATEWAY = -1;

/** How long a message waits for the instance that another event of its gateway is about to begin. */
const GRACE_MS = 60 * 60_000;

/** Whether a start subscription belongs to such a gateway. */
export const isAtGateway = (row: Row): boolean => Number(row.event_index ?? 0) === AT_GATEWAY;

/** The parallel instantiating event-based gateway that the element follows. */
export function parallelGatewayBefore({ elements, flows }: ProcessDefinition, { incoming }: BpmnElement) {
  const gateways = incoming.flatMap((flow) => elements[flows[flow]?.source ?? 0] ?? []);
  return gateways.find(({ eventGateway }) => eventGateway?.isInstantiating && eventGateway.isParallel);
}

/** An instance that is to begin, and by which correlation key it is known; empty: by none. */
interface Beginning {
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly variables: Variables;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly correlationKey: string;
  readonly by?: string;
  readonly cascade?: Cascade;
}

interface World {
  readonly store: RuntimeStore;
  readonly now: () => number;
}

/** The instance begins by a row of its own, and holds the correlation key for all messages that start it together. */
export function beginRows(
  { bpmnProcessId, elementId, correlationKey, ...beginning }: Beginning,
  { names, source }: { readonly names: readonly string[]; readonly source: Key },
  { store, now }: World,
): readonly RowOperation[] {
  const held = correlationKey === '' ? [] : names;
  const instance = store.nextKey();
  const entry: InboxEntry = {
    kind: 'startProcess',
    target: instance,
    targetInstanceKey: instance,
    payload: {
      ...beginning,
      startElementId: elementId,
      ...(held[0] !== undefined && { messageName: held[0], correlationKey }),
    },
  };
  const holds = (name: string): RowOperation => ({
    upsert: 'message_starts',
    row: {
      message_name: name,
      correlation_key: correlationKey,
      bpmn_process_id: bpmnProcessId,
      process_instance_key: instance,
    },
  });
  return [inboxRow(entry, { instance: source, position: 0 }, store.nextKey(), now()), ...held.map(holds)];
}

interface Situation {
  readonly process: ProcessDefinition | undefined;
  readonly element: BpmnElement | undefined;
  readonly done: RowWrite;
  readonly source: Key;
}

/**
 * Messages of a parallel instantiating event-based gateway: the first of a correlation key begins the instance, the
 * others belong to it, also where they come before it has begun. Source: BPMN 2.0.2, 10.6.6 and 13.4.4.
 */
export class GatewayStarts {
  constructor(private readonly world: World) {}

  async begin(occurrence: StartOccurrence, situation: Situation): Promise<Outcome<unknown>> {
    const { process, element } = situation;
    const gateway = process && element ? parallelGatewayBefore(process, element) : undefined;
    const names = process && gateway ? messagesAfter(process, gateway) : [];
    const { messageName = '', correlationKey = '', bpmnProcessId } = occurrence;
    await this.world.store.reserveKeys();
    return this.world.store.commit({
      kind: 'gatherStart',
      locks: [`start set ${JSON.stringify([bpmnProcessId, gateway?.id])}`, meetingPlace(messageName, correlationKey)],
      decide: (given) => this.decide(given, occurrence, { ...situation, names }),
    });
  }

  private async decide(
    given: Given,
    occurrence: StartOccurrence,
    { names, done, source }: Situation & { readonly names: readonly string[] },
  ): Promise<Decision<unknown>> {
    const rows = (await isStillThere(given, occurrence))
      ? await this.rowsOf(given, occurrence, { names, source })
      : released(occurrence);
    return { ok: true, reply: null, changes: { rows, writes: [done] } };
  }

  private async rowsOf(
    given: Given,
    occurrence: StartOccurrence,
    { names, source }: { readonly names: readonly string[]; readonly source: Key },
  ): Promise<readonly RowOperation[]> {
    const { correlationKey = '', caseKey = null, caseNo = null } = occurrence;
    const instance = await heldBy(given, occurrence, names);
    if (instance === undefined)
      return beginRows(
        { ...placeOf(occurrence), variables: occurrence.variables, caseKey, caseNo, correlationKey },
        { names, source },
        this.world,
      );
    const [waiting] = await given.query(
      'SELECT * FROM message_subscriptions WHERE message_name = ? AND correlation_key = ? AND process_instance_key = ? ORDER BY "key"',
      [occurrence.messageName ?? '', correlationKey, instance],
    );
    const begun = await given.query('SELECT 1 AS found FROM process_instances WHERE "key" = ?', [instance]);
    if (!waiting && begun.length > 0) return released(occurrence);
    const kept = await this.kept(given, occurrence);
    return waiting ? [...kept, this.inbox(carrying(matchEntry(waiting), occurrence.cascade), source)] : kept;
  }

  /** Until the instance takes it; one of a name is enough. */
  private async kept(given: Given, occurrence: StartOccurrence): Promise<readonly RowOperation[]> {
    const now = this.world.now();
    const message = messageOf(occurrence);
    const same = await given.query(
      'SELECT "key" FROM messages WHERE name = ? AND correlation_key = ? AND expires_at > ?',
      [message.name, message.correlationKey, now],
    );
    if (same.length > 0) return released(occurrence);
    const request = { name: message.name, correlationKey: message.correlationKey, variables: message.variables };
    return [messageRow({ ...request, timeToLiveMs: GRACE_MS }, message, now), ...released(occurrence)];
  }

  private inbox(entry: InboxEntry, source: Key): RowOperation {
    return inboxRow(entry, { instance: source, position: 0 }, this.world.store.nextKey(), this.world.now());
  }
}

const placeOf = ({ processDefinitionKey, bpmnProcessId, elementId, by, cascade }: StartOccurrence) => ({
  processDefinitionKey,
  bpmnProcessId,
  elementId,
  ...(by !== undefined && { by }),
  ...(cascade && { cascade }),
});

const messageOf = ({ messageKey = '', messageName = '', correlationKey = '', ...rest }: StartOccurrence): Message => ({
  key: messageKey,
  name: messageName,
  correlationKey,
  variables: rest.variables,
  caseKey: rest.caseKey ?? null,
  caseNo: rest.caseNo ?? null,
  visibleTo: rest.visibleTo ?? null,
});

/** The subscription looks for messages that are kept. */
const matchEntry = (subscription: Row): InboxEntry => ({
  kind: 'matchMessages',
  target: String(subscription.key),
  targetInstanceKey: null,
  payload: { messageName: subscription.message_name, correlationKey: subscription.correlation_key },
});

function messagesAfter({ elements, flows }: ProcessDefinition, { outgoing }: BpmnElement): readonly string[] {
  const targets = outgoing.flatMap((flow) => elements[flows[flow]?.target ?? 0] ?? []);
  return targets
    .flatMap((element) => singleEventsOf(element))
    .flatMap((event) => (event.kind === 'message' && event.messageName ? [event.messageName] : []));
}

async function isStillThere(given: Given, { subscriptionKey }: StartOccurrence): Promise<boolean> {
  return (
    (await given.query('SELECT 1 AS found FROM start_subscriptions WHERE "key" = ?', [subscriptionKey])).length > 0
  );
}

/** The instance that holds the correlation key for a message of the gateway. */
async function heldBy(
  given: Given,
  { correlationKey = '', bpmnProcessId }: StartOccurrence,
  names: readonly string[],
): Promise<Key | undefined> {
  if (correlationKey === '') return undefined;
  const rows = await given.query(
    'SELECT message_name, process_instance_key FROM message_starts WHERE correlation_key = ? AND bpmn_process_id = ?',
    [correlationKey, bpmnProcessId],
  );
  const row = rows.find(({ message_name }) => names.includes(String(message_name)));
  return row && String(row.process_instance_key);
}

/** The message may meet something else while it is kept. */
function released({ messageKey, bpmnProcessId }: StartOccurrence): readonly RowOperation[] {
  if (messageKey === undefined) return [];
  return [{ delete: 'message_correlations', key: { message_key: messageKey, bpmn_process_id: bpmnProcessId } }];
}
