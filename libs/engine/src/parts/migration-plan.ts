import { singleEventsOf, type BpmnElement, type ProcessDefinition } from '#bpmn';
import type { Command } from '../commands.js';
import type { CompensationRecord, ElementInstance, InstanceState } from '../state.js';
import type { Table } from '../table.js';
import type { Execution } from './execution.js';
import { rejected, type Outcome } from './outcome.js';

type MigrateCommand = Extract<Command, { readonly type: 'migrateProcessInstance' }>;
type Refused = Extract<Outcome, { readonly ok: false }>;

export interface MigrationPlan {
  /** Id in the source to id in the target, also of the process. */
  readonly elements: Readonly<Record<string, string>>;
  /** Ids in the target that something of the source goes on as. */
  readonly targets: ReadonlySet<string>;
  /** Of mapped events: whether they interrupt. */
  readonly interrupting: Readonly<Record<string, boolean>>;
}

interface Sides {
  readonly source: ProcessDefinition;
  readonly target: ProcessDefinition;
  readonly mapped: ReadonlyMap<string, string>;
}

const refuse = (code: 'invalidArgument' | 'invalidState', message: string): Refused =>
  rejected(code, message) as Refused;

/** Checks every mapping, then everything that runs; the first thing that cannot go on refuses the migration. */
export function planMigration(
  { definition: target, state }: Execution,
  { source, mappings, processDefinitionKey }: MigrateCommand,
): { readonly ok: true; readonly plan: MigrationPlan } | Refused {
  if (processDefinitionKey === state.processDefinitionKey)
    return refuse(
      'invalidArgument',
      `Expected another process definition than ${processDefinitionKey} but the instance runs on it already.`,
    );
  const mapped = new Map(mappings.map(({ sourceElementId, targetElementId }) => [sourceElementId, targetElementId]));
  if (mapped.size < mappings.length)
    return refuse('invalidArgument', 'Expected one mapping for each source element but found two for the same.');
  const sides: Sides = { source, target, mapped };
  const refusal =
    firstOf([...mapped], ([from, to]) => refusalOfMapping(sides, from, to)) ??
    firstOf(state.elements.values(), (instance) => refusalOfInstance(sides, state, instance));
  return refusal ?? { ok: true, plan: planOf(sides) };
}

function planOf({ source, target, mapped }: Sides): MigrationPlan {
  const events = [...mapped.values()]
    .map((id) => elementOf(target, id))
    .filter((element) => element?.event !== undefined);
  return {
    elements: { ...Object.fromEntries(mapped), [source.bpmnProcessId]: target.bpmnProcessId },
    targets: new Set([...mapped.values(), target.bpmnProcessId]),
    interrupting: Object.fromEntries(events.map((event) => [event?.id ?? '', event?.isInterrupting !== false])),
  };
}

function firstOf<T>(all: readonly T[], refusalOf: (each: T) => Refused | undefined): Refused | undefined {
  for (const each of all) {
    const refusal = refusalOf(each);
    if (refusal) return refusal;
  }
  return undefined;
}

function elementOf({ elements, indexById }: ProcessDefinition, id: string): BpmnElement | undefined {
  const index = indexById.get(id);
  return index === undefined ? undefined : elements[index];
}

/** An element goes on only as one of its own kind, which loops, works and listens the same way. */
function refusalOfMapping({ source, target, mapped }: Sides, from: string, to: string): Refused | undefined {
  const [before, after] = [elementOf(source, from), elementOf(target, to)];
  if (!before)
    return refuse(
      'invalidArgument',
      `Expected a mapping from an element of "${source.bpmnProcessId}" but found "${from}".`,
    );
  if (!after)
    return refuse(
      'invalidArgument',
      `Expected a mapping to an element of "${target.bpmnProcessId}" but found "${to}".`,
    );
  const difference = differenceOf(before, after);
  if (difference)
    return refuse(
      'invalidArgument',
      `Expected "${to}" to be ${difference.expected} like "${from}" but it is ${difference.found}.`,
    );
  return refusalOfAttachment({ source, target, mapped }, before, after);
}

const loopOf = ({ multiInstance, standardLoop }: BpmnElement): string => {
  if (multiInstance) return multiInstance.isSequential ? 'a sequential multi-instance' : 'a parallel multi-instance';
  return standardLoop ? 'a loop' : 'done once';
};
const eventOf = (element: BpmnElement): string => {
  const kinds = singleEventsOf(element).map(({ kind }) => kind);
  return kinds.length === 0 ? 'no event' : `a ${kinds.join(' and ')} event`;
};
const workOf = ({ job, calledDecision, script }: BpmnElement): string => {
  if (job) return 'done by a job worker';
  return calledDecision ? 'a decision' : script ? 'a script' : 'done by the engine';
};

function differenceOf(before: BpmnElement, after: BpmnElement) {
  const looks = [({ type }: BpmnElement) => `of type ${type}`, loopOf, eventOf, workOf];
  for (const look of looks) {
    if (look(before) !== look(after)) return { expected: look(before), found: look(after) };
  }
  return undefined;
}

/** An event listens at what its activity, its gateway or its scope goes on as. */
function refusalOfAttachment(
  { source, target, mapped }: Sides,
  before: BpmnElement,
  after: BpmnElement,
): Refused | undefined {
  const [was, is] = [listenerOf(source, before), listenerOf(target, after)];
  const wanted = was && (was.index === 0 ? target.bpmnProcessId : mapped.get(was.id));
  if (wanted === undefined || wanted === is?.id) return undefined;
  return refuse(
    'invalidArgument',
    `Expected "${after.id}" to listen at "${wanted}", which "${was?.id ?? ''}" is mapped to, but it listens at "${is?.id ?? 'nothing'}".`,
  );
}

/** The activity of a boundary event, the gateway before a catch event, the scope of an event sub-process. */
function listenerOf({ elements, flows }: ProcessDefinition, event: BpmnElement): BpmnElement | undefined {
  const { type, attachedTo, flowScope, incoming } = event;
  if (type === 'boundaryEvent') return elements[attachedTo ?? 0];
  const scope = elements[flowScope];
  if (type === 'startEvent') return scope?.type === 'eventSubProcess' ? elements[scope.flowScope] : undefined;
  return incoming
    .map((flow) => elements[flows[flow]?.source ?? 0])
    .find((element) => element?.type === 'eventBasedGateway');
}

function refusalOfInstance(sides: Sides, state: InstanceState, instance: ElementInstance): Refused | undefined {
  if (instance.flowScopeKey === undefined) return refusalOfWaiting(sides, instance);
  const { elementId, key } = instance;
  const targetId = sides.mapped.get(elementId);
  if (targetId === undefined)
    return refuse(
      'invalidState',
      `Expected a mapping for the active element "${elementId}" (${key}) but there is none.`,
    );
  return refusalOfFlowScope(sides, state, instance, targetId) ?? refusalOfWaiting(sides, instance);
}

/** The scope around it must be the one that its scope goes on as. */
function refusalOfFlowScope(
  { source, target, mapped }: Sides,
  { elements }: InstanceState,
  { elementId, flowScopeKey = '', loopCounter }: ElementInstance,
  targetId: string,
): Refused | undefined {
  if (loopCounter !== undefined) return undefined;
  const scopeId = elements.get(flowScopeKey)?.elementId ?? '';
  const wanted = scopeId === source.bpmnProcessId ? target.bpmnProcessId : mapped.get(scopeId);
  const found = target.elements[elementOf(target, targetId)?.flowScope ?? -1]?.id;
  if (wanted === found) return undefined;
  return refuse(
    'invalidState',
    `Expected "${targetId}" to stand in "${wanted ?? 'the scope that is mapped'}" as "${elementId}" stands in "${scopeId}" but it stands in "${found ?? 'none'}".`,
  );
}

/** Tokens before joins, records of compensation and chosen elements have to find their places again. */
function refusalOfWaiting(sides: Sides, instance: ElementInstance): Refused | undefined {
  const { tokens = {}, resets = {}, compensable, compensation, adHoc } = instance;
  return (
    firstOf(Object.entries(tokens), ([id, flows]) => refusalOfTokens(sides, id, Object.keys(flows))) ??
    firstOf(Object.entries(resets), ([id, flows]) => refusalOfTokens(sides, id, flows)) ??
    refusalOfRecords(sides, compensable) ??
    refusalOfRecords(sides, compensation?.pending) ??
    firstOf(adHoc?.chosen ?? [], ({ elementId }) => needsMapping(sides, elementId, 'is chosen and waits for its turn'))
  );
}

function needsMapping({ mapped }: Sides, id: string, why: string): Refused | undefined {
  return mapped.has(id)
    ? undefined
    : refuse('invalidState', `Expected a mapping for "${id}", which ${why}, but there is none.`);
}

function refusalOfTokens(sides: Sides, id: string, flows: readonly string[]): Refused | undefined {
  const unmapped = needsMapping(sides, id, 'has tokens waiting');
  if (unmapped) return unmapped;
  const { target, mapped } = sides;
  const after = elementOf(target, mapped.get(id) ?? '');
  const incoming = new Set(after?.incoming.map((flow) => target.flows[flow]?.id));
  const lost = flows.find((flow) => !incoming.has(flow));
  if (lost === undefined) return undefined;
  return refuse(
    'invalidState',
    `Expected "${after?.id ?? ''}" to have the incoming flow "${lost}", on which a token waits, but it has not.`,
  );
}

function refusalOfRecords(sides: Sides, records: Table<CompensationRecord> | undefined): Refused | undefined {
  return firstOf(records?.values() ?? [], ({ elementId, inner }) => {
    const unmapped = needsMapping(sides, elementId, 'has completed and can be compensated');
    if (unmapped) return unmapped;
    const after = elementOf(sides.target, sides.mapped.get(elementId) ?? '');
    const before = elementOf(sides.source, elementId);
    if ((before?.compensationHandler === undefined) === (after?.compensationHandler === undefined))
      return refusalOfRecords(sides, inner);
    return refuse(
      'invalidState',
      `Expected "${after?.id ?? ''}" to have a compensation handler as "${elementId}" has but it has none.`,
    );
  });
}
