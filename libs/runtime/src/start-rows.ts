import { singleEventsOf, type BpmnElement, type ProcessDefinition, type SingleEventDefinition } from '#bpmn';
import type { EvaluationContext } from '#feel';
import type { Key } from '#engine';
import type { Row, RowOperation, RuntimeStore } from './ports.js';
import { AT_GATEWAY, parallelGatewayBefore } from './gateway-starts.js';
import { firstStart, type StartTime } from './start-timers.js';

/** Rows of what the start events of a process wait for; the first time of each timer is counted from `world.now`. */
export function startEventRows(
  store: RuntimeStore,
  definition: ProcessDefinition,
  definitionKey: Key,
  world: EvaluationContext,
): readonly RowOperation[] {
  const starts = definition.startEvents.map((index) => definition.elements[index]!);
  return starts.flatMap((element) => {
    const base = {
      process_definition_key: definitionKey,
      bpmn_process_id: definition.bpmnProcessId,
      element_id: element.id,
      name: null,
      due_at: null,
      repetitions_left: null,
      anchor_at: null,
      event_index: null,
    };
    const rows = startsOf(element, () => firstStart(definition, element.id, world), world.now).map((row) =>
      row.kind === 'message' && parallelGatewayBefore(definition, element) ? { ...row, event_index: AT_GATEWAY } : row,
    );
    return rows.map((row) => ({ insert: 'start_subscriptions', row: { key: store.nextKey(), ...base, ...row } }));
  });
}

/** What a start event waits for. All conditions of a multiple one are asked together; of a parallel one each is a row of its own. */
function startsOf(element: BpmnElement, first: () => StartTime | undefined, now: number): readonly Row[] {
  const events = singleEventsOf(element);
  if (element.event?.kind === 'multiple' && element.event.isParallel)
    return events.flatMap((event, index) => startOf(event, first, now).map((row) => ({ ...row, event_index: index })));
  const isConditional = ({ kind }: SingleEventDefinition) => kind === 'conditional';
  const others = events.filter((event) => !isConditional(event)).flatMap((event) => startOf(event, first, now));
  return events.some(isConditional) ? [...others, { kind: 'conditional' }] : others;
}

function startOf(event: SingleEventDefinition, first: () => StartTime | undefined, now: number): readonly Row[] {
  if (event.kind === 'message' && event.messageName !== undefined)
    return [{ kind: 'message', name: event.messageName }];
  if (event.kind === 'signal' && event.signalName !== undefined) return [{ kind: 'signal', name: event.signalName }];
  if (event.kind === 'conditional') return [{ kind: 'conditional' }];
  const next = event.kind === 'timer' ? first() : undefined;
  return next ? [{ kind: 'timer', due_at: next.dueAt, repetitions_left: next.repetitionsLeft, anchor_at: now }] : [];
}
