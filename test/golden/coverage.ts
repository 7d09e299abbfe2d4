import { parseBpmn, singleEventsOf, type BpmnElement, type ProcessDefinition } from '#bpmn';
import { replay, type ElementInstance, type EngineEvent, type InstanceState } from '#engine';
import type { GoldenWorld } from './golden-steps.js';

/** What waits in a database: element types, catching events by place and kind, and states that only some instances have. */
export async function whatWaits(world: GoldenWorld): Promise<ReadonlySet<string>> {
  const definitions = await world.rows('SELECT "key", bpmn_process_id, xml FROM process_definitions');
  const found = new Set<string>();
  for (const { key, xml } of definitions) {
    const process = (await parseBpmn(String(xml))).processes[0]!;
    const instances = await world.rows(
      `SELECT "key" FROM process_instances WHERE state = 'ACTIVE' AND process_definition_key = ${String(key)}`,
    );
    if (instances.length === 0) addStarts(found, process);
    for (const instance of instances) addInstance(found, process, await stateOf(world, String(instance['key'])));
  }
  return found;
}

async function stateOf({ rows }: GoldenWorld, key: string): Promise<InstanceState> {
  const log = await rows(`SELECT payload FROM event_log WHERE process_instance_key = ${key} ORDER BY position`);
  return replay(log.map(({ payload }) => JSON.parse(String(payload)) as EngineEvent));
}

function addStarts(found: Set<string>, process: ProcessDefinition): void {
  for (const index of process.startEvents) addEvent(found, 'startEvent', process.elements[index]!);
}

function addInstance(found: Set<string>, process: ProcessDefinition, state: InstanceState): void {
  const byId = (id: string): BpmnElement => process.elements[process.indexById.get(id) ?? 0]!;
  for (const [, one] of state.elements) {
    found.add(one.elementType);
    for (const gateway of Object.keys(one.tokens ?? {})) found.add(byId(gateway).type);
    if (one.resets) found.add('complex reset');
    if (one.compensation) found.add('compensation runs');
    if (one.compensable) found.add('compensation to come');
    if (one.isCancelled) found.add('transaction is cancelled');
    if (one.happened) found.add('half happened');
    if (one.multiInstance) found.add('repeated');
    if (one.elementType === 'intermediateCatchEvent') addEvent(found, 'intermediateCatchEvent', byId(one.elementId));
    for (const id of [one.elementId, ...completedIn(one)])
      for (const boundary of byId(id).boundaryEvents) addEvent(found, 'boundaryEvent', process.elements[boundary]!);
    for (const index of byId(one.elementId).eventSubProcesses)
      addEvent(found, 'eventSubProcessStart', process.elements[process.elements[index]!.startEvent!]!);
  }
  for (const [, job] of state.jobs) if (job.listener) found.add(`${job.listener.kind} listener`);
  for (const [, task] of state.userTasks) if (task.turns) found.add('turn in a task');
  if (state.incidents.size > 0) found.add('incident');
}

/** Activities whose compensation is still to come. */
const completedIn = ({ compensable }: ElementInstance): readonly string[] =>
  [...(compensable ?? [])].map(([, { elementId }]) => elementId);

function addEvent(found: Set<string>, place: string, element: BpmnElement): void {
  const { event } = element;
  if (event?.kind === 'multiple') found.add(`${place} ${event.isParallel ? 'parallelMultiple' : 'multiple'}`);
  else for (const { kind } of singleEventsOf(element)) found.add(`${place} ${kind}`);
}
