import type { Row } from '#runtime';
import { list } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { asKey, toEvent, toForm } from '../records.js';
import type { DecisionFile, Queries } from './queries-types.js';

type ApiQueries = Pick<Queries, 'decisionFiles' | 'formByKey' | 'eventsOfTypes'>;

/** What the engine API asks beside its searches. */
export function apiQueries(query: RunQuery): ApiQueries {
  return {
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
