import { replay } from '#engine';
import type { EngineEvent } from '#engine';
import type { Cluster } from './cluster.js';
import type { Load } from './load.js';
import { JOBS_PER_INSTANCE, NOTICES_PER_INSTANCE } from './race-process.js';

const SHOWN = 5;
const CHUNK = 200;

/** What is wrong in the database, one sentence each; empty where every law holds. */
export async function verify(cluster: Cluster, load: Load): Promise<readonly string[]> {
  const counts = await Promise.all(laws.map(async ([law, sql]) => told(law, await cluster.query<{ id: string }>(sql))));
  return [
    ...counts.flat(),
    ...(await acknowledged(cluster, load)),
    ...(await replays(cluster)),
    ...load.faults.slice(0, SHOWN).map((fault) => `unexpected answer: ${fault}`),
  ];
}

const told = (law: string, broken: readonly { readonly id: string }[]): readonly string[] =>
  broken.length === 0
    ? []
    : [
        `${law}: ${broken.length}, such as ${broken
          .slice(0, SHOWN)
          .map(({ id }) => id)
          .join(', ')}`,
      ];

const twice = (type: string, key: string): string =>
  `SELECT payload::json->>'${key}' AS id FROM event_log WHERE type = '${type}' GROUP BY 1 HAVING COUNT(*) > 1`;

/** Each query gives what breaks the law. */
const laws: readonly (readonly [law: string, sql: string])[] = [
  ['jobs completed twice', twice('jobCompleted', 'jobKey')],
  ['tasks completed twice', twice('userTaskCompleted', 'userTaskKey')],
  ['timers fired twice', twice('timerTriggered', 'timerKey')],
  ['messages met twice', twice('messageCorrelated', 'subscriptionKey')],
  ['jobs not completed', `SELECT "key" AS id FROM jobs WHERE state <> 'COMPLETED'`],
  [
    'instances with other than their jobs',
    `SELECT process_instance_key AS id FROM jobs GROUP BY 1 HAVING COUNT(*) <> ${JOBS_PER_INSTANCE}`,
  ],
  [
    'instances with other than their notices',
    `SELECT process_instance_key AS id FROM notices GROUP BY 1 HAVING COUNT(*) <> ${NOTICES_PER_INSTANCE}`,
  ],
  [
    'logs with gaps',
    'SELECT process_instance_key AS id FROM event_log GROUP BY 1 HAVING MIN(position) <> 1 OR MAX(position) <> COUNT(*)',
  ],
  [
    'logs that end elsewhere than their head says',
    `SELECT p."key" AS id FROM process_instances p WHERE p.position <> (SELECT MAX(position) FROM event_log e WHERE e.process_instance_key = p."key")`,
  ],
  [
    'orders with two instances',
    `SELECT value AS id FROM variables WHERE name = 'orderId' GROUP BY value HAVING COUNT(*) > 1`,
  ],
  ['inbox rows left', 'SELECT "key" AS id FROM inbox'],
  ['timers left', 'SELECT "key" AS id FROM timers'],
  [
    'running instances without their task',
    `SELECT "key" AS id FROM process_instances p WHERE state = 'ACTIVE' AND NOT EXISTS
     (SELECT 1 FROM user_tasks t WHERE t.process_instance_key = p."key" AND t.state = 'CREATED')`,
  ],
  [
    'tasks of instances that have ended',
    `SELECT t."key" AS id FROM user_tasks t JOIN process_instances p ON p."key" = t.process_instance_key
     WHERE t.state = 'CREATED' AND p.state <> 'ACTIVE'`,
  ],
];

/** What a client was told must be there, once. */
async function acknowledged(cluster: Cluster, load: Load): Promise<readonly string[]> {
  const column = async (sql: string) => new Set((await cluster.query<{ id: string }>(sql)).map(({ id }) => String(id)));
  const instances = await column('SELECT "key" AS id FROM process_instances');
  const jobs = await column(`SELECT payload::json->>'jobKey' AS id FROM event_log WHERE type = 'jobCompleted'`);
  const tasks = await column(
    `SELECT payload::json->>'userTaskKey' AS id FROM event_log WHERE type = 'userTaskCompleted'`,
  );
  const missing = (keys: Iterable<string>, there: ReadonlySet<string>) =>
    [...keys].filter((key) => !there.has(key)).map((id) => ({ id }));
  const doubled = (acknowledgments: ReadonlyMap<string, number>) =>
    [...acknowledgments].filter(([, times]) => times > 1).map(([id]) => ({ id }));
  return [
    ...told('acknowledged starts that are lost', missing(load.started.values(), instances)),
    ...told('acknowledged jobs that are lost', missing(load.completedJobs.keys(), jobs)),
    ...told('acknowledged tasks that are lost', missing(load.completedTasks.keys(), tasks)),
    ...told('jobs acknowledged twice', doubled(load.completedJobs)),
    ...told('tasks acknowledged twice', doubled(load.completedTasks)),
  ];
}

/** The history of each instance, played again, is where its row says and waits for the tasks that are open. */
async function replays(cluster: Cluster): Promise<readonly string[]> {
  const instances = await cluster.query<{ key: string; state: string; position: number; tasks: string[] }>(
    `SELECT p."key", p.state, p.position, ARRAY(SELECT t."key"::text FROM user_tasks t
       WHERE t.process_instance_key = p."key" AND t.state = 'CREATED' ORDER BY 1) AS tasks FROM process_instances p`,
  );
  const broken: { id: string }[] = [];
  for (let at = 0; at < instances.length; at += CHUNK) {
    const chunk = instances.slice(at, at + CHUNK);
    const events = await eventsOf(
      cluster,
      chunk.map(({ key }) => key),
    );
    for (const { key, state, position, tasks } of chunk) {
      const played = replay(events.get(key) ?? []);
      const open = [...played.userTasks.keys()].map(String).toSorted();
      if (played.status.toUpperCase() !== state || played.position !== position || open.join() !== tasks.join())
        broken.push({ id: key });
    }
  }
  return told('instances that their history does not lead to', broken);
}

async function eventsOf(
  cluster: Cluster,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly EngineEvent[]>> {
  const rows = await cluster.query<{ key: string; payload: string }>(
    `SELECT process_instance_key AS key, payload FROM event_log WHERE process_instance_key = ANY($1::bigint[])
     ORDER BY process_instance_key, position`,
    [keys],
  );
  const events = new Map<string, EngineEvent[]>();
  for (const { key, payload } of rows)
    events.set(key, [...(events.get(key) ?? []), JSON.parse(payload) as EngineEvent]);
  return events;
}
