import type { Database } from '#persistence';
import type { ReceivedRequest } from '../support/receiver.js';
import type { CommandKind, Storm } from './storm.js';

type Counts = ReadonlyMap<string, number>;

/** What was acknowledged against what the database at rest says; each difference is one sentence. */
export async function unkeptPromises(database: Database, storm: Storm): Promise<string[]> {
  const read = async (sql: string): Promise<Counts> => {
    const rows = (await database.reader.query(sql)) as { id: unknown; n: unknown }[];
    return new Map(rows.map(({ id, n }) => [String(id), Number(n)]));
  };
  const field = (name: string) =>
    database.dialect === 'sqlite' ? `json_extract(payload, '$.${name}')` : `payload::json->>'${name}'`;
  const events = (type: string, name: string) =>
    read(`SELECT ${field(name)} AS id, COUNT(*) AS n FROM event_log WHERE type = '${type}' GROUP BY 1`);
  const starts = await read(
    `SELECT v.value AS id, COUNT(*) AS n FROM variables v JOIN process_instances p ON p."key" = v.scope_key
     WHERE v.name = 'orderId' AND p.parent_instance_key IS NULL GROUP BY v.value`,
  );
  const ownJobs = await read(`SELECT "key" AS id, 1 AS n FROM jobs WHERE type LIKE 'ct.%'`);
  const messages = await read(
    'SELECT message_id AS id, COUNT(*) AS n FROM messages WHERE message_id IS NOT NULL GROUP BY 1',
  );
  return [
    ...compared(storm, 'start', new Map([...starts].map(([id, n]) => [String(JSON.parse(id)), n]))),
    ...compared(storm, 'task', await events('userTaskCompleted', 'userTaskKey')),
    ...compared(storm, 'job', without(await events('jobCompleted', 'jobKey'), ownJobs)),
    ...compared(storm, 'failure', await events('jobFailed', 'jobKey')),
    ...doubled('message', messages),
    ...(await correlationFaults(read)),
    ...caseNumberFaults(storm, [
      ...(
        await read(
          `SELECT case_no AS id, COUNT(*) AS n FROM process_instances WHERE bpmn_process_id = 'xf_main' GROUP BY 1`,
        )
      ).keys(),
    ]),
  ];
}

/**
 * What was delivered was received, what was received was committed, and what one task sends goes under one key however
 * often it is sent.
 */
export async function deliveryFaults(database: Database, received: readonly ReceivedRequest[]): Promise<string[]> {
  const rows = (await database.reader.query('SELECT idempotency_key AS id, state FROM outbox')) as {
    id: string;
    state: string;
  }[];
  const sent = new Map(received.map(({ headers, body }) => [String(headers['idempotency-key']), body]));
  const stored = new Set(rows.map(({ id }) => id));
  const lost = rows.filter(({ id, state }) => state === 'DELIVERED' && !sent.has(id));
  const unknown = [...sent.keys()].filter((id) => !stored.has(id));
  const orders = new Set(sent.values());
  return [
    ...lost.map(({ id }) => `delivery ${id} is acknowledged and was not received`),
    ...unknown.map((id) => `delivery ${id} was received and is not in the outbox`),
    ...(orders.size === sent.size ? [] : [`${sent.size} keys for ${orders.size} webhooks`]),
  ];
}

/** No client completes the jobs that the server works itself. */
const without = (counts: Counts, others: Counts): Counts => new Map([...counts].filter(([id]) => !others.has(id)));

/** Acknowledged as often as done; what is not answered yet may be done or not. */
function compared(storm: Storm, kind: CommandKind, done: Counts): string[] {
  const acknowledged = storm.targets(kind);
  const open = new Map<string, number>();
  for (const wish of storm.unanswered.values())
    if (wish.kind === kind) open.set(wish.target, (open.get(wish.target) ?? 0) + 1);
  const targets = new Set([...acknowledged.keys(), ...done.keys()]);
  return [...targets].flatMap((target) => {
    const [promised, found] = [acknowledged.get(target) ?? 0, done.get(target) ?? 0];
    const most = promised + (open.get(target) ?? 0);
    return found >= promised && found <= most ? [] : [`${kind} ${target}: acknowledged ${promised}, done ${found}`];
  });
}

const doubled = (what: string, counts: Counts): string[] =>
  [...counts].filter(([, n]) => n > 1).map(([id, n]) => `${what} ${id} is there ${n} times`);

/** A message reaches an instance at most once. */
async function correlationFaults(read: (sql: string) => Promise<Counts>): Promise<string[]> {
  const pairs = await read(
    `SELECT payload AS id, COUNT(*) AS n FROM event_log WHERE type = 'messageSubscriptionCorrelated' GROUP BY process_instance_key, payload HAVING COUNT(*) > 1`,
  );
  return doubled('correlation', pairs);
}

/** Gap-free and once each. */
function caseNumberFaults(storm: Storm, stored: readonly string[]): string[] {
  const year = /-(\d{4})-/.exec(stored[0] ?? '')?.[1] ?? '';
  const expected = stored.map((_, index) => `XF-${year}-${String(index + 1).padStart(5, '0')}`);
  const gaps = stored.toSorted().some((number, index) => number !== expected[index]) ? ['case numbers have gaps'] : [];
  const lost = [...storm.caseNumbers.values()].filter((number) => !stored.includes(number));
  return [...gaps, ...lost.map((number) => `case ${number} was acknowledged and is not there`)];
}
