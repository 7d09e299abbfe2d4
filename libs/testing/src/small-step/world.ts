import type { BpmnElement, ElementIndex, FlowIndex, ProcessDefinition, SequenceFlow } from '#bpmn';

/** Ready: its token has arrived. Active: it waits or holds others. Leaving: its work is done. BPMN 2.0.2, 13.3.2. */
export type Stage = 'ready' | 'active' | 'leaving';

export type Variables = Record<string, unknown>;

/** Something that can happen to an instance from outside, or when its condition comes to hold. */
export interface Listening {
  readonly event: ElementIndex;
  /** Which of the definitions of a multiple event. */
  readonly index: number;
  /** Of a cycle: how often it still happens. */
  left?: number;
  /** Of a condition: whether it held when it was last asked. */
  holds?: boolean;
  /** Of a parallel multiple event: it waits for the others. */
  hasHappened?: boolean;
}

/** What completed and can be compensated. */
export interface Completed {
  readonly element: ElementIndex;
  readonly variables: Variables;
  readonly inner: Completed[];
  /** Moment of completion; handlers run in reverse order of it. */
  readonly at: number;
  /** Of a pending one: the instance of the scope in which it completed. */
  scope?: number;
  /** A sub-process that was cancelled before it completed. */
  readonly isPartial?: boolean;
}

/** One instance of a flow node or scope. Mutable: every step works on a copy of the whole state. */
export interface Instance {
  readonly id: number;
  readonly element: ElementIndex;
  readonly scope?: number;
  stage: Stage;
  /** When it came to its stage; only for the order in which steps are tried. */
  at: number;
  /** Its step failed and is tried again when somebody asks for that. */
  isStuck?: boolean;
  /** Of one run of a loop. */
  readonly counter?: number;
  variables: Variables;
  /** Of a scope: the tokens on its sequence flows. */
  tokens: { readonly flow: FlowIndex; readonly at: number }[];
  /** Of a scope: complex gateways that wait for reset, with the flows whose token they have consumed. */
  consumed: Record<ElementIndex, FlowIndex[]>;
  listening: Listening[];
  completed: Completed[];
  /** Of the body of a loop. */
  loop?: { readonly items: readonly unknown[]; started: number; ended: number; cancelled?: number };
  /** Of an ad-hoc sub-process. */
  chosen: ElementIndex[];
  isEnding?: boolean;
  /** Of who compensates. */
  compensation?: { pending: Completed[]; running?: number; readonly hasLeft?: boolean };
  /** Of a handler, or of a scope that is there again to be compensated: who waits for it. */
  readonly compensates?: number;
  readonly isRemade?: boolean;
  /** Of such a scope: it was cancelled before it completed, so that it has no handler of its own. */
  readonly isPartial?: boolean;
  isCancelled?: boolean;
}

export interface State {
  status: 'active' | 'completed' | 'terminated';
  instances: Instance[];
  /** Messages and signals thrown since the last choice from outside. */
  thrown: string[];
  clock: number;
}

/** A definition and one state of it. */
export interface World {
  readonly definition: ProcessDefinition;
  readonly state: State;
}

export function newWorld(definition: ProcessDefinition): World {
  return { definition, state: { status: 'active', instances: [], thrown: [], clock: 0 } };
}

/** States hold JSON values alone. */
export function copyOf({ definition, state }: World): World {
  return { definition, state: JSON.parse(JSON.stringify(state)) as State };
}

export function elementAt({ definition }: Pick<World, 'definition'>, index: ElementIndex): BpmnElement {
  return definition.elements[index] ?? missing(`element ${index}`);
}

export function flowAt({ definition }: Pick<World, 'definition'>, index: FlowIndex): SequenceFlow {
  return definition.flows[index] ?? missing(`flow ${index}`);
}

export function elementOf(world: World, { element }: Instance): BpmnElement {
  return elementAt(world, element);
}

export function find({ state }: World, id: number | undefined): Instance | undefined {
  return state.instances.find((each) => each.id === id);
}

export function get(world: World, id: number | undefined): Instance {
  return find(world, id) ?? missing(`instance ${id ?? ''}`);
}

export function childrenOf({ state }: World, { id }: Instance): readonly Instance[] {
  return state.instances.filter(({ scope }) => scope === id);
}

/** The instance that holds all runs of a loop. */
export function isBody(world: World, instance: Instance): boolean {
  const { multiInstance, standardLoop } = elementOf(world, instance);
  return (multiInstance ?? standardLoop) !== undefined && instance.counter === undefined && !instance.isRemade;
}

export function tick({ state }: World): number {
  state.clock += 1;
  return state.clock;
}

type Details = Pick<Instance, 'counter' | 'compensates' | 'isRemade' | 'isPartial'> & {
  readonly stage?: Stage;
  readonly variables?: Variables;
  readonly completed?: Completed[];
};

/** Makes an instance; what it does is a step of its own. */
export function begin(world: World, element: ElementIndex, scope: number | undefined, details: Details = {}): Instance {
  const at = tick(world);
  const instance: Instance = {
    id: at,
    element,
    ...(scope !== undefined && { scope }),
    stage: 'ready',
    at,
    variables: {},
    tokens: [],
    consumed: {},
    listening: [],
    completed: [],
    chosen: [],
    ...details,
  };
  world.state.instances.push(instance);
  return instance;
}

export function toStage(world: World, instance: Instance, stage: Stage): void {
  instance.stage = stage;
  instance.at = tick(world);
}

/** Takes an instance with all that lives in it away; who compensates with it goes on. BPMN 2.0.2, 13.3.2, "Terminated". */
export function remove(world: World, instance: Instance): void {
  for (const child of childrenOf(world, instance)) remove(world, child);
  world.state.instances.splice(world.state.instances.indexOf(instance), 1);
  const worker = find(world, instance.compensates);
  if (worker?.compensation?.running === instance.id) delete worker.compensation.running;
}

/** Ends all that runs in a scope, tokens included. */
export function empty(world: World, scope: Instance): void {
  for (const child of childrenOf(world, scope)) remove(world, child);
  scope.tokens = [];
  scope.consumed = {};
}

export function missing(what: string): never {
  throw new Error(`Expected ${what} in the small-step model but there is none.`);
}
