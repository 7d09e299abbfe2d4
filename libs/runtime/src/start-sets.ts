import { singleEventsOf } from '#bpmn';
import type { Key, Variables } from '#engine';
import type { Definitions } from './definitions.js';
import type { Decision, Given, InboxRow, Outcome, Row, RowOperation, RowWrite, RuntimeStore } from './ports.js';
import { AT_GATEWAY, beginRows, GatewayStarts } from './gateway-starts.js';
import type { StartOccurrence } from './start-occurrence.js';

export interface StartSetsOptions {
  readonly store: RuntimeStore;
  readonly definitions: Definitions;
  readonly now: () => number;
}

/** What has happened so far of a start event, for one correlation key; empty before a message with a key has come. */
interface StartSet {
  readonly key: Key;
  readonly isNew: boolean;
  readonly correlationKey: string;
  readonly happened: readonly number[];
  readonly variables: Variables;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
}

type Place = Pick<StartOccurrence, 'processDefinitionKey' | 'bpmnProcessId' | 'elementId'>;

/**
 * Gathers the events of parallel multiple start events; when all of a set have happened an instance begins with the
 * variables of all, the later ones last. Source: BPMN 2.0.2, 10.5.2, "Parallel Multiple". Reading: messages of one set
 * carry the same correlation key; what has none counts for every set that is open and lacks it (a message without key
 * for the oldest of them), else it opens one, whose key is that of the first message with a key that finds it.
 */
export class StartSets {
  private readonly gateways: GatewayStarts;

  constructor(private readonly options: StartSetsOptions) {
    this.gateways = new GatewayStarts(options);
  }

  async gather(inbox: InboxRow, done: RowWrite): Promise<Outcome<unknown>> {
    const occurrence = inbox.payload as unknown as StartOccurrence;
    const { store, definitions } = this.options;
    const process = (await definitions.byKey(occurrence.processDefinitionKey))?.process;
    const element = process?.elements[process.indexById.get(occurrence.elementId) ?? -1];
    if (occurrence.eventIndex === AT_GATEWAY)
      return this.gateways.begin(occurrence, { process, element, done, source: inbox.key });
    const events = singleEventsOf(element ?? {});
    const names = events.flatMap((event) => (event.kind === 'message' && event.messageName ? [event.messageName] : []));
    await store.reserveKeys();
    return store.commit({
      kind: 'gatherStart',
      locks: [`start set ${JSON.stringify([occurrence.bpmnProcessId, occurrence.elementId])}`],
      decide: (given) => this.decide(given, occurrence, { names, size: events.length, done, source: inbox.key }),
    });
  }

  private async decide(
    given: Given,
    occurrence: StartOccurrence,
    { names, size, done, source }: { names: readonly string[]; size: number; done: RowWrite; source: Key },
  ): Promise<Decision<unknown>> {
    const isCounted = await counts(given, occurrence, names);
    const open = isCounted ? await openSets(given, occurrence) : [];
    const chosen = isCounted ? choose(open, occurrence, () => this.options.store.nextKey()) : [];
    const rows = chosen.flatMap((set) => {
      const next = withOccurrence(set, occurrence);
      return next.happened.length < size
        ? [setRow(next, occurrence, this.options.now())]
        : this.begin(next, occurrence, { names, source });
    });
    const freed = chosen.length === 0 ? freedMessage(occurrence) : [];
    return { ok: true, reply: null, changes: { rows: [...rows, ...freed], writes: [done] } };
  }

  /** The instance begins by a row of its own, and holds the correlation key for all messages of the set. */
  private begin(
    set: StartSet,
    { processDefinitionKey, bpmnProcessId, elementId, by, cascade }: StartOccurrence,
    { names, source }: { readonly names: readonly string[]; readonly source: Key },
  ): readonly RowOperation[] {
    const { variables, caseKey, caseNo, correlationKey } = set;
    const place = { processDefinitionKey, bpmnProcessId, elementId };
    const started = {
      ...place,
      variables,
      caseKey,
      caseNo,
      correlationKey,
      ...(by !== undefined && { by }),
      ...(cascade && { cascade }),
    };
    return [
      ...(set.isNew ? [] : [{ delete: 'start_sets', key: { key: set.key } }]),
      ...beginRows(started, { names, source }, this.options),
    ];
  }
}

/** Not where the start event has gone meanwhile, nor a message whose key an instance holds. */
async function counts(given: Given, occurrence: StartOccurrence, names: readonly string[]): Promise<boolean> {
  const { subscriptionKey, correlationKey = '', bpmnProcessId } = occurrence;
  const waiting = await given.query('SELECT 1 AS found FROM start_subscriptions WHERE "key" = ?', [subscriptionKey]);
  if (waiting.length === 0 || correlationKey === '') return waiting.length > 0;
  const held = await given.query(
    'SELECT message_name FROM message_starts WHERE correlation_key = ? AND bpmn_process_id = ?',
    [correlationKey, bpmnProcessId],
  );
  return !held.some((row) => names.includes(String(row.message_name)));
}

async function openSets(given: Given, { processDefinitionKey, elementId }: Place): Promise<readonly StartSet[]> {
  const rows = await given.query(
    'SELECT * FROM start_sets WHERE process_definition_key = ? AND element_id = ? ORDER BY "key"',
    [processDefinitionKey, elementId],
  );
  return rows.map(toSet);
}

/** The sets that the occurrence counts for; none where it has happened already in all that it could count for. */
function choose(open: readonly StartSet[], occurrence: StartOccurrence, nextKey: () => Key): readonly StartSet[] {
  const { eventIndex, messageName, correlationKey = '' } = occurrence;
  const lacking = open.filter(({ happened }) => !happened.includes(eventIndex));
  const opened = () => [{ ...emptySet, key: nextKey(), correlationKey }];
  if (messageName === undefined) return open.length === 0 ? opened() : lacking;
  if (correlationKey === '') return lacking.length === 0 ? opened() : lacking.slice(0, 1);
  const own = open.find((set) => set.correlationKey === correlationKey);
  if (own) return lacking.filter((set) => set === own);
  const unclaimed = lacking.find((set) => set.correlationKey === '');
  return unclaimed ? [{ ...unclaimed, correlationKey }] : opened();
}

const emptySet = { isNew: true, happened: [], variables: {}, caseKey: null, caseNo: null } as const;

const withOccurrence = (set: StartSet, { eventIndex, variables, caseKey, caseNo }: StartOccurrence): StartSet => ({
  ...set,
  happened: [...set.happened, eventIndex],
  variables: { ...set.variables, ...variables },
  caseKey: set.caseKey ?? caseKey ?? null,
  caseNo: set.caseNo ?? caseNo ?? null,
});

/** A message that counts for nothing is free to meet something else while it is kept. */
function freedMessage({ messageKey, bpmnProcessId }: StartOccurrence): readonly RowOperation[] {
  if (messageKey === undefined) return [];
  return [{ delete: 'message_correlations', key: { message_key: messageKey, bpmn_process_id: bpmnProcessId } }];
}

function setRow(set: StartSet, { processDefinitionKey, bpmnProcessId, elementId }: Place, now: number): RowOperation {
  const values = {
    correlation_key: set.correlationKey,
    happened: JSON.stringify(set.happened),
    variables: JSON.stringify(set.variables),
    case_key: set.caseKey,
    case_no: set.caseNo,
  };
  if (!set.isNew) return { update: 'start_sets', key: { key: set.key }, set: values };
  const place = {
    process_definition_key: processDefinitionKey,
    bpmn_process_id: bpmnProcessId,
    element_id: elementId,
  };
  return { insert: 'start_sets', row: { key: set.key, ...place, ...values, opened_at: now } };
}

const toSet = (row: Row): StartSet => ({
  key: String(row.key),
  isNew: false,
  correlationKey: String(row.correlation_key),
  happened: JSON.parse(String(row.happened)) as number[],
  variables: JSON.parse(String(row.variables)) as Variables,
  caseKey: row.case_key === null ? null : String(row.case_key),
  caseNo: row.case_no === null ? null : String(row.case_no),
});
