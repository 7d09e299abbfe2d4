import type { DeferredCommand, EngineEvent, InstanceState, Key } from '#engine';
import type { Row, RowOperation } from '../ports.js';
import { NOTHING, placeOf } from './projection.js';
import type { Projection, ProjectionContext } from './projection.js';

type Migrated = Extract<EngineEvent, { readonly type: 'processInstanceMigrated' }>;

/** Later than any time: a job that waits for it is not given away. */
const NEVER = 253_402_214_400_000;

/** What operators do: other definitions, suspension, and what waits for its end. */
export const operationRows: Projection = (event, context) => {
  switch (event.type) {
    case 'processInstanceMigrated':
      return migrated(event, context);
    case 'processInstanceSuspended':
      return [suspendedAt(context, event.at), ...jobsOf(context.before, () => NEVER)];
    case 'processInstanceResumed':
      return [
        suspendedAt(context, null),
        ...jobsOf(context.before, ({ retryAt }) => retryAt ?? null),
        ...timersOf(context),
      ];
    case 'commandDeferred':
      return deferred(event.command, context.before);
    default:
      return NOTHING;
  }
};

const update = (table: string, key: Key, set: Row): RowOperation => ({ update: table, key: { key }, set });
const suspendedAt = ({ record }: ProjectionContext, at: number | null): RowOperation =>
  update('process_instances', record.key, { suspended_at: at });

function jobsOf(
  before: InstanceState | undefined,
  retryAt: (job: { readonly retryAt?: number }) => number | null,
): readonly RowOperation[] {
  return [...(before?.jobs ?? [])].map(([key, job]) => update('jobs', key, { retry_at: retryAt(job) }));
}

/** Timers that were set, or had come due, while the instance was suspended. */
function timersOf({ before, record }: ProjectionContext): readonly RowOperation[] {
  return [...(before?.timers ?? [])].map(([key, timer]) => ({
    upsert: 'timers',
    row: {
      key,
      process_instance_key: record.key,
      element_instance_key: timer.elementInstanceKey,
      element_id: timer.elementId,
      due_at: timer.dueAt,
      repetitions_left: timer.repetitionsLeft ?? null,
      interval: timer.interval ?? null,
    },
  }));
}

/** What waits once has been met and is offered no more. */
function deferred(command: DeferredCommand, before: InstanceState | undefined): readonly RowOperation[] {
  if (command.type === 'triggerTimer') return [{ delete: 'timers', key: { key: command.timerKey } }];
  if (!('subscriptionKey' in command)) return NOTHING;
  const key = command.subscriptionKey;
  if (!before?.subscriptions.get(key)?.isInterrupting) return NOTHING;
  return [
    { delete: command.type === 'correlateMessage' ? 'message_subscriptions' : 'signal_subscriptions', key: { key } },
  ];
}

/** Rows of what is alive show the new place; rows of what has ended keep the one where it happened. */
function migrated({ elements }: Migrated, context: ProjectionContext): readonly RowOperation[] {
  const { before, record, definition } = context;
  if (!before) return NOTHING;
  const { process_instance_key: _key, ...place } = placeOf(context);
  const process = { ...place, version: record.version, set_id: record.setId };
  const idOf = (id: string) => elements[id] ?? id;
  const placed = (id: string) => ({ ...place, element_id: idOf(id) });
  const ownerId = (key: Key) => before.elements.get(key)?.elementId ?? '';
  const versioned = { process_version: record.version };
  const interrupting = (id: string, was: boolean) => context.elementOf(idOf(id))?.isInterrupting ?? was;
  return [
    update('process_instances', record.key, process),
    ...before.elements.values().map(({ key, elementId }) =>
      update('element_instances', key, {
        ...placed(elementId),
        element_name: context.elementOf(idOf(elementId))?.name ?? '',
      }),
    ),
    ...[...before.userTasks].map(([key, { elementInstanceKey }]) =>
      update('user_tasks', key, {
        ...placed(ownerId(elementInstanceKey)),
        ...versioned,
        process_name: definition.name,
      }),
    ),
    ...[...before.jobs].map(([key, { elementInstanceKey }]) =>
      update('jobs', key, { ...placed(ownerId(elementInstanceKey)), ...versioned }),
    ),
    ...[...before.incidents].map(([key, { elementInstanceKey }]) =>
      update('incidents', key, placed(ownerId(elementInstanceKey))),
    ),
    ...[...before.timers].map(([key, { elementId }]) => update('timers', key, { element_id: idOf(elementId) })),
    ...[...before.subscriptions].map(([key, { kind, elementId, isInterrupting }]) =>
      update(kind === 'message' ? 'message_subscriptions' : 'signal_subscriptions', key, {
        element_id: idOf(elementId),
        is_interrupting: interrupting(elementId, isInterrupting),
        ...(kind === 'message' && { bpmn_process_id: record.bpmnProcessId }),
      }),
    ),
  ];
}
