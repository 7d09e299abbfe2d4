import {
  Context,
  Definition,
  EndEvent,
  ExclusiveGateway,
  Process,
  SequenceFlow,
  StartEvent,
  Task,
} from 'bpmn-elements';
import type { ProcessDefinition } from '#bpmn';
import { step, type EngineEvent } from '#engine';
import { model } from '#testing';
import { atLeast, interleaved, type Figure } from './measure.js';

const TASKS = 10;
/** Start, tasks, gateway, end. */
const ACTIVATIONS = TASKS + 3;

/** The same model on both engines, from start to end; whole instances, with all events. */
export async function engineFigures(): Promise<readonly Figure[]> {
  const definition = await ourModel();
  const [ours, theirs] = await interleaved(
    7,
    () => repeat(2_000, () => runOurs(definition)),
    () => repeat(20, runTheirs),
  );
  const [oursPerSecond, theirsPerSecond] = [(2_000 * ACTIVATIONS) / ours, (20 * ACTIVATIONS) / theirs];
  return [
    atLeast('engine in memory, start to end', oursPerSecond, 100_000, 'activations/s'),
    atLeast('engine against bpmn-elements 17', oursPerSecond / theirsPerSecond, 300, 'times'),
  ];
}

function repeat(times: number, work: () => void): void {
  for (let index = 0; index < times; index++) work();
}

async function ourModel(): Promise<ProcessDefinition> {
  const started = model('line').start();
  const tasks = Array.from({ length: TASKS }, (_, index) => `t${index}`);
  const withTasks = tasks.reduce((builder, id) => builder.manualTask(id), started);
  return withTasks.exclusiveGateway('choice', { taken: 'default' }).branch('taken').end().build();
}

function runOurs(definition: ProcessDefinition): readonly EngineEvent[] {
  let key = 1000;
  const result = step(
    definition,
    undefined,
    { type: 'createProcessInstance', processInstanceKey: '1000', processDefinitionKey: '1', version: 1, variables: {} },
    { now: 0, timeZone: 'Asia/Shanghai', nextKey: () => String((key += 1)), decisions: () => undefined },
  );
  if (!result.ok || result.state.status !== 'completed') throw new Error('Expected the instance to complete.');
  return result.events;
}

interface Part {
  readonly id: string;
  readonly type: string;
  readonly Behaviour: unknown;
  readonly parent: { readonly id: string; readonly type: string };
  readonly behaviour: Readonly<Record<string, unknown>>;
}

const parent = { id: 'line', type: 'bpmn:Process' };
const part = (id: string, type: string, Behaviour: unknown, behaviour = {}): Part => ({
  id,
  type,
  Behaviour,
  parent,
  behaviour: { id, $type: type, ...behaviour },
});

const activities: readonly Part[] = [
  part('start', 'bpmn:StartEvent', StartEvent),
  ...Array.from({ length: TASKS }, (_, index) => part(`t${index}`, 'bpmn:Task', Task)),
  part('choice', 'bpmn:ExclusiveGateway', ExclusiveGateway, { default: { id: 'to-end' } }),
  part('end', 'bpmn:EndEvent', EndEvent),
];
const flows = activities.slice(1).map((target, index) => ({
  ...part(target.id === 'end' ? 'to-end' : `to-${target.id}`, 'bpmn:SequenceFlow', SequenceFlow),
  sourceId: activities[index]?.id,
  targetId: target.id,
  isDefault: target.id === 'end',
}));
const whole = {
  id: 'line',
  type: 'bpmn:Process',
  Behaviour: Process,
  parent: { id: 'Def' },
  behaviour: { isExecutable: true },
};

/** The parsed form that bpmn-elements asks for, so that its side does no parsing either. */
const parsed = {
  id: 'Def',
  type: 'bpmn:Definitions',
  getProcessById: () => whole,
  getProcesses: () => [whole],
  getExecutableProcesses: () => [whole],
  getActivities: () => activities,
  getActivityById: (id: string) => activities.find((each) => each.id === id),
  getSequenceFlows: () => flows,
  getSequenceFlowById: (id: string) => flows.find((each) => each.id === id),
  getInboundSequenceFlows: (id: string) => flows.filter((flow) => flow.targetId === id),
  getOutboundSequenceFlows: (id: string) => flows.filter((flow) => flow.sourceId === id),
  getAssociations: () => [],
  getInboundAssociations: () => [],
  getOutboundAssociations: () => [],
  getMessageFlows: () => [],
  getTimers: () => [],
  getScripts: () => [],
  getDataObjectById: () => undefined,
  getDataStoreById: () => undefined,
};

function runTheirs(): void {
  let ended = false;
  const definition = new Definition(Context(parsed as never));
  definition.run((error?: Error) => {
    if (error) throw error;
    ended = true;
  });
  if (!ended) throw new Error('Expected bpmn-elements to complete the instance.');
}
