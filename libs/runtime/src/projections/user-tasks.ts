import type { BpmnElement } from '#bpmn';
import type { EngineEvent, Key } from '#engine';
import type { RowOperation, RowWrite } from '../ports.js';
import { NOTHING, placeOf } from './projection.js';
import type { Projection, ProjectionContext } from './projection.js';

type Event<T extends EngineEvent['type']> = Extract<EngineEvent, { readonly type: T }>;

/** Tasks of people and who may claim them. Candidates are kept only while a task is open. */
export const userTaskRows: Projection = (event, context) => {
  switch (event.type) {
    case 'userTaskCreated':
      return created(event, context);
    case 'userTaskAssigned':
      return [
        update(event.userTaskKey, {
          assignee: event.assignee,
          owner: event.turn?.owner ?? null,
          turn_id: event.turn?.id ?? null,
        }),
      ];
    case 'userTaskUpdated':
      return updated(event, context);
    case 'userTaskCompleted':
      return [
        update(event.userTaskKey, {
          state: 'COMPLETED',
          completed_at: event.at,
          completed_by: event.by ?? null,
          action: event.action ?? null,
        }),
        withoutCandidates(event.userTaskKey),
      ];
    case 'userTaskCanceled':
      return [
        update(event.userTaskKey, { state: 'CANCELED', completed_at: event.at }),
        withoutCandidates(event.userTaskKey),
      ];
    default:
      return NOTHING;
  }
};

function created(event: Event<'userTaskCreated'>, context: ProjectionContext): readonly RowOperation[] {
  const { record } = context;
  const form = event.formId === undefined ? undefined : context.formOf(event.formId);
  const row = {
    key: event.userTaskKey,
    ...placeOf(context),
    root_instance_key: record.rootInstanceKey,
    process_version: record.version,
    process_name: context.definition.name,
    element_instance_key: event.elementInstanceKey,
    element_id: event.elementId,
    name: event.name,
    form_id: event.formId ?? null,
    form_key: form?.key ?? null,
    form_version: form?.version ?? null,
    assignee: event.assignee ?? null,
    owner: null,
    turn_id: null,
    unit: context.unitOf(event.candidateGroups),
    state: 'CREATED',
    priority: event.priority,
    due_at: event.dueAt ?? null,
    follow_up_at: event.followUpAt ?? null,
    created_at: event.at,
    completed_at: null,
    completed_by: null,
    action: null,
    case_key: record.caseKey,
    case_no: record.caseNo,
    title: record.title,
    drill: record.drill,
    custom_headers: headersOf(context.elementOf(event.elementId)),
  };
  const times = { due_sort: row.due_at ?? NEVER_DUE, created_at: event.at };
  return [
    { insert: 'user_tasks', row },
    ...candidates(event.userTaskKey, 'group', event.candidateGroups, times),
    ...candidates(event.userTaskKey, 'user', event.candidateUsers, times),
  ];
}

function headersOf(task: BpmnElement | undefined): string | null {
  const headers = task?.userTask?.headers ?? {};
  return Object.keys(headers).length === 0 ? null : JSON.stringify(headers);
}

/** The event names only what changed, so candidates of the other kind stay. */
function updated(event: Event<'userTaskUpdated'>, context: ProjectionContext): readonly RowOperation[] {
  const { candidateGroups, candidateUsers, dueAt, followUpAt, priority } = event.changes;
  const set = {
    ...(dueAt === undefined ? {} : { due_at: dueAt }),
    ...(followUpAt === undefined ? {} : { follow_up_at: followUpAt }),
    ...(priority === undefined ? {} : { priority }),
    ...(candidateGroups === undefined ? {} : { unit: context.unitOf(candidateGroups) }),
  };
  return [
    ...(Object.keys(set).length ? [update(event.userTaskKey, set)] : []),
    ...(candidateGroups ? replaced(event.userTaskKey, 'group', candidateGroups) : []),
    ...(candidateUsers ? replaced(event.userTaskKey, 'user', candidateUsers) : []),
  ];
}

const update = (key: Key, set: Readonly<Record<string, unknown>>): RowOperation => ({
  update: 'user_tasks',
  key: { key },
  set,
});
const withoutCandidates = (key: Key): RowOperation => ({ delete: 'user_task_candidates', key: { user_task_key: key } });

/** Sorts tasks without a due date behind all others; epoch ms. */
export const NEVER_DUE = Number.MAX_SAFE_INTEGER;

/** Times that `candidateTimes` corrects from the task itself, after its row is written. */
const UNKNOWN_TIMES = { due_sort: NEVER_DUE, created_at: 0 };

const candidates = (
  key: Key,
  kind: 'group' | 'user',
  values: readonly string[],
  times: Readonly<Record<string, number>>,
): readonly RowOperation[] =>
  [...new Set(values)].map((value) => ({
    insert: 'user_task_candidates',
    row: { user_task_key: key, kind, value, ...times },
  }));

const replaced = (key: Key, kind: 'group' | 'user', values: readonly string[]): readonly RowOperation[] => [
  { delete: 'user_task_candidates', key: { user_task_key: key, kind } },
  ...candidates(key, kind, values, UNKNOWN_TIMES),
];

/** The event of a changed task does not name its times: the candidates take them over from the task's own row. */
export const candidateTimes = (events: readonly EngineEvent[]): readonly RowWrite[] =>
  events.flatMap((event) =>
    event.type === 'userTaskUpdated'
      ? [
          {
            sql: `UPDATE user_task_candidates SET due_sort = COALESCE(t.due_at, ${NEVER_DUE}), created_at = t.created_at
                  FROM user_tasks t WHERE t."key" = user_task_candidates.user_task_key AND user_task_candidates.user_task_key = ?`,
            params: [event.userTaskKey],
          },
        ]
      : [],
  );
