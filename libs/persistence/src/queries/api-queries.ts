import type { Row } from '#runtime';
import { list } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { asKey, asTextOrNull, toEvent, toForm } from '../records.js';
import type { DecisionFile, ElementCount, Queries } from './queries-types.js';
import { conditionsOf, paramsOf, whereSql } from './search-conditions.js';
import { searchSources } from './search-fields.js';
import type { SearchRequest } from './search-types.js';

type ApiQueries = Pick<Queries, 'decisionFiles' | 'formByKey' | 'eventsOfTypes' | 'elementCounts' | 'batchItemsOf'>;

/** What the engine API asks beside its searches. */
export function apiQueries(query: RunQuery): ApiQueries {
  return {
    elementCounts: async (of, instances = {}) => elementCounts(query, of, instances),
    batchItemsOf: async ({ sql, params }) => {
      const rows = await query(
        `SELECT b."key", b.created_by, i.state, COUNT(*) AS items FROM process_instances p
         JOIN batch_operation_items i ON i.process_instance_key = p."key" JOIN batch_operations b ON b."key" = i.batch_operation_key
         WHERE p.case_key IN (${sql}) GROUP BY b."key", b.created_by, i.state`,
        params,
      );
      return rows.map((row) => ({
        batchOperationKey: asKey(row.key),
        createdBy: asTextOrNull(row.created_by),
        state: String(row.state),
        items: Number(row.items),
      }));
    },
    decisionFiles: async () => {
      const sql =
        'SELECT "key", decision_id, name, version, set_id, resource_name FROM decision_definitions ORDER BY set_id, resource_name, "key"';
      return byFile(await query(sql, []));
    },
    formByKey: async (key) => {
      const row = (await query('SELECT * FROM form_definitions WHERE "key" = ?', [key]))[0];
      return row && toForm(row);
    },
    eventsOfTypes: async (key, types) => {
      const rows = await query(
        `SELECT * FROM event_log WHERE process_instance_key = ? AND type IN ${list(types.length)} ORDER BY position`,
        [key, ...types],
      );
      return rows.map((row) => ({
        processInstanceKey: asKey(row.process_instance_key),
        position: Number(row.position),
        at: Number(row.at),
        event: toEvent(row),
      }));
    },
  };
}

type CountsArguments = Parameters<Queries['elementCounts']>;

/** Counted in the database: a definition may have any number of instances. */
async function elementCounts(
  query: RunQuery,
  of: CountsArguments[0],
  instances: SearchRequest,
): Promise<readonly ElementCount[]> {
  const source = searchSources.processInstances;
  const place =
    'processInstanceKey' in of
      ? { sql: 't."key" = ?', params: [of.processInstanceKey] }
      : {
          sql: 't.process_definition_key = ? AND x.process_definition_key = ?',
          params: [of.processDefinitionKey, of.processDefinitionKey],
        };
  const where = [place, ...conditionsOf(source, instances)];
  const rows = await query(
    `SELECT x.element_id AS id, ${countOf('active', `x.state = 'ACTIVE'`)}, ${countOf('canceled', `x.state = 'TERMINATED'`)},
     ${countOf('incidents', 'x.has_incident')}, ${countOf('completed', `x.state = 'COMPLETED'`)}
     FROM ${source.from} JOIN element_instances x ON x.process_instance_key = t."key"${whereSql(where)} GROUP BY x.element_id ORDER BY x.element_id`,
    paramsOf(where),
  );
  return rows.map((row) => ({
    elementId: String(row.id),
    active: Number(row.active),
    canceled: Number(row.canceled),
    incidents: Number(row.incidents),
    completed: Number(row.completed),
  }));
}

const countOf = (name: string, condition: string): string => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS ${name}`;

function byFile(rows: readonly Row[]): readonly DecisionFile[] {
  const files = new Map<string, DecisionFile & { readonly decisions: DecisionFile['decisions'][number][] }>();
  for (const row of rows) {
    const setId = Number(row.set_id);
    const resourceName = String(row.resource_name);
    const name = `${setId} ${resourceName}`;
    const file = files.get(name) ?? { setId, resourceName, decisions: [] };
    file.decisions.push({
      key: asKey(row.key),
      decisionId: String(row.decision_id),
      name: String(row.name),
      version: Number(row.version),
    });
    files.set(name, file);
  }
  return [...files.values()];
}
