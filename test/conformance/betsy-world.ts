import { singleEventsOf, type ProcessDefinition, type SingleEventDefinition } from '#bpmn';
import type { EngineEvent, Variables } from '#engine';
import { startRun, type Run } from '#testing';

interface Caller {
  readonly run: Run;
  readonly elementInstanceKey: string;
}

interface Instance {
  readonly run: Run;
  readonly caller?: Caller;
  /** Events that have taken effect elsewhere. */
  delivered: number;
}

type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { readonly type: T }>;

/** All process instances of a file, and what crosses from one to another: calls, errors, escalations, signals, messages. */
export class World {
  readonly instances: Instance[] = [];

  constructor(
    private readonly definitions: ReadonlyMap<string, ProcessDefinition>,
    private now: number | undefined = undefined,
  ) {}

  get runs(): readonly Run[] {
    return this.instances.map(({ run }) => run).filter(({ status }) => status === 'active');
  }

  async start(processId: string, variables: Variables, caller?: Caller, startElementId?: string): Promise<Run> {
    const definition = this.definitions.get(processId);
    if (!definition) throw new Error(`Expected the process ${processId} to be deployed but it is not.`);
    const run = await startRun(definition, variables, {
      ...(this.now !== undefined && { now: this.now }),
      ...(startElementId !== undefined && { startElementId }),
      ...(caller && { parent: { processInstanceKey: '1000', elementInstanceKey: caller.elementInstanceKey } }),
    });
    this.now ??= run.now;
    this.instances.push({ run, ...(caller && { caller }), delivered: 0 });
    return run;
  }

  /** Moves the clock of every instance; the timers that are due fire. */
  advance(ms: number): void {
    this.now = (this.now ?? 0) + ms;
    for (const run of this.runs) run.advance(this.now - run.now);
  }

  /** Lets what has happened take effect in other instances; whether anything had to. */
  async deliver(): Promise<boolean> {
    let hasDelivered = false;
    for (const instance of this.instances) {
      const { run, delivered } = instance;
      instance.delivered = run.events.length;
      for (const event of run.events.slice(delivered))
        hasDelivered = (await this.#cross(instance, event)) || hasDelivered;
    }
    return hasDelivered;
  }

  async #cross({ run, caller }: Instance, event: EngineEvent): Promise<boolean> {
    switch (event.type) {
      case 'processCallRequested':
        await this.start(event.bpmnProcessId, event.variables, { run, elementInstanceKey: event.elementInstanceKey });
        return true;
      case 'processCallCanceled':
        return this.#cancelCalled(run, event.elementInstanceKey);
      case 'signalThrown':
        return this.#signal(event);
      case 'messageThrown':
        return this.#message(event);
      default:
        return caller?.run.status === 'active' && toCaller(caller, event);
    }
  }

  #cancelCalled(run: Run, elementInstanceKey: string): boolean {
    const called = this.instances.find(
      ({ caller }) => caller?.run === run && caller.elementInstanceKey === elementInstanceKey,
    );
    if (called?.run.status === 'active') called.run.perform({ type: 'cancelProcessInstance' });
    return true;
  }

  async #signal({ signalName, variables }: EventOf<'signalThrown'>): Promise<boolean> {
    for (const run of this.runs) run.signal(signalName, variables);
    for (const [processId, elementId] of this.#starts('signal', signalName))
      await this.start(processId, variables, undefined, elementId);
    return true;
  }

  async #message({ messageName, correlationKey, variables }: EventOf<'messageThrown'>): Promise<boolean> {
    for (const run of this.runs) {
      const subscriptionKey = openSubscription(run, messageName, correlationKey);
      if (subscriptionKey === undefined) continue;
      run.perform({ type: 'correlateMessage', subscriptionKey, messageKey: '1', variables });
      return true;
    }
    for (const [processId, elementId] of this.#starts('message', messageName))
      await this.start(processId, variables, undefined, elementId);
    return true;
  }

  /** Process and start event of what a message or signal starts. */
  #starts(kind: 'message' | 'signal', name: string): readonly (readonly [string, string])[] {
    return [...this.definitions].flatMap(([processId, { elements, startEvents }]) =>
      startEvents
        .flatMap((index) => elements[index] ?? [])
        .filter((element) => singleEventsOf(element).some((event) => event.kind === kind && nameOf(event) === name))
        .map(({ id }) => [processId, id] as const),
    );
  }
}

function nameOf(event: SingleEventDefinition): string | undefined {
  if (event.kind === 'message') return event.messageName;
  return event.kind === 'signal' ? event.signalName : undefined;
}

function openSubscription({ events, live }: Run, messageName: string, correlationKey: string): string | undefined {
  const opened = events.find(
    (event) =>
      event.type === 'messageSubscriptionCreated' &&
      live.subscriptions.has(event.subscriptionKey) &&
      event.messageName === messageName &&
      event.correlationKey === correlationKey,
  );
  return opened?.type === 'messageSubscriptionCreated' ? opened.subscriptionKey : undefined;
}

/** How a called process ends, or what it throws, reaches the call activity that waits for it. */
function toCaller({ run, elementInstanceKey }: Caller, event: EngineEvent): boolean {
  if (!run.live.calls.get(elementInstanceKey)) return false;
  if (event.type === 'processInstanceCompleted')
    run.perform({ type: 'completeCalledProcess', elementInstanceKey, variables: event.variables });
  else if (event.type === 'errorPropagatedToCaller')
    run.perform({
      type: 'throwCalledProcessError',
      elementInstanceKey,
      errorCode: event.errorCode,
      variables: event.variables,
    });
  else if (event.type === 'escalationPropagatedToCaller')
    run.perform({
      type: 'throwCalledProcessEscalation',
      elementInstanceKey,
      escalationCode: event.escalationCode,
      variables: event.variables,
    });
  else return false;
  return true;
}
