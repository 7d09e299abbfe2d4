import type { ActivatedJob, CaseQuery, Given, JobListener, JobRequest, Row } from '#runtime';
import type { SqlDialect } from './dialect.js';
import { asKey, asKeyOrNull, asJson, asTextOrNull } from './records.js';
import { READY } from './runtime-reads.js';

/**
 * Locks up to `maxJobs` jobs of a type: for a worker outside until `realNow + timeoutMs`, for a handler in this process as
 * long as the node's epoch lasts. Each activation raises the fencing token `lease`. Nodes on PostgreSQL skip what another
 * has locked.
 */
export async function activateJobs(
  dialect: SqlDialect,
  given: Given,
  request: JobRequest & { readonly now: number; readonly realNow: number; readonly isForThisNode: boolean },
): Promise<readonly ActivatedJob[]> {
  const claim = request.isForThisNode ? given.epoch : null;
  const deadline = request.isForThisNode ? null : request.realNow + request.timeoutMs;
  const except = request.exceptCases;
  const rows = await given.query(
    `UPDATE jobs SET worker = ?, deadline = ?, claimed_by = ?, lease = lease + 1 WHERE "key" IN
     (SELECT "key" FROM jobs WHERE type = ? AND ${READY}${except ? ` AND ${notOfCases(except)}` : ''} ORDER BY "key" LIMIT ? ${dialect.skipLocked}) RETURNING *`,
    [
      request.worker,
      deadline,
      claim,
      request.type,
      request.now,
      request.realNow,
      ...(except?.params ?? []),
      request.maxJobs,
    ],
  );
  const jobs: ActivatedJob[] = [];
  for (const row of rows) jobs.push(await toActivatedJob(given, row, request));
  return jobs.sort((a, b) => Number(a.key) - Number(b.key));
}

const CASE = '(SELECT i.case_key FROM process_instances i WHERE i."key" = jobs.process_instance_key)';

/** In the statement that locks, so that no job can come between; the cases are read only where a job has one. */
const notOfCases = ({ sql }: CaseQuery): string => `(${CASE} IS NULL OR ${CASE} NOT IN (${sql}))`;

async function toActivatedJob(
  given: Given,
  row: Row,
  request: JobRequest & { readonly isForThisNode: boolean },
): Promise<ActivatedJob> {
  const instances = await given.query('SELECT case_key, case_no FROM process_instances WHERE "key" = ?', [
    row.process_instance_key,
  ]);
  const variables = await visibleVariables(given.query, asKey(row.element_instance_key));
  return {
    key: asKey(row.key),
    type: String(row.type),
    processInstanceKey: asKey(row.process_instance_key),
    processDefinitionKey: asKey(row.process_definition_key),
    processDefinitionVersion: Number(row.process_version),
    bpmnProcessId: String(row.bpmn_process_id),
    elementId: String(row.element_id),
    elementInstanceKey: asKey(row.element_instance_key),
    headers: asJson(row.headers) as Record<string, string>,
    retries: Number(row.retries),
    worker: String(row.worker),
    deadline: Number(row.deadline),
    ...(request.isForThisNode ? { claim: given.epoch } : {}),
    lease: Number(row.lease),
    caseKey: asTextOrNull(instances[0]?.case_key),
    caseNo: asTextOrNull(instances[0]?.case_no),
    variables: request.fetchVariables ? pick(variables, request.fetchVariables) : variables,
    ...(await kindOf(given, row)),
  };
}

async function kindOf(given: Given, row: Row): Promise<Pick<ActivatedJob, 'listener' | 'isAdHoc'>> {
  if (row.kind === null) return {};
  return row.kind === 'AD_HOC_SUB_PROCESS' ? { isAdHoc: true } : { listener: await listenerOf(given, row) };
}

async function listenerOf(given: Given, row: Row): Promise<JobListener> {
  const kind = row.kind as JobListener['kind'];
  const eventType = String(row.listener_event);
  if (kind !== 'TASK_LISTENER') return { kind, eventType };
  const [task] = await given.query('SELECT "key", form_key FROM user_tasks WHERE element_instance_key = ?', [
    row.element_instance_key,
  ]);
  return { kind, eventType, ...(task && { userTask: { key: asKey(task.key), formKey: asKeyOrNull(task.form_key) } }) };
}

/** Variables that an element instance sees: its own, else those of the nearest scope around it. */
export async function visibleVariables(
  query: Given['query'],
  elementInstanceKey: string,
): Promise<Record<string, unknown>> {
  return (await visibleVariablesOf(query, [elementInstanceKey])).get(elementInstanceKey) ?? {};
}

/** Of many element instances at once, by their keys. */
export async function visibleVariablesOf(
  query: Given['query'],
  elementInstanceKeys: readonly string[],
): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  const found = new Map(elementInstanceKeys.map((key) => [key, {} as Record<string, unknown>]));
  if (found.size === 0) return found;
  const seeds = [...found.keys()].map(() => '(CAST(? AS bigint))').join(', ');
  const rows = await query(
    `WITH RECURSIVE seeds(seed) AS (VALUES ${seeds}),
     scopes(seen_from, scope_key, depth) AS (
       SELECT seed, seed, 0 FROM seeds
       UNION ALL SELECT s.seen_from, e.flow_scope_key, s.depth + 1 FROM element_instances e JOIN scopes s ON e."key" = s.scope_key WHERE e.flow_scope_key IS NOT NULL)
     SELECT s.seen_from, v.name, v.value FROM scopes s JOIN variables v ON v.scope_key = s.scope_key ORDER BY s.depth DESC`,
    [...found.keys()],
  );
  for (const row of rows)
    Object.assign(found.get(asKey(row.seen_from))!, { [String(row.name)]: JSON.parse(String(row.value)) as unknown });
  return found;
}

function pick(variables: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in variables).map((name) => [name, variables[name]]));
}
