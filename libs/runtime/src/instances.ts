import { singleEventsOf, type SingleEventDefinition } from '#bpmn';
import type { Command, Key, Variables } from '#engine';
import { replay } from '#engine';
import type { Definitions, LoadedDefinition } from './definitions.js';
import { startEventOf } from './definitions.js';
import { formatNumber, yearOf } from './numbers.js';
import type { Decision, InstanceRecord, Outcome, RowWrite, RuntimeRejection, RuntimeStore, Unit } from './ports.js';
import type { CreateInstanceRequest, ExecuteReply, ExecuteRequest, StartReply } from './runtime.js';
import { stepInstance } from './stepping.js';
import type { World } from './stepping.js';

export interface InstancesOptions {
  readonly store: RuntimeStore;
  readonly definitions: Definitions;
  readonly world: () => World;
  /** Pattern of a series of business numbers. */
  readonly numberPattern: (series: string) => string;
}

/** An instance that another one starts. */
export interface StartContext {
  readonly parent?: { readonly record: InstanceRecord; readonly elementInstanceKey: Key };
  /** Case that it joins, unless its process is a case itself. */
  readonly inherited?: { readonly caseKey: string | null; readonly caseNo: string | null };
  readonly startMessageName?: string;
  readonly startCorrelationKey?: string;
  readonly extraWrites?: readonly RowWrite[];
  /** Epoch that claimed what starts it. */
  readonly claim?: number;
}

const reject = (
  code: RuntimeRejection['code'],
  message: string,
): { readonly ok: false; readonly rejection: RuntimeRejection } => ({ ok: false, rejection: { code, message } });
const DEFINITION_KEYS_KEPT = 50_000;

/** Starts and moves process instances: the two units of work that step the engine. */
export class Instances {
  private readonly definitionKeys = new Map<Key, Key>();

  constructor(private readonly options: InstancesOptions) {}

  async execute(request: ExecuteRequest): Promise<Outcome<ExecuteReply>> {
    const instanceKey = request.instanceKey ?? (await this.instanceOf(request.command));
    if (instanceKey === undefined) return this.notFound(request.command);
    const loaded = await this.definitionOf(instanceKey);
    if (!loaded) return reject('notFound', `Expected process instance ${instanceKey} to exist but it does not.`);
    await this.options.store.reserveKeys();
    const outcome = await this.options.store.commit(this.stepUnit(instanceKey, loaded, request));
    return outcome.ok || outcome.rejection.code !== 'notFound' ? outcome : this.explain(request.command, outcome);
  }

  async create(request: CreateInstanceRequest, context: StartContext = {}): Promise<Outcome<StartReply>> {
    const loaded = await this.wanted(request);
    if (!loaded)
      return reject(
        'notFound',
        `Expected the process ${request.bpmnProcessId ?? request.processDefinitionKey}${request.version === undefined ? '' : ` version ${request.version}`} to be deployed but it is not.`,
      );
    const startElementId = startElementOf(loaded, request);
    if (startElementId === null)
      return reject(
        'notFound',
        `Expected a start event for the message ${request.startMessage} in ${loaded.stored.bpmnProcessId} but there is none.`,
      );
    await this.options.store.reserveKeys();
    const key = request.processInstanceKey ?? this.options.store.nextKey();
    this.remember(key, loaded.stored.key);
    return this.options.store.commit(this.createUnit({ key, loaded, request, context, startElementId }));
  }

  private stepUnit(instanceKey: Key, loaded: LoadedDefinition, request: ExecuteRequest): Unit<ExecuteReply> {
    const { command, writes, idempotencyKey, by, claim } = request;
    return {
      instanceKey,
      ...(claim === undefined ? {} : { claim }),
      ...idempotency(idempotencyKey, by),
      decide: ({ instance }) => {
        if (!instance) return reject('notFound', `Expected process instance ${instanceKey} to exist but it does not.`);
        if (instance.record.state !== 'ACTIVE')
          return reject(
            'notFound',
            `Expected process instance ${instanceKey} to be ACTIVE but it is ${instance.record.state}.`,
          );
        const before =
          instance.tail.length || !instance.snapshot ? replay(instance.tail, instance.snapshot) : instance.snapshot;
        const stepped = stepInstance({
          loaded,
          before,
          record: instance.record,
          command,
          world: this.options.world(),
          ...(writes ? { writes } : {}),
        });
        if (!stepped.ok) return stepped;
        return {
          ok: true,
          reply: { instanceKey, caseNo: stepped.record.caseNo, status: stepped.state.status },
          changes: stepped.changes,
        };
      },
    };
  }

  private createUnit(start: {
    key: Key;
    loaded: LoadedDefinition;
    request: CreateInstanceRequest;
    context: StartContext;
    startElementId: string | undefined;
  }): Unit<StartReply> {
    const { key, request } = start;
    const number = this.caseNumberOf(start.loaded, request);
    return {
      instanceKey: key,
      ...(start.context.claim === undefined ? {} : { claim: start.context.claim }),
      ...idempotency(request.idempotencyKey, request.by),
      ...(number ? { series: [{ series: number.series, year: number.year }] } : {}),
      decide: (given) => {
        if (given.instance) return reject('alreadyExists', `Expected no process instance ${key} but there is one.`);
        const world = this.options.world();
        const drawn =
          number &&
          formatNumber(
            number.pattern,
            given.draw(number.series, number.year),
            world.evaluation.now,
            world.evaluation.timeZone,
          );
        return this.decideCreate(
          start,
          world,
          drawn && number ? { value: drawn, variable: number.variable } : undefined,
        );
      },
    };
  }

  private decideCreate(
    {
      key,
      loaded,
      request,
      context,
      startElementId,
    }: {
      key: Key;
      loaded: LoadedDefinition;
      request: CreateInstanceRequest;
      context: StartContext;
      startElementId: string | undefined;
    },
    world: World,
    number: { readonly value: string; readonly variable: string } | undefined,
  ): Decision<StartReply> {
    const record = newRecord(key, loaded, request, context, number?.value, world);
    const variables: Variables = { ...request.variables, ...(number ? { [number.variable]: number.value } : {}) };
    const command: Command = {
      type: 'createProcessInstance',
      processInstanceKey: key,
      processDefinitionKey: loaded.stored.key,
      version: loaded.stored.version,
      variables,
      ...(startElementId === undefined ? {} : { startElementId }),
      ...(context.parent
        ? {
            parent: {
              processInstanceKey: context.parent.record.key,
              elementInstanceKey: context.parent.elementInstanceKey,
            },
          }
        : {}),
      ...(request.by === undefined ? {} : { by: request.by }),
    };
    const writes = [
      ...(request.writes?.({ processInstanceKey: key, caseNo: record.caseNo }) ?? []),
      ...(context.extraWrites ?? []),
    ];
    const stepped = stepInstance({ loaded, before: undefined, record, command, writes, world });
    if (!stepped.ok) return stepped;
    const { bpmnProcessId, version, key: processDefinitionKey } = loaded.stored;
    return {
      ok: true,
      reply: {
        processInstanceKey: key,
        processDefinitionKey,
        bpmnProcessId,
        version,
        caseNo: record.caseNo,
        status: stepped.state.status,
      },
      changes: stepped.changes,
    };
  }

  private caseNumberOf(loaded: LoadedDefinition, request: CreateInstanceRequest) {
    const series = request.caseNumber?.series ?? loaded.caseSeries;
    if (series === undefined) return undefined;
    const { now, timeZone } = this.options.world().evaluation;
    return {
      series,
      pattern: request.caseNumber?.pattern ?? this.options.numberPattern(series),
      variable: request.caseNumber?.variable ?? 'caseNo',
      year: yearOf(now, timeZone),
    };
  }

  private async wanted({
    processDefinitionKey,
    bpmnProcessId,
    version,
  }: CreateInstanceRequest): Promise<LoadedDefinition | undefined> {
    const { definitions, store } = this.options;
    if (processDefinitionKey !== undefined) return definitions.byKey(processDefinitionKey);
    if (bpmnProcessId === undefined) return undefined;
    const stored =
      version === undefined
        ? await store.reads.latestDefinition(bpmnProcessId)
        : await store.reads.definitionByVersion(bpmnProcessId, version);
    return stored && definitions.byKey(stored.key);
  }

  private async definitionOf(instanceKey: Key): Promise<LoadedDefinition | undefined> {
    const known =
      this.definitionKeys.get(instanceKey) ??
      (await this.options.store.reads.instanceRecord(instanceKey))?.processDefinitionKey;
    if (known === undefined) return undefined;
    this.remember(instanceKey, known);
    return this.options.definitions.byKey(known);
  }

  private remember(instanceKey: Key, definitionKey: Key): void {
    this.definitionKeys.set(instanceKey, definitionKey);
    if (this.definitionKeys.size > DEFINITION_KEYS_KEPT)
      this.definitionKeys.delete(this.definitionKeys.keys().next().value!);
  }

  private async instanceOf(command: Command): Promise<Key | undefined> {
    const target = targetOf(command);
    if (!target) return undefined;
    const { reads } = this.options.store;
    const found = await reads.instanceOf(target.kind, target.key);
    return found ?? (target.kind === 'element' ? (await reads.instanceRecord(target.key))?.key : undefined);
  }

  private notFound(command: Command): Outcome<never> {
    const target = targetOf(command);
    return reject(
      'notFound',
      `Expected ${target ? `${WORDS[target.kind]} ${target.key}` : 'a process instance'} to exist but it does not.`,
    );
  }

  /** The engine knows only what is alive: a task or job that has ended is `invalidState`, one that never was `notFound`. */
  private async explain(command: Command, outcome: Outcome<ExecuteReply>): Promise<Outcome<ExecuteReply>> {
    const target = targetOf(command);
    if (!target || (await this.options.store.reads.instanceOf(target.kind, target.key)) === undefined) return outcome;
    return reject('invalidState', `Expected ${WORDS[target.kind]} ${target.key} to be open but it has ended.`);
  }
}

const WORDS = { userTask: 'user task', job: 'job', incident: 'incident', element: 'scope', timer: 'timer' } as const;

function targetOf(command: Command): { readonly kind: keyof typeof WORDS; readonly key: Key } | undefined {
  if ('userTaskKey' in command) return { kind: 'userTask', key: command.userTaskKey };
  if ('jobKey' in command) return { kind: 'job', key: command.jobKey };
  if ('incidentKey' in command) return { kind: 'incident', key: command.incidentKey };
  if ('timerKey' in command) return { kind: 'timer', key: command.timerKey };
  if ('scopeKey' in command) return { kind: 'element', key: command.scopeKey };
  if ('elementInstanceKey' in command) return { kind: 'element', key: command.elementInstanceKey };
  return undefined;
}

const idempotency = (key: string | undefined, account: string | undefined) =>
  key === undefined ? {} : { idempotency: { key, account: account ?? '' } };

/** Undefined: the none start event; null: the message that was asked for has none. */
function startElementOf(
  { process }: LoadedDefinition,
  { startElementId, startMessage }: CreateInstanceRequest,
): string | undefined | null {
  if (startElementId !== undefined || startMessage === undefined) return startElementId;
  const isStarted = (event: SingleEventDefinition) => event.kind === 'message' && event.messageName === startMessage;
  return startEventOf(process, (element) => singleEventsOf(element).some(isStarted))?.id ?? null;
}

/** The record of an instance that begins. A case key travels from its cause unless the process is a case of its own. */
function newRecord(
  key: Key,
  loaded: LoadedDefinition,
  request: CreateInstanceRequest,
  context: StartContext,
  number: string | undefined,
  world: World,
): InstanceRecord {
  const isCase = number !== undefined;
  const parent = context.parent;
  const joined = context.inherited ?? parent?.record;
  return {
    key,
    processDefinitionKey: loaded.stored.key,
    bpmnProcessId: loaded.stored.bpmnProcessId,
    version: loaded.stored.version,
    setId: loaded.stored.setId,
    caseKey: isCase ? (request.caseKey ?? key) : (request.caseKey ?? joined?.caseKey ?? null),
    caseNo: number ?? request.caseNo ?? joined?.caseNo ?? null,
    title: null,
    publicState: null,
    drill: request.drill ?? parent?.record.drill ?? false,
    hasIncident: false,
    state: 'ACTIVE',
    revision: 0,
    position: 0,
    parentInstanceKey: parent?.record.key ?? null,
    parentElementInstanceKey: parent?.elementInstanceKey ?? null,
    rootInstanceKey: parent?.record.rootInstanceKey ?? key,
    startMessageName: context.startMessageName ?? null,
    startCorrelationKey: context.startCorrelationKey || null,
    startedBy: request.by ?? null,
    startAt: world.evaluation.now,
    endAt: null,
  };
}
