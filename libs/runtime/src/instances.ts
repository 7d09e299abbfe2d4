import type { Command, Key } from '#engine';
import { replay } from '#engine';
import type { Cascade } from './cascades.js';
import { outboxRows } from './outbox-rows.js';
import { idempotencyOf, targetOf, targetWords } from './command-targets.js';
import { KnownTargets } from './known-targets.js';
import type { Definitions, LoadedDefinition } from './definitions.js';
import type { MigrateInstanceRequest } from './operations.js';
import type {
  CommittedUnit,
  Decision,
  Given,
  InstanceRecord,
  Outcome,
  RowOperation,
  RowWrite,
  RuntimeStore,
  StoredInstance,
  Unit,
} from './ports.js';
import { reject } from './rejections.js';
import type { CreateInstanceRequest, ExecuteReply, ExecuteRequest, StartReply } from './runtime.js';
import { createUnit, startElementOf, type StartContext } from './starting.js';
import { stepKnowingCallers } from './callers.js';
import type { Stepped, World } from './stepping.js';

export interface InstancesOptions {
  readonly store: RuntimeStore;
  readonly definitions: Definitions;
  readonly world: (cascade?: Cascade) => World;
  readonly wallClock: () => number;
  /** Pattern of a series of business numbers. */
  readonly numberPattern: (series: string) => string;
}

interface Step {
  readonly loaded: LoadedDefinition;
  readonly instance: StoredInstance;
  readonly record: InstanceRecord;
  readonly command: Command;
  readonly writes: readonly RowWrite[] | undefined;
  readonly query: Given['query'];
  readonly cascade?: Cascade | undefined;
  /** What the command asks of the outside. */
  readonly effects?: readonly RowOperation[];
}

function refusalOf(key: Key, instance: StoredInstance | undefined) {
  if (!instance) return reject('notFound', `Expected process instance ${key} to exist but it does not.`);
  const { state } = instance.record;
  if (state === 'ACTIVE') return undefined;
  return reject('notFound', `Expected process instance ${key} to be ACTIVE but it is ${state}.`);
}

function decided(stepped: Stepped, { record, effects = [] }: Step): Decision<ExecuteReply> {
  if (!stepped.ok) return stepped;
  const reply = { instanceKey: record.key, caseNo: stepped.record.caseNo, status: stepped.state.status };
  const { changes } = stepped;
  return { ok: true, reply, changes: { ...changes, rows: [...(changes.rows ?? []), ...effects] } };
}

const DEFINITION_KEYS_KEPT = 50_000;

/** Starts and moves process instances: the two units of work that step the engine. */
export class Instances {
  private readonly definitionKeys = new Map<Key, Key>();
  private readonly targets = new KnownTargets();

  constructor(private readonly options: InstancesOptions) {}

  /** What was committed is found again without a read. */
  take(units: readonly CommittedUnit[]): void {
    this.targets.take(units);
  }

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
    return this.options.store.commit(createUnit({ key, loaded, request, context, startElementId }, this.options));
  }

  private stepUnit(instanceKey: Key, loaded: LoadedDefinition, request: ExecuteRequest): Unit<ExecuteReply> {
    const { command, writes, idempotencyKey, by, claim, cascade } = request;
    const rows = outboxRows(request.deliveries ?? [], instanceKey, this.options);
    const effects = rows.map((row) => ({ insert: 'outbox', row }));
    return {
      kind: command.type,
      lane: loaded.stored.bpmnProcessId,
      instanceKey,
      ...(claim === undefined ? {} : { claim }),
      ...idempotencyOf(idempotencyKey, by),
      decide: ({ instance, query }) => {
        const refusal = refusalOf(instanceKey, instance);
        if (refusal || !instance) return refusal!;
        const { record } = instance;
        if (record.processDefinitionKey === loaded.stored.key)
          return this.step({ loaded, instance, record, command, writes, effects, query, cascade });
        return this.stepAfterMigration({ instance, record, command, writes, effects, query, cascade });
      },
    };
  }

  /** The instance runs on another definition than the one remembered here. */
  private async stepAfterMigration(request: Omit<Step, 'loaded'>): Promise<Decision<ExecuteReply>> {
    const { key, processDefinitionKey } = request.record;
    this.remember(key, processDefinitionKey);
    const loaded = await this.options.definitions.byKey(processDefinitionKey);
    if (!loaded)
      throw new Error(`Expected process definition ${processDefinitionKey} of instance ${key} to be stored.`);
    return this.step({ ...request, loaded });
  }

  private step(request: Step): Decision<ExecuteReply> | Promise<Decision<ExecuteReply>> {
    const { loaded, instance, record, command, writes, query, cascade } = request;
    const before =
      instance.tail.length || !instance.snapshot ? replay(instance.tail, instance.snapshot) : instance.snapshot;
    const world = this.options.world(cascade);
    const stepped = stepKnowingCallers(
      { loaded, before, record, command, world, ...(writes ? { writes } : {}) },
      this.options.definitions,
      query,
    );
    return stepped instanceof Promise ? stepped.then((one) => decided(one, request)) : decided(stepped, request);
  }

  /** Takes an instance to another definition, whose forms and decisions it uses from then on. */
  async migrate(request: MigrateInstanceRequest): Promise<Outcome<ExecuteReply>> {
    const { instanceKey, targetDefinitionKey, mappings, writes, by } = request;
    const target = await this.options.definitions.byKey(targetDefinitionKey);
    if (!target)
      return reject('notFound', `Expected process definition ${targetDefinitionKey} to be deployed but it is not.`);
    await this.options.store.reserveKeys();
    const { key, bpmnProcessId, version, setId } = target.stored;
    const outcome = await this.options.store.commit<ExecuteReply>({
      instanceKey,
      decide: async ({ instance, query }) => {
        const refusal = refusalOf(instanceKey, instance);
        if (refusal || !instance) return refusal!;
        const source = await this.options.definitions.byKey(instance.record.processDefinitionKey);
        if (!source) throw new Error(`Expected the process definition of instance ${instanceKey} to be stored.`);
        return this.step({
          loaded: target,
          instance,
          record: { ...instance.record, processDefinitionKey: key, bpmnProcessId, version, setId },
          command: {
            type: 'migrateProcessInstance',
            source: source.process,
            processDefinitionKey: key,
            version,
            mappings,
            ...(by === undefined ? {} : { by }),
          },
          writes,
          query,
        });
      },
    });
    if (outcome.ok) this.remember(instanceKey, key);
    return outcome;
  }

  private async wanted({
    processDefinitionKey,
    bpmnProcessId,
    version,
  }: CreateInstanceRequest): Promise<LoadedDefinition | undefined> {
    const { definitions, store } = this.options;
    if (processDefinitionKey !== undefined) return definitions.byKey(processDefinitionKey);
    if (bpmnProcessId === undefined) return undefined;
    if (version === undefined) return definitions.latest(bpmnProcessId);
    const stored = await store.reads.definitionByVersion(bpmnProcessId, version);
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
    const found = this.targets.instanceOf(target.kind, target.key) ?? (await reads.instanceOf(target.kind, target.key));
    if (found !== undefined) this.targets.remember(target.kind, target.key, found);
    return found ?? (target.kind === 'element' ? (await reads.instanceRecord(target.key))?.key : undefined);
  }

  private notFound(command: Command): Outcome<never> {
    const target = targetOf(command);
    return reject(
      'notFound',
      `Expected ${target ? `${targetWords[target.kind]} ${target.key}` : 'a process instance'} to exist but it does not.`,
    );
  }

  /** The engine knows only what is alive: a task or job that has ended is `invalidState`, one that never was `notFound`. */
  private async explain(command: Command, outcome: Outcome<ExecuteReply>): Promise<Outcome<ExecuteReply>> {
    const target = targetOf(command);
    if (!target || (await this.options.store.reads.instanceOf(target.kind, target.key)) === undefined) return outcome;
    return reject('invalidState', `Expected ${targetWords[target.kind]} ${target.key} to be open but it has ended.`);
  }
}
