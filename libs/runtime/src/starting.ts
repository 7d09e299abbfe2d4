import { singleEventsOf, type BpmnElement, type SingleEventDefinition } from '#bpmn';
import type { Command, Key, Variables } from '#engine';
import type { Cascade } from './cascades.js';
import { startEventOf } from './definitions.js';
import type { Definitions, LoadedDefinition } from './definitions.js';
import { idempotencyOf } from './command-targets.js';
import { counterPeriodOf, formatNumber } from './numbers.js';
import type { Decision, InstanceRecord, RowWrite, Unit } from './ports.js';
import { reject } from './rejections.js';
import type { CreateInstanceRequest, StartReply } from './runtime.js';
import { stepKnowingCallers } from './callers.js';
import type { StepRequest, Stepped, World } from './stepping.js';

/** An instance that another one starts. */
export interface StartContext {
  readonly parent?: { readonly record: InstanceRecord; readonly elementInstanceKey: Key };
  /** Case that it joins, unless its process is a case itself. */
  readonly inherited?: { readonly caseKey: string | null; readonly caseNo: string | null };
  readonly startMessageName?: string;
  readonly startCorrelationKey?: string;
  readonly extraWrites?: readonly RowWrite[];
  /** What led to the start in other instances; absent: something outside. */
  readonly cascade?: Cascade | undefined;
  /** Epoch that claimed what starts it. */
  readonly claim?: number;
}

/** An instance that is about to begin. */
export interface Start {
  readonly key: Key;
  readonly loaded: LoadedDefinition;
  readonly request: CreateInstanceRequest;
  readonly context: StartContext;
  readonly startElementId: string | undefined;
}

export interface StartOptions {
  readonly definitions: Definitions;
  readonly world: (cascade?: Cascade) => World;
  /** Pattern of a series of business numbers. */
  readonly numberPattern: (series: string) => string;
}

/** The unit of work that creates an instance; a case draws its number in it. */
export function createUnit(start: Start, options: StartOptions): Unit<StartReply> {
  const { key, request } = start;
  const number = caseNumberOf(start, options);
  return {
    kind: 'createProcessInstance',
    lane: start.loaded.stored.bpmnProcessId,
    instanceKey: key,
    ...(request.processInstanceKey === undefined ? { isNew: true } : {}),
    ...(start.context.claim === undefined ? {} : { claim: start.context.claim }),
    ...idempotencyOf(request.idempotencyKey, request.by),
    ...(number ? { series: [{ series: number.series, year: number.year }] } : {}),
    decide: (given) => {
      if (given.instance) return reject('alreadyExists', `Expected no process instance ${key} but there is one.`);
      const world = options.world(start.context.cascade);
      const drawn =
        number &&
        formatNumber(number.pattern, given.draw(number.series, number.year), number.at, world.evaluation.timeZone);
      const stepping = decideCreate(start, world, {
        ...(drawn && number && { number: { value: drawn, variable: number.variable } }),
        step: (request) => stepKnowingCallers(request, options.definitions, given.query),
      });
      return stepping instanceof Promise ? stepping.then((one) => decided(one, start)) : decided(stepping, start);
    },
  };
}

function decideCreate(
  start: Start,
  world: World,
  {
    number,
    step,
  }: {
    readonly number?: { readonly value: string; readonly variable: string };
    readonly step: (request: StepRequest) => Stepped | Promise<Stepped>;
  },
): Stepped | Promise<Stepped> {
  const { key, loaded, request, context, startElementId } = start;
  const record = newRecord(key, loaded, request, context, number?.value, world);
  const variables: Variables = { ...request.variables, ...(number ? { [number.variable]: number.value } : {}) };
  const command: Command = {
    type: 'createProcessInstance',
    processInstanceKey: key,
    processDefinitionKey: loaded.stored.key,
    version: loaded.stored.version,
    variables,
    ...(startElementId === undefined ? {} : { startElementId }),
    ...(request.startElementIds ? { startElementIds: request.startElementIds } : {}),
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
    ...originOf(record, start),
  ];
  return step({ loaded, before: undefined, record, command, writes, world });
}

function decided(stepped: Stepped, { key, loaded }: Start): Decision<StartReply> {
  if (!stepped.ok) return stepped;
  const { bpmnProcessId, version, key: processDefinitionKey } = loaded.stored;
  return {
    ok: true,
    reply: {
      processInstanceKey: key,
      processDefinitionKey,
      bpmnProcessId,
      version,
      caseNo: stepped.record.caseNo,
      status: stepped.state.status,
    },
    changes: stepped.changes,
  };
}

function caseNumberOf({ loaded, request }: Start, options: StartOptions) {
  const series = request.caseNumber?.series ?? loaded.caseSeries;
  if (series === undefined) return undefined;
  const { now, timeZone } = options.world().evaluation;
  const pattern = request.caseNumber?.pattern ?? options.numberPattern(series);
  return {
    series,
    pattern,
    variable: request.caseNumber?.variable ?? 'caseNo',
    /** When the number is drawn, epoch ms: counter and text belong to one month, however long the unit waits. */
    at: now,
    year: counterPeriodOf(pattern, now, timeZone),
  };
}

/** Undefined: the none start event; null: the message that was asked for has none that it starts alone. */
export function startElementOf(
  { process }: LoadedDefinition,
  { startElementId, startMessage }: CreateInstanceRequest,
): string | undefined | null {
  if (startElementId !== undefined || startMessage === undefined) return startElementId;
  const isStarted = (event: SingleEventDefinition) => event.kind === 'message' && event.messageName === startMessage;
  const isAlone = ({ event }: BpmnElement) => event?.kind !== 'multiple' || !event.isParallel;
  return startEventOf(process, (element) => isAlone(element) && singleEventsOf(element).some(isStarted))?.id ?? null;
}

/**
 * A case that another one begins is known as coming from it, so that whom that one excludes this one excludes too. What
 * begins at a start event with `ct.returned` was given back by the hands that hold the other (ADR 28).
 */
function originOf({ caseKey }: InstanceRecord, { context, loaded, startElementId }: Start): readonly RowWrite[] {
  const origin = (context.inherited ?? context.parent?.record)?.caseKey ?? null;
  if (caseKey === null || origin === null || origin === caseKey) return [];
  const index = startElementId === undefined ? undefined : loaded.process.indexById.get(startElementId);
  const isReturned = index !== undefined && loaded.process.elements[index]?.properties['ct.returned'] === 'true';
  const link = isReturned ? 'returned' : 'started';
  return [{ insert: 'case_origins', rows: [{ case_key: caseKey, origin_key: origin, link }] }];
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
