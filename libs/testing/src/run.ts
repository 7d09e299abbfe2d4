import type { ProcessDefinition } from '#bpmn';
import {
  step,
  type Command,
  type EngineEvent,
  type EvaluableDecision,
  type InstanceState,
  type Key,
  type Rejection,
  type StepContext,
  type Variables,
} from '#engine';
import { ModelBuilder } from './model.js';
import { flowText, traceOf } from './trace.js';

export interface RunOptions {
  readonly startElementId?: string;
  readonly startElementIds?: readonly string[];
  readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key };
  readonly decisions?: Readonly<Record<string, EvaluableDecision>>;
  readonly maxInstructions?: number;
  readonly maxPauses?: number;
  readonly maxElements?: number;
  /** Random numbers for FEEL; default none. */
  readonly random?: () => number;
  /** Epoch ms of the pinned clock. */
  readonly now?: number;
  /** Keys count up from here; default 1000. */
  readonly firstKey?: number;
}

const startOfTime = Date.parse('2026-03-02T08:00:00+08:00');
const processInstanceKey = '1000';
const maxRounds = 1_000_000;
/** A run that has not come to rest by then is taken for endless. */
const maxPauses = 20_000;

/** Starts a process instance in memory, with a pinned clock and keys that count up. */
export async function startRun(
  source: ProcessDefinition | ModelBuilder,
  variables: Variables = {},
  options: RunOptions = {},
): Promise<Run> {
  const definition = source instanceof ModelBuilder ? await source.build() : source;
  const run = new Run(definition, options);
  const { startElementId, startElementIds, parent } = options;
  const of = { processInstanceKey, processDefinitionKey: '1', version: 1, variables };
  run.perform({
    type: 'createProcessInstance',
    ...of,
    ...(startElementId !== undefined && { startElementId }),
    ...(startElementIds && { startElementIds }),
    ...(parent && { parent }),
  });
  return run;
}

interface TimedKey {
  readonly key: Key;
  readonly dueAt: number;
}

/** One process instance as specs see it: commands in, events out. A refused command throws. */
export class Run {
  readonly events: EngineEvent[] = [];
  state: InstanceState | undefined;
  now: number;
  #lastKey: number;

  constructor(
    readonly definition: ProcessDefinition,
    private readonly options: RunOptions = {},
  ) {
    this.now = options.now ?? startOfTime;
    this.#lastKey = options.firstKey ?? 1000;
  }

  /** Performs a command and goes on after each pause; returns the events of it. */
  perform(command: Command): readonly EngineEvent[] {
    const before = this.events.length;
    let latest = this.performOnce(command);
    for (let pauses = 0; latest.at(-1)?.type === 'processInstancePaused'; pauses += 1) {
      if (pauses > maxPauses) throw new Error('Expected the run to come to rest but it goes on and on.');
      latest = this.performOnce({ type: 'continueProcessInstance' });
    }
    return this.events.slice(before);
  }

  /** Performs a command without going on after a pause. */
  performOnce(command: Command): readonly EngineEvent[] {
    const before = this.events.length;
    this.#performOnce(command);
    return this.events.slice(before);
  }

  /** The rejection of a command, undefined where it is taken; nothing is performed. */
  rejectionOf(command: Command): Rejection | undefined {
    const result = step(this.definition, this.state, command, this.context());
    return result.ok ? undefined : result.rejection;
  }

  completeUserTask(elementId: string, variables: Variables = {}): readonly EngineEvent[] {
    return this.perform({
      type: 'completeUserTask',
      userTaskKey: this.keyOf('userTasks', elementId),
      variables,
      by: 'clerk',
    });
  }

  completeJob(elementId: string, variables: Variables = {}): readonly EngineEvent[] {
    return this.perform({ type: 'completeJob', jobKey: this.keyOf('jobs', elementId), variables });
  }

  failJob(elementId: string, retries: number): readonly EngineEvent[] {
    return this.perform({ type: 'failJob', jobKey: this.keyOf('jobs', elementId), retries, errorMessage: 'broken' });
  }

  throwJobError(elementId: string, errorCode: string, variables: Variables = {}): readonly EngineEvent[] {
    return this.perform({ type: 'throwJobError', jobKey: this.keyOf('jobs', elementId), errorCode, variables });
  }

  correlate(messageName: string, variables: Variables = {}): readonly EngineEvent[] {
    const subscriptionKey =
      this.#subscriptions('message', messageName)[0] ?? missing(`a subscription to message ${messageName}`);
    return this.perform({ type: 'correlateMessage', subscriptionKey, messageKey: this.#nextKey(), variables });
  }

  signal(signalName: string, variables: Variables = {}): void {
    for (const subscriptionKey of this.#subscriptions('signal', signalName)) {
      if (this.live.subscriptions.has(subscriptionKey))
        this.perform({ type: 'receiveSignal', subscriptionKey, variables });
    }
  }

  resolveIncident(elementId: string): readonly EngineEvent[] {
    return this.perform({ type: 'resolveIncident', incidentKey: this.keyOf('incidents', elementId) });
  }

  /** Moves the clock and fires the timers that fall due, each at its time. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (let due = this.#nextTimer(until); due; due = this.#nextTimer(until)) {
      this.now = Math.max(this.now, due.dueAt);
      this.perform({ type: 'triggerTimer', timerKey: due.key });
    }
    this.now = until;
  }

  get live(): InstanceState {
    return this.state ?? missing('a state');
  }

  get status(): InstanceState['status'] {
    return this.live.status;
  }

  flowsTaken(): readonly string[] {
    return this.events.flatMap((event) => (event.type === 'sequenceFlowTaken' ? [flowText(event.flowId)] : []));
  }

  /** All events in short: `check activating`, `flow big`, `userTaskCreated approve`. */
  trace(): readonly string[] {
    return traceOf(this.events);
  }

  activeElements(): readonly string[] {
    return this.live.elements
      .values()
      .filter(({ elementType }) => elementType !== 'process')
      .map(({ elementId }) => elementId);
  }

  /** Tokens that wait before the joins of the process, by element and flow. */
  tokens(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    return this.live.elements.get(processInstanceKey)?.tokens ?? {};
  }

  /** Own variables of an element, of the process where none is named; after the end those it ended with. */
  variables(elementId?: string): Variables {
    const key = elementId === undefined ? processInstanceKey : this.elementKey(elementId);
    const ended = this.events.findLast((event) => event.type === 'processInstanceCompleted');
    return (elementId === undefined ? ended?.variables : undefined) ?? this.live.variables.get(key) ?? {};
  }

  incidents(): readonly string[] {
    const { elements, incidents: open } = this.live;
    return open
      .values()
      .map(({ elementInstanceKey, errorType }) => `${elements.get(elementInstanceKey)?.elementId ?? ''} ${errorType}`);
  }

  elementKey(elementId: string): Key {
    return (
      this.live.elements.values().find((instance) => instance.elementId === elementId)?.key ??
      missing(`an active ${elementId}`)
    );
  }

  keyOf(kind: 'userTasks' | 'jobs' | 'incidents' | 'calls', elementId: string): Key {
    const entries: Iterable<readonly [Key, { readonly elementInstanceKey: Key }]> = this.live[kind];
    const found = [...entries].find(
      ([, { elementInstanceKey }]) => this.live.elements.get(elementInstanceKey)?.elementId === elementId,
    );
    return found?.[0] ?? missing(`one of ${kind} at ${elementId}`);
  }

  context(): StepContext {
    const { decisions, maxInstructions, maxPauses, maxElements, random } = this.options;
    return {
      now: this.now,
      timeZone: 'Asia/Shanghai',
      nextKey: () => this.#nextKey(),
      decisions: (decisionId) => decisions?.[decisionId],
      ...(maxInstructions !== undefined && { maxInstructions }),
      maxPauses: maxPauses ?? maxRounds,
      ...(maxElements !== undefined && { maxElements }),
      ...(random && { random }),
    };
  }

  #performOnce(command: Command): void {
    const result = step(this.definition, this.state, command, this.context());
    if (!result.ok) throw new Error(`${command.type} was refused: ${result.rejection.message}`);
    this.events.push(...result.events);
    this.state = result.state;
  }

  #nextKey(): Key {
    this.#lastKey += 1;
    return String(this.#lastKey);
  }

  #nextTimer(until: number): TimedKey | undefined {
    const due = [...this.live.timers].map(([key, { dueAt }]) => ({ key, dueAt }));
    return due.filter(({ dueAt }) => dueAt <= until).toSorted((a, b) => a.dueAt - b.dueAt)[0];
  }

  #subscriptions(kind: 'message' | 'signal', name: string): readonly Key[] {
    return [...this.live.subscriptions]
      .filter(([, each]) => each.kind === kind && each.name === name)
      .map(([key]) => key);
  }
}

function missing(what: string): never {
  throw new Error(`Expected ${what} but there is none.`);
}
