import { singleEventsOf, type BpmnElement, type ConditionalEventDefinition } from '#bpmn';
import { scopeOf, type EvaluationContext } from '#feel';
import type { Key, Variables } from '#engine';
import type { Definitions } from './definitions.js';
import type { Outcome, RuntimeRejection, RuntimeStore, StartSubscription } from './ports.js';
import { inboxRow, type InboxEntry } from './projections/inbox.js';
import type { ConditionFault, ConditionRequest, StartedByCondition } from './runtime.js';
import { gatherEntry, occurrenceOf } from './start-occurrence.js';

export interface ConditionalStartsOptions {
  readonly store: RuntimeStore;
  readonly definitions: Definitions;
  readonly evaluation: () => EvaluationContext;
}

export interface EvaluatedConditions {
  readonly evaluationKey: Key;
  readonly started: readonly StartedByCondition[];
  readonly faults: readonly ConditionFault[];
  readonly inboxKeys: readonly Key[];
}

/** What the conditions of one start event came to: an entry for each that holds. */
interface Asked {
  readonly holding: readonly StartSubscription[];
  readonly faults: readonly ConditionFault[];
}

/**
 * Asks the conditional start events of the latest definitions what is true of these variables; each condition that
 * holds starts one instance with them, through the inbox (ADR 13). Source: BPMN 2.0.2, 10.5.2, "Conditional"; Camunda
 * 8.9, "Trigger root-level conditional start events". Differs: a condition need not cease to hold before it starts
 * another instance, for one evaluation knows nothing of the one before.
 */
export async function evaluateConditionalStarts(
  options: ConditionalStartsOptions,
  request: ConditionRequest,
): Promise<Outcome<EvaluatedConditions>> {
  const { store } = options;
  const { processDefinitionKey } = request;
  const refusal = processDefinitionKey === undefined ? undefined : await refusalOf(store, processDefinitionKey);
  if (refusal) return { ok: false, rejection: refusal };
  const asked: Asked[] = [];
  for (const start of await store.reads.conditionalStarts(processDefinitionKey))
    asked.push(await askStart(options, start, request.variables));
  return begin(options, request, asked);
}

async function refusalOf(store: RuntimeStore, key: Key): Promise<RuntimeRejection | undefined> {
  const stored = await store.reads.definitionByKey(key);
  if (!stored)
    return { code: 'notFound', message: `Expected the process definition ${key} to be deployed but it is not.` };
  if (stored.isLatest) return undefined;
  return {
    code: 'invalidState',
    message: `Expected process definition ${key} to be the latest version of ${stored.bpmnProcessId}, whose conditions alone are asked, but it is version ${stored.version}, which is not. Leave the key out or give that of the latest.`,
  };
}

/** Other work goes on between two start events, however long their conditions take. A file that no longer reads holds up no other. */
async function askStart(
  { definitions, evaluation }: ConditionalStartsOptions,
  start: StartSubscription,
  variables: Variables,
): Promise<Asked> {
  await new Promise((resolve) => setImmediate(resolve));
  const place = { processDefinitionKey: start.processDefinitionKey, elementId: start.elementId };
  try {
    const process = (await definitions.byKey(start.processDefinitionKey))?.process;
    const element = process?.elements[process.indexById.get(start.elementId) ?? -1];
    const answers = conditionsOf(element, start.eventIndex).map((condition) => ask(condition, variables, evaluation()));
    return {
      holding: answers.flatMap((answer) => (answer === true ? [start] : [])),
      faults: answers.flatMap((answer) => (typeof answer === 'string' ? [{ ...place, message: answer }] : [])),
    };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { holding: [], faults: [{ ...place, message }] };
  }
}

/** Those that a row asks together, or the one of a set that it is for. */
function conditionsOf(
  element: BpmnElement | undefined,
  eventIndex: number | null,
): readonly ConditionalEventDefinition[] {
  return singleEventsOf(element ?? {})
    .filter((_, index) => eventIndex === null || index === eventIndex)
    .filter((event) => event.kind === 'conditional');
}

/** Whether it holds, or what is wrong with it. One that asks for variables that were not given does not hold. */
function ask(
  { condition, variableNames }: ConditionalEventDefinition,
  variables: Variables,
  evaluation: EvaluationContext,
): boolean | string {
  if (variableNames && !variableNames.some((name) => Object.hasOwn(variables, name))) return false;
  const { value, warnings, failed } = condition.evaluate(scopeOf(variables), evaluation);
  if (!failed && typeof value === 'boolean') return value;
  const isAskedOf = condition.reads.every((path) => Object.hasOwn(variables, path.split('.')[0] ?? path));
  if (!failed && value === null && !isAskedOf) return false;
  const why = failed ?? warnings[0];
  return `Expected "${condition.source}" to be true or false but it is neither.${why ? ` ${why.message}` : ''}`;
}

async function begin(
  { store, evaluation }: ConditionalStartsOptions,
  request: ConditionRequest,
  asked: readonly Asked[],
): Promise<Outcome<EvaluatedConditions>> {
  await store.reserveKeys();
  const evaluationKey = store.nextKey();
  const entries = asked.flatMap(({ holding }) => holding.map((start) => startEntry(start, store.nextKey(), request)));
  const source = { instance: evaluationKey, position: 0 };
  const keyed = entries.map((entry) => ({ entry, key: store.nextKey() }));
  const reply = {
    evaluationKey,
    started: entries.flatMap(({ kind, payload, target }) =>
      kind === 'gatherStart'
        ? []
        : [{ processDefinitionKey: String(payload.processDefinitionKey), processInstanceKey: target }],
    ),
    faults: asked.flatMap(({ faults }) => faults),
    inboxKeys: keyed.map(({ key }) => key),
  };
  const rows = keyed.map(({ entry, key }) => inboxRow(entry, source, key, evaluation().now));
  return store.commit({ decide: () => ({ ok: true, reply, changes: { rows } }) });
}

/** The new instance is its target, so that each condition of one process starts its own. */
function startEntry(start: StartSubscription, processInstanceKey: Key, request: ConditionRequest): InboxEntry {
  const { variables, by } = request;
  const { processDefinitionKey, elementId, eventIndex } = start;
  if (eventIndex !== null)
    return gatherEntry({ ...occurrenceOf(start, eventIndex), variables, ...(by !== undefined && { by }) });
  return {
    kind: 'startProcess',
    target: processInstanceKey,
    targetInstanceKey: processInstanceKey,
    payload: { variables, processDefinitionKey, startElementId: elementId, ...(by !== undefined && { by }) },
  };
}
