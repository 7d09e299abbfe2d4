import type { Key } from '#engine';
import type { Row, RuntimeReads } from '#runtime';
import { batchReads } from './batch-reads.js';
import { list } from './dialect.js';
import type { RunQuery } from './instance-cache.js';
import { FREE } from './nodes/claims.js';
import {
  asKey,
  asNumberOrNull,
  toDecision,
  toDefinition,
  toForm,
  toInboxRow,
  toInstanceRecord,
  toSchedule,
  toSet,
  toStartSubscription,
} from './records.js';

/** Where the instance of a key stands; names of tables, never from outside. */
const TABLE_OF = {
  userTask: 'user_tasks',
  job: 'jobs',
  incident: 'incidents',
  element: 'element_instances',
  timer: 'timers',
} as const;

/** Reads of the runtime, through the reader. */
export function runtimeReads(query: RunQuery): RuntimeReads {
  return { ...definitionReads(query), ...instanceReads(query), ...workReads(query), batches: batchReads(query) };
}

type DefinitionReads = Pick<
  RuntimeReads,
  | 'definitionByKey'
  | 'latestDefinition'
  | 'definitionByVersion'
  | 'definitionByVersionTag'
  | 'definitionInSet'
  | 'decision'
  | 'form'
  | 'latestSet'
  | 'latestDefinitions'
  | 'definitionsNaming'
>;

function definitionReads(query: RunQuery): DefinitionReads {
  const definition = async (where: string, params: readonly unknown[]) => {
    const rows = await query(`SELECT * FROM process_definitions WHERE ${where} ORDER BY version DESC LIMIT 1`, params);
    return rows[0] && toDefinition(rows[0]);
  };
  return {
    definitionByKey: (key) => definition('"key" = ?', [key]),
    latestDefinition: (id) => definition('bpmn_process_id = ? AND is_latest = ?', [id, true]),
    definitionByVersion: (id, version) => definition('bpmn_process_id = ? AND version = ?', [id, version]),
    definitionByVersionTag: (id, tag) => definition('bpmn_process_id = ? AND version_tag = ?', [id, tag]),
    definitionInSet: (id, setId) => definition('bpmn_process_id = ? AND set_id <= ?', [id, setId]),
    decision: async (id, setId) => {
      const rows = await query(
        'SELECT * FROM decision_definitions WHERE decision_id = ? AND set_id <= ? ORDER BY version DESC LIMIT 1',
        [id, setId ?? MAX_SET],
      );
      return rows[0] && toDecision(rows[0], await importsOf(query, rows[0]));
    },
    form: async (id, setId) => {
      const rows = await query(
        'SELECT * FROM form_definitions WHERE form_id = ? AND set_id <= ? ORDER BY version DESC LIMIT 1',
        [id, setId ?? MAX_SET],
      );
      return rows[0] && toForm(rows[0]);
    },
    latestSet: async (source) => {
      const rows = source
        ? await query('SELECT * FROM config_sets WHERE source = ? ORDER BY id DESC LIMIT 1', [source])
        : await query('SELECT * FROM config_sets ORDER BY id DESC LIMIT 1', []);
      return rows[0] && toSet(rows[0]);
    },
    definitionsNaming: async (text) => {
      const sql = 'SELECT "key", CASE WHEN xml LIKE ? THEN 1 ELSE 0 END AS is_naming FROM process_definitions';
      return (await query(sql, [`%${text}%`])).map((row) => ({
        key: asKey(row.key),
        isNaming: Number(row.is_naming) === 1,
      }));
    },
    latestDefinitions: async () => {
      const rows = await query(
        'SELECT d.*, s.source FROM process_definitions d JOIN config_sets s ON s.id = d.set_id WHERE d.is_latest = ?',
        [true],
      );
      return rows.map((row) => ({ ...toDefinition(row), source: row.source as 'folder' | 'api' }));
    },
  };
}

const MAX_SET = 2_147_483_647;

/** The set that made a version of a decision holds the files that it was read with. */
async function importsOf(query: RunQuery, { xml, set_id, resource_name }: Row): Promise<readonly string[]> {
  if (!/<(?:[\w.-]+:)?import[\s/>]/.test(String(xml))) return [];
  const sql = `SELECT content FROM config_files WHERE set_id = ? AND path LIKE '%.dmn' AND path <> ? ORDER BY path`;
  return (await query(sql, [set_id, resource_name])).map(({ content }) => String(content));
}

type InstanceReads = Pick<RuntimeReads, 'instanceRecord' | 'instanceOf' | 'clock' | 'lastEventAt'>;

function instanceReads(query: RunQuery): InstanceReads {
  return {
    instanceRecord: async (key) => {
      const rows = await query('SELECT * FROM process_instances WHERE "key" = ?', [key]);
      return rows[0] && toInstanceRecord(rows[0]);
    },
    instanceOf: async (kind, key): Promise<Key | undefined> => {
      const rows = await query(`SELECT process_instance_key FROM ${TABLE_OF[kind]} WHERE "key" = ?`, [key]);
      return rows[0] && asKey(rows[0].process_instance_key);
    },
    clock: async () => asNumberOrNull((await query('SELECT pinned_at FROM clock WHERE id = 1', []))[0]?.pinned_at),
    lastEventAt: async () => {
      const rows = await query('SELECT MAX(start_at) AS started, MAX(end_at) AS ended FROM process_instances', []);
      const times = [asNumberOrNull(rows[0]?.started), asNumberOrNull(rows[0]?.ended)].filter((at) => at !== null);
      return times.length ? Math.max(...times) : null;
    },
  };
}

type WorkReads = Pick<
  RuntimeReads,
  | 'dueTimers'
  | 'dueStartTimers'
  | 'dueSchedules'
  | 'conditionalStarts'
  | 'nextTimerAt'
  | 'jobTypesReady'
  | 'areDeliveriesDue'
  | 'pendingInbox'
>;

function workReads(query: RunQuery): WorkReads {
  return {
    dueTimers: async (now, limit) => {
      const rows = await query(
        'SELECT "key", process_instance_key, due_at FROM timers WHERE due_at <= ? ORDER BY due_at, "key" LIMIT ?',
        [now, limit],
      );
      return rows.map((row) => ({
        key: asKey(row.key),
        processInstanceKey: asKey(row.process_instance_key),
        dueAt: Number(row.due_at),
      }));
    },
    dueStartTimers: async (now, limit) =>
      (await query('SELECT * FROM start_subscriptions WHERE due_at <= ? ORDER BY due_at LIMIT ?', [now, limit])).map(
        toStartSubscription,
      ),
    dueSchedules: async (now) =>
      (await query('SELECT * FROM schedules WHERE due_at <= ? ORDER BY due_at, id', [now])).map(toSchedule),
    conditionalStarts: async (key) => {
      const [only, given] = key === undefined ? ['', []] : [' AND process_definition_key = ?', [key]];
      const sql = `SELECT * FROM start_subscriptions WHERE kind = 'conditional'${only} ORDER BY "key"`;
      return (await query(sql, given)).map(toStartSubscription);
    },
    nextTimerAt: async () => {
      const rows = await query(
        `SELECT (SELECT due_at FROM timers WHERE ${FREE} ORDER BY due_at LIMIT 1) AS timer,
         (SELECT due_at FROM start_subscriptions WHERE due_at IS NOT NULL AND ${FREE} ORDER BY due_at LIMIT 1) AS start_timer`,
        [],
      );
      const times = [asNumberOrNull(rows[0]?.timer), asNumberOrNull(rows[0]?.start_timer)].filter((at) => at !== null);
      return times.length ? Math.min(...times) : undefined;
    },
    jobTypesReady: async (types, now, realNow) => {
      if (types.length === 0) return [];
      const rows = await query(`SELECT DISTINCT type FROM jobs WHERE type IN ${list(types.length)} AND ${READY}`, [
        ...types,
        now,
        realNow,
      ]);
      return rows.map((row) => String(row.type));
    },
    areDeliveriesDue: async (kinds, now) => {
      if (kinds.length === 0) return false;
      const rows = await query(
        `SELECT 1 FROM outbox WHERE state = 'PENDING' AND kind IN ${list(kinds.length)} AND next_at <= ? AND ${FREE} LIMIT 1`,
        [...kinds, now],
      );
      return rows.length > 0;
    },
    pendingInbox: async (limit, afterKey) =>
      (
        await query('SELECT * FROM inbox WHERE done_at IS NULL AND "key" > ? ORDER BY "key" LIMIT ?', [
          afterKey ?? '0',
          limit,
        ])
      ).map(toInboxRow),
  };
}

/** A job that a worker may take; parameters: engine time, real time. */
export const READY = `state IN ('CREATED', 'FAILED', 'RETRIES_UPDATED') AND retries > 0 AND (retry_at IS NULL OR retry_at <= ?) AND (deadline IS NULL OR deadline <= ?) AND ${FREE}`;
