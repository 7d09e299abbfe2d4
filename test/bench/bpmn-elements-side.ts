import * as untyped from 'bpmn-elements';
import {
  Context,
  Definition,
  EndEvent,
  ExclusiveGateway,
  ParallelGateway,
  Process,
  SequenceFlow,
  SignalTask,
  StartEvent,
  Task,
} from 'bpmn-elements';
import { BpmnModdle } from 'bpmn-moddle';
import type { Side } from './engine-side.js';

/** Exported, but not declared. */
const { MultiInstanceLoopCharacteristics, StandardLoopCharacteristics } = untyped as unknown as Readonly<
  Record<string, unknown>
>;

interface Moddle {
  readonly id: string;
  readonly $type: string;
  readonly rootElements?: readonly Moddle[];
  readonly flowElements?: readonly Moddle[];
  readonly sourceRef?: Moddle;
  readonly targetRef?: Moddle;
  readonly loopCharacteristics?: Moddle & {
    readonly loopCardinality?: { readonly body: string };
    readonly loopMaximum?: string;
  };
}

/** What runs an element there; a manual task passes through on both sides. */
const behaviours: Readonly<Record<string, unknown>> = {
  'bpmn:StartEvent': StartEvent,
  'bpmn:EndEvent': EndEvent,
  'bpmn:ManualTask': Task,
  'bpmn:UserTask': SignalTask,
  'bpmn:ParallelGateway': ParallelGateway,
  'bpmn:ExclusiveGateway': ExclusiveGateway,
};

/** Runs the model by bpmn-elements, from the parsed form that it asks for. */
export async function bpmnElementsSide(xml: string): Promise<Side> {
  const parsed = await parsedForm(xml);
  return { run: () => void run(parsed), completed: () => completedIn(parsed) };
}

interface Running {
  signal(message: { readonly id: string }): void;
  readonly broker: Broker;
  getActivityById(id: string): { readonly broker: Broker };
  run(callback: (error?: Error) => void): void;
}

interface Broker {
  subscribeTmp(
    exchange: string,
    pattern: string,
    onMessage: (key: string, message: { readonly content: { readonly id: string } }) => void,
    options: { readonly noAck: true },
  ): void;
}

function create(parsed: unknown): Running {
  return new Definition(Context(parsed as never)) as unknown as Running;
}

/** From start to end; what waits for a person is done at once. */
function run(parsed: ParsedForm, running = create(parsed)): void {
  let hasEnded = false;
  running.run((error) => {
    if (error) throw error;
    hasEnded = true;
  });
  for (const id of parsed.userTasks) running.signal({ id });
  if (!hasEnded) throw new Error('Expected bpmn-elements to complete the instance.');
}

/** How often each element completed, its iterations too. */
function completedIn(parsed: ParsedForm): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
  const running = create(parsed);
  const noAck = { noAck: true } as const;
  running.broker.subscribeTmp('event', 'activity.leave', (_key, { content }) => count(content.id), noAck);
  for (const id of parsed.loops)
    running.getActivityById(id).broker.subscribeTmp('execution', 'execute.iteration.completed', () => count(id), noAck);
  run(parsed, running);
  return counts;
}

const definitions = { id: 'Def', $type: 'bpmn:Definitions' };

type ParsedForm = Awaited<ReturnType<typeof parsedForm>>;

async function parsedForm(xml: string) {
  const { rootElement } = (await new BpmnModdle({}).fromXML(xml)) as { readonly rootElement: Moddle };
  const process = rootElement.rootElements?.find(({ $type }) => $type === 'bpmn:Process');
  if (!process) throw new Error('Expected a process in the model.');
  const elements = process.flowElements ?? [];
  const activities = elements
    .filter(({ $type }) => $type !== 'bpmn:SequenceFlow')
    .map((each) => activity(process, each));
  const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow').map((each) => flow(process, each));
  const whole = { ...part(definitions, process, Process), behaviour: { isExecutable: true } };
  return {
    id: 'Def',
    type: 'bpmn:Definitions',
    userTasks: activities.filter(({ type }) => type === 'bpmn:UserTask').map(({ id }) => id),
    loops: elements.filter(({ loopCharacteristics }) => loopCharacteristics).map(({ id }) => id),
    ...processReader(whole),
    ...activityReader(activities),
    ...flowReader(flows),
    ...nothingElse,
  };
}

interface Identified {
  readonly id: string;
}

const processReader = (whole: Identified) => ({
  getProcessById: () => whole,
  getProcesses: () => [whole],
  getExecutableProcesses: () => [whole],
});

function activityReader<T extends Identified>(activities: readonly T[]) {
  const byId = new Map(activities.map((each) => [each.id, each]));
  return { getActivities: () => activities, getActivityById: (id: string) => byId.get(id) };
}

function flowReader(flows: readonly ReturnType<typeof flow>[]) {
  const byId = new Map(flows.map((each) => [each.id, each]));
  return {
    getSequenceFlows: () => flows,
    getSequenceFlowById: (id: string) => byId.get(id),
    getInboundSequenceFlows: (id: string) => flows.filter(({ targetId }) => targetId === id),
    getOutboundSequenceFlows: (id: string) => flows.filter(({ sourceId }) => sourceId === id),
  };
}

const none = (): readonly never[] => [];
const nothingElse = {
  getAssociations: none,
  getInboundAssociations: none,
  getOutboundAssociations: none,
  getMessageFlows: none,
  getTimers: none,
  getScripts: none,
  getDataObjectById: () => undefined,
  getDataStoreById: () => undefined,
};

function part(parent: Identified & { readonly $type: string }, { id, $type }: Moddle, Behaviour: unknown) {
  return { id, type: $type, Behaviour, parent: { id: parent.id, type: parent.$type } };
}

function activity(parent: Moddle, element: Moddle) {
  const { id, $type, loopCharacteristics: loop } = element;
  const behaviour = { id, $type, ...(loop && { loopCharacteristics: loopOf(loop) }) };
  return { ...part(parent, element, behaviours[$type]), behaviour };
}

function flow(parent: Moddle, element: Moddle) {
  const { id, $type, sourceRef, targetRef } = element;
  const ends = { sourceId: sourceRef?.id, targetId: targetRef?.id };
  return { ...part(parent, element, SequenceFlow), ...ends, behaviour: { id, $type } };
}

function loopOf({ $type, loopCardinality, loopMaximum }: NonNullable<Moddle['loopCharacteristics']>) {
  if ($type === 'bpmn:StandardLoopCharacteristics')
    return { type: $type, Behaviour: StandardLoopCharacteristics, behaviour: { loopMaximum } };
  const behaviour = { loopCardinality: loopCardinality?.body.replace(/^=/, '') };
  return { type: $type, Behaviour: MultiInstanceLoopCharacteristics, behaviour };
}
