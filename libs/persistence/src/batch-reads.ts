import type { BatchItem, BatchPlan, BatchReads, StoredBatch } from '#runtime';
import type { RunQuery } from './instance-cache.js';
import { asBoolean, asJson, asKey, asTextOrNull } from './records.js';
import { search } from './queries/search.js';
import type { Filter } from './queries/search-types.js';

/** Incidents of one page of instances; more than that on one instance are found by the next operation. */
const INCIDENTS = 10_000;

/** Reads of the batch operations, through the reader. */
export function batchReads(query: RunQuery): BatchReads {
  return {
    batch: async (key) => {
      const rows = await query('SELECT * FROM batch_operations WHERE "key" = ?', [key]);
      return rows[0] && toBatch(rows[0]);
    },
    runnableBatches: async (limit) =>
      (
        await query(`SELECT * FROM batch_operations WHERE state IN ('CREATED', 'ACTIVE') ORDER BY "key" LIMIT ?`, [
          limit,
        ])
      ).map(toBatch),
    batchTargets: async ({ plan, filter, cursor }, limit) => {
      const isOfIncidents = plan.type === 'RESOLVE_INCIDENT';
      const found = await search(query, 'processInstances', {
        filter: { ...(filter as Filter), ...(isOfIncidents && { hasIncident: true }) },
        page: { limit, ...(cursor !== null && { after: cursor }) },
      });
      const keys = found.items.map(({ processInstanceKey }) => processInstanceKey);
      const items = isOfIncidents
        ? await incidentsOf(query, keys)
        : keys.map((key) => ({ itemKey: key, processInstanceKey: key }));
      return { items, cursor: keys.length < limit ? null : found.endCursor };
    },
    openItems: async (key, limit) => {
      const rows = await query(
        `SELECT item_key, process_instance_key FROM batch_operation_items WHERE batch_operation_key = ? AND state = 'ACTIVE' ORDER BY item_key LIMIT ?`,
        [key, limit],
      );
      return rows.map(toItem);
    },
    openItemsOf: async (key, { sql, params }, limit) => {
      const rows = await query(
        `SELECT i.item_key, i.process_instance_key FROM batch_operation_items i JOIN process_instances p ON p."key" = i.process_instance_key
         WHERE i.batch_operation_key = ? AND i.state = 'ACTIVE' AND p.case_key IN (${sql}) ORDER BY i.item_key LIMIT ?`,
        [key, ...params, limit],
      );
      return rows.map(toItem);
    },
  };
}

const toItem = (row: Readonly<Record<string, unknown>>): BatchItem => ({
  itemKey: asKey(row.item_key),
  processInstanceKey: asKey(row.process_instance_key),
});

async function incidentsOf(query: RunQuery, keys: readonly string[]): Promise<readonly BatchItem[]> {
  const { items } = await search(query, 'incidents', {
    filter: { processInstanceKey: { $in: keys }, state: 'ACTIVE' },
    page: { limit: INCIDENTS },
  });
  return items.map(({ incidentKey, processInstanceKey }) => ({ itemKey: incidentKey, processInstanceKey }));
}

const toBatch = (row: Readonly<Record<string, unknown>>): StoredBatch => ({
  key: asKey(row.key),
  state: row.state as StoredBatch['state'],
  plan: asJson(row.plan) as unknown as BatchPlan,
  filter: asJson(row.filter),
  by: asTextOrNull(row.created_by),
  cursor: asTextOrNull(row.cursor),
  isCollected: asBoolean(row.is_collected),
});
