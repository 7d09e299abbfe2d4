import type { Key } from '#engine';
import type { EvaluationContext } from '#feel';
import type { Decision, Given, Outcome, Row, RowOperation, RuntimeStore } from './ports.js';
import { readResources } from './read-resources.js';
import type { Resources } from './read-resources.js';
import type { DeployedResource, DeploymentReply, DeploymentSet } from './runtime.js';
import { movedSchedules } from './schedules.js';
import { startEventRows } from './start-rows.js';

interface Latest {
  readonly key: Key;
  readonly version: number;
  readonly digest: string;
  readonly isLatest: boolean;
  readonly source: string;
}

type LatestById = ReadonlyMap<string, Latest>;

/** Stores a set in one transaction: files, definitions with new versions where something changed, start subscriptions. */
export async function deploySet(
  store: RuntimeStore,
  set: DeploymentSet,
  world: EvaluationContext,
): Promise<Outcome<DeploymentReply>> {
  const resources = await readResources(set.files);
  const faults = resources.problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) {
    const text = faults
      .map((problem) => `${problem.file ?? ''}${problem.elementId ? ` ${problem.elementId}` : ''}: ${problem.message}`)
      .join(' ');
    return { ok: false, rejection: { code: 'invalidArgument', message: text } };
  }
  await store.reserveKeys();
  return store.commit({ kind: 'deploy', decide: (given) => decideDeploy({ store, set, resources, world }, given) });
}

interface Deployment {
  readonly store: RuntimeStore;
  readonly set: DeploymentSet;
  readonly resources: Resources;
  readonly world: EvaluationContext;
}

async function decideDeploy(deployment: Deployment, given: Given): Promise<Decision<DeploymentReply>> {
  const { set, resources, world } = deployment;
  const latest = await latestVersions(given);
  const foreign = set.source === 'api' ? ownedByFolder(resources, latest) : undefined;
  if (foreign !== undefined) {
    const message = `Expected the ${foreign} to be deployed by the API alone but the configuration folder owns it.`;
    return { ok: false, rejection: { code: 'alreadyExists', message } };
  }
  const [last] = await given.query('SELECT MAX(id) AS id FROM config_sets', []);
  const setId = Number(last?.id ?? 0) + 1;
  const parts = [
    processRows(deployment, latest.processes, setId),
    decisionRows(deployment, latest.decisions, setId),
    formRows(deployment, latest.forms, setId),
  ];
  const rows = [
    ...setRows(deployment, setId),
    ...parts.flatMap((part) => part.rows),
    ...retired(deployment, latest.processes),
  ];
  const schedules = await movedSchedules(set, world, given);
  const gone = [...new Set(startsToReplace(deployment, latest.processes))];
  return {
    ok: true,
    reply: { setId, hash: set.hash, resources: parts.flatMap((part) => part.resources) },
    changes: {
      rows: [...rows, ...schedules, ...startRows(deployment, parts[0]!.resources, latest.processes)],
      writes: await removeStarts(given, gone),
    },
  };
}

const isOwnedByFolder = (latest: Latest | undefined): boolean => latest?.source === 'folder' && latest.isLatest;

interface AllLatest {
  readonly processes: LatestById;
  readonly decisions: LatestById;
  readonly forms: LatestById;
}

/** The first resource that the folder has too: its processes would take that of the API for their own. */
function ownedByFolder({ processes, decisions, forms }: Resources, latest: AllLatest): string | undefined {
  const named = [
    ...processes.map(({ definition: { bpmnProcessId: id } }) => ({
      kind: 'process',
      id,
      was: latest.processes.get(id),
    })),
    ...decisions.map(({ decisionId: id }) => ({ kind: 'decision', id, was: latest.decisions.get(id) })),
    ...forms.map(({ formId: id }) => ({ kind: 'form', id, was: latest.forms.get(id) })),
  ];
  const owned = named.find(({ was }) => isOwnedByFolder(was));
  return owned && `${owned.kind} ${owned.id}`;
}

async function latestVersions(given: Given): Promise<AllLatest> {
  const load = async (table: string, id: string, extra: string) => {
    const rows = await given.query(
      `SELECT d."key", d.${id} AS id, d.version, d.digest, ${extra}, s.source FROM ${table} d JOIN config_sets s ON s.id = d.set_id
       WHERE d.version = (SELECT MAX(version) FROM ${table} x WHERE x.${id} = d.${id})`,
      [],
    );
    return new Map(rows.map((row) => [String(row.id), toLatest(row)]));
  };
  return {
    processes: await load('process_definitions', 'bpmn_process_id', 'd.is_latest'),
    decisions: await load('decision_definitions', 'decision_id', '1 AS is_latest'),
    forms: await load('form_definitions', 'form_id', '1 AS is_latest'),
  };
}

const toLatest = (row: Row): Latest => ({
  key: String(row.key),
  version: Number(row.version),
  digest: String(row.digest),
  isLatest: row.is_latest === true || row.is_latest === 1,
  source: String(row.source),
});

function setRows({ set, world }: Deployment, setId: number): readonly RowOperation[] {
  const row = {
    id: setId,
    hash: set.hash,
    source: set.source,
    published_at: world.now,
    published_by: set.by ?? null,
    message: set.message ?? null,
    approved_by: set.approvedBy ?? null,
  };
  const files = set.files.map(({ path, content, digest }): RowOperation => ({
    insert: 'config_files',
    row: { set_id: setId, path, content, digest },
  }));
  return [{ insert: 'config_sets', row }, ...files];
}

interface Part {
  readonly resources: readonly DeployedResource[];
  readonly rows: readonly RowOperation[];
}

interface Wanted {
  readonly id: string;
  readonly path: string;
  readonly digest: string;
  readonly row: Row;
}

/** A digest seen before keeps its version, all others get the next one. */
function versioned(
  store: RuntimeStore,
  kind: DeployedResource['kind'],
  table: string,
  latest: LatestById,
  wanted: readonly Wanted[],
): Part {
  const resources = wanted.map(({ id, path, digest }): DeployedResource => {
    const known = latest.get(id);
    const isNew = known?.digest !== digest;
    return {
      kind,
      id,
      key: isNew ? store.nextKey() : known!.key,
      version: isNew ? (known?.version ?? 0) + 1 : known!.version,
      resourceName: path,
      isNew,
    };
  });
  const rows = resources.flatMap((resource, index): RowOperation[] => {
    const { row, digest } = wanted[index]!;
    return resource.isNew
      ? [
          {
            insert: table,
            row: { key: resource.key, version: resource.version, resource_name: resource.resourceName, digest, ...row },
          },
        ]
      : [];
  });
  return { resources, rows };
}

function processRows({ store, resources }: Deployment, latest: LatestById, setId: number): Part {
  const wanted = resources.processes.map(({ definition, path, xml, digest }) => ({
    id: definition.bpmnProcessId,
    path,
    digest,
    row: {
      bpmn_process_id: definition.bpmnProcessId,
      name: definition.name,
      version_tag: definition.versionTag ?? null,
      set_id: setId,
      xml,
      is_latest: true,
    },
  }));
  const part = versioned(store, 'process', 'process_definitions', latest, wanted);
  const switched = part.resources.flatMap((resource): RowOperation[] => {
    const before = latest.get(resource.id);
    if (!resource.isNew)
      return before?.isLatest
        ? []
        : [{ update: 'process_definitions', key: { key: resource.key }, set: { is_latest: true } }];
    return before ? [{ update: 'process_definitions', key: { key: before.key }, set: { is_latest: false } }] : [];
  });
  return { resources: part.resources, rows: [...part.rows, ...switched] };
}

function decisionRows({ store, resources }: Deployment, latest: LatestById, setId: number): Part {
  const wanted = resources.decisions.map(({ decisionId, name, path, xml, digest }) => ({
    id: decisionId,
    path,
    digest,
    row: { decision_id: decisionId, name, set_id: setId, xml },
  }));
  return versioned(store, 'decision', 'decision_definitions', latest, wanted);
}

function formRows({ store, resources }: Deployment, latest: LatestById, setId: number): Part {
  const wanted = resources.forms.map(({ formId, path, content, digest }) => ({
    id: formId,
    path,
    digest,
    row: { form_id: formId, set_id: setId, content },
  }));
  return versioned(store, 'form', 'form_definitions', latest, wanted);
}

/** Processes that left the folder start no more; running instances finish. */
function vanished({ set, resources }: Deployment, latest: LatestById): readonly (readonly [string, Latest])[] {
  if (set.source !== 'folder') return [];
  const present = new Set(resources.processes.map(({ definition }) => definition.bpmnProcessId));
  return [...latest].filter(([id, one]) => isOwnedByFolder(one) && !present.has(id));
}

const retired = (deployment: Deployment, latest: LatestById): readonly RowOperation[] =>
  vanished(deployment, latest).map(([, { key }]) => ({
    update: 'process_definitions',
    key: { key },
    set: { is_latest: false },
  }));

/** New, changed, or back after it had left the folder. Unchanged ones keep their start subscriptions, and a cycle its rhythm. */
const startsAnew = (
  latest: LatestById,
  { definition, digest }: Deployment['resources']['processes'][number],
): boolean => {
  const before = latest.get(definition.bpmnProcessId);
  return before?.digest !== digest || !before.isLatest;
};

function startsToReplace(deployment: Deployment, latest: LatestById): readonly string[] {
  const anew = deployment.resources.processes.filter((process) => startsAnew(latest, process));
  return [...anew.map(({ definition }) => definition.bpmnProcessId), ...vanished(deployment, latest).map(([id]) => id)];
}

/** Runs at once, in the transaction: the rows that replace them are written after. */
async function removeStarts(given: Given, processIds: readonly string[]): Promise<readonly []> {
  for (const table of ['start_subscriptions', 'start_sets'])
    for (const id of processIds) await given.query(`DELETE FROM ${table} WHERE bpmn_process_id = ?`, [id]);
  return [];
}

function startRows(
  { store, resources, world }: Deployment,
  deployed: readonly DeployedResource[],
  latest: LatestById,
): readonly RowOperation[] {
  return resources.processes.flatMap((process, index) =>
    startsAnew(latest, process) ? startEventRows(store, process.definition, deployed[index]!.key, world) : [],
  );
}
