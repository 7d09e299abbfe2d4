import type { Database } from '../database.js';
import type { RunQuery } from '../instance-cache.js';
import { visibleVariables, visibleVariablesOf } from '../job-activation.js';
import { readerQuery } from '../reader-query.js';
import {
  asKey,
  asNumberOrNull,
  toDefinition,
  toEvent,
  toForm,
  toInstanceRecord,
  toSchedule,
  toSet,
} from '../records.js';
import { runtimeReads } from '../runtime-reads.js';
import { apiQueries } from './api-queries.js';
import type { Queries } from './queries-types.js';
import { outboxQueries } from './outbox-queries.js';
import { search } from './search.js';
import { searchAccess } from './search-access.js';
import { searchSources } from './search-fields.js';
import { requireServed } from './search-served.js';
import type { Searchable, SearchRequest, SearchResult, SearchViews, UserTaskView } from './search-types.js';
import { list } from '../dialect.js';
import { taskList } from './task-list.js';
import { taskQueries, withCandidates } from './task-queries.js';

/** Reading for screens and API, through the reader. */
export function createQueries(database: Database): Queries {
  const query = readerQuery(database);
  return {
    ...searching(query),
    ...taskQueries(query),
    taskList: (request) => taskList(query, request),
    ...instanceQueries(query),
    ...definitionQueries(query),
    ...outboxQueries(query),
    ...apiQueries(query),
  };
}

function searching(query: RunQuery): Pick<Queries, 'search' | 'get'> {
  const run = async <S extends Searchable>(
    entity: S,
    request: SearchRequest,
  ): Promise<SearchResult<SearchViews[S]>> => {
    requireServed(searchSources[entity], searchAccess[entity], request);
    const result = await search(query, entity, request);
    if (entity !== 'userTasks') return result;
    return {
      ...result,
      items: (await withCandidates(query, result.items as unknown as UserTaskView[])) as unknown as SearchViews[S][],
    };
  };
  return {
    search: run,
    get: async (entity, key) =>
      (await run(entity, { filter: { [searchSources[entity].key]: key }, page: { limit: 1 } })).items[0],
  };
}

type InstanceQueries = Pick<
  Queries,
  | 'instance'
  | 'instancesOfCase'
  | 'instancesByCaseNo'
  | 'variablesOf'
  | 'visibleVariables'
  | 'visibleVariablesOf'
  | 'events'
  | 'counts'
>;

function instanceQueries(query: RunQuery): InstanceQueries {
  const instances = async (where: string, params: readonly unknown[]) =>
    (await query(`SELECT * FROM process_instances WHERE ${where} ORDER BY "key"`, params)).map(toInstanceRecord);
  return {
    instance: async (key) => (await instances('"key" = ?', [key]))[0],
    instancesOfCase: (caseKey) => instances('case_key = ?', [caseKey]),
    instancesByCaseNo: (caseNo) => instances('case_no = ?', [caseNo]),
    variablesOf: async (scopeKey) => {
      const rows = await query('SELECT name, value FROM variables WHERE scope_key = ?', [scopeKey]);
      return Object.fromEntries(rows.map((row) => [String(row.name), JSON.parse(String(row.value)) as unknown]));
    },
    visibleVariables: (key) => visibleVariables(query, key),
    visibleVariablesOf: (keys) => visibleVariablesOf(query, keys),
    events: async (key, afterPosition = 0, limit = 10_000) => {
      const rows = await query(
        'SELECT * FROM event_log WHERE process_instance_key = ? AND position > ? AND salt IS NOT NULL ORDER BY position LIMIT ?',
        [key, afterPosition, limit],
      );
      return rows.map((row) => ({
        processInstanceKey: asKey(row.process_instance_key),
        position: Number(row.position),
        at: Number(row.at),
        event: toEvent(row),
      }));
    },
    counts: async (leftOut = []) => {
      const others = leftOut.length === 0 ? '' : ` AND p.bpmn_process_id NOT IN ${list(leftOut.length)}`;
      const rows = await query(
        `SELECT (SELECT COUNT(*) FROM process_instances p WHERE p.state = 'ACTIVE'${others}) AS instances,
         (SELECT COUNT(*) FROM user_tasks t JOIN process_instances p ON p."key" = t.process_instance_key WHERE t.state = 'CREATED'${others}) AS tasks,
         (SELECT COUNT(*) FROM incidents WHERE state = 'ACTIVE') AS incidents, (SELECT COUNT(*) FROM inbox WHERE done_at IS NULL) AS inbox,
         (SELECT COUNT(*) FROM outbox WHERE state = 'PENDING') AS outbox, (SELECT COUNT(*) FROM outbox WHERE state = 'FAILED') AS dead,
         (SELECT COUNT(*) FROM jobs WHERE state IN ('CREATED', 'FAILED', 'RETRIES_UPDATED')) AS jobs, (SELECT COUNT(*) FROM timers WHERE due_at <= ?) AS due`,
        [...leftOut, ...leftOut, Date.now()],
      );
      const row = rows[0] ?? {};
      return {
        activeInstances: Number(row.instances),
        openTasks: Number(row.tasks),
        incidents: Number(row.incidents),
        pendingInbox: Number(row.inbox),
        pendingOutbox: Number(row.outbox),
        deadLetters: Number(row.dead),
        openJobs: Number(row.jobs),
        dueTimers: Number(row.due),
      };
    },
  };
}

type DefinitionQueries = Pick<
  Queries,
  | 'definition'
  | 'definitionsWith'
  | 'decision'
  | 'form'
  | 'latestSet'
  | 'latestSetId'
  | 'schedules'
  | 'sets'
  | 'publication'
  | 'setFiles'
  | 'runningByVersion'
>;

function definitionQueries(query: RunQuery): DefinitionQueries {
  const reads = runtimeReads(query);
  return {
    definition: reads.definitionByKey,
    definitionsWith: async (text, afterSet) => {
      const sql = 'SELECT * FROM process_definitions WHERE set_id > ? AND xml LIKE ? ORDER BY "key"';
      return (await query(sql, [afterSet, `%${text}%`])).map(toDefinition);
    },
    latestSetId: async () => Number((await query('SELECT MAX(id) AS id FROM config_sets', []))[0]?.id ?? 0),
    decision: reads.decision,
    form: async (formId, version) => {
      if (version === undefined) return reads.form(formId);
      const rows = await query('SELECT * FROM form_definitions WHERE form_id = ? AND version = ?', [formId, version]);
      return rows[0] && toForm(rows[0]);
    },
    latestSet: reads.latestSet,
    schedules: async () => (await query('SELECT * FROM schedules ORDER BY id', [])).map(toSchedule),
    sets: async (limit = 100) =>
      (await query('SELECT * FROM config_sets ORDER BY id DESC LIMIT ?', [limit])).map(toSet),
    publication: async (setId) => {
      const [row] = await query('SELECT * FROM config_sets WHERE id = ?', [setId]);
      if (row === undefined) return undefined;
      const sql = 'SELECT MAX(id) AS id FROM config_sets WHERE source = ? AND id < ?';
      const [before] = await query(sql, [row.source, setId]);
      return { set: toSet(row), previous: asNumberOrNull(before?.id) };
    },
    setFiles: async (setId) => {
      const rows = await query('SELECT path, content, digest FROM config_files WHERE set_id = ? ORDER BY path', [
        setId,
      ]);
      return rows.map((row) => ({ path: String(row.path), content: String(row.content), digest: String(row.digest) }));
    },
    runningByVersion: async (id) => {
      const rows = await query(
        `SELECT version, COUNT(*) AS instances FROM process_instances WHERE bpmn_process_id = ? AND state = 'ACTIVE' GROUP BY version ORDER BY version DESC`,
        [id],
      );
      return rows.map((row) => ({ version: Number(row.version), instances: Number(row.instances) }));
    },
  };
}
