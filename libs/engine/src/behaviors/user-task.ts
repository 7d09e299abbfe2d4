import type { BpmnElement, UserTaskDefinition } from '#bpmn';
import type { CompiledExpression } from '#feel';
import { expected } from '../lifecycle.js';
import type { ElementScope } from '../parts/element-scope.js';
import { evaluate, evaluateInteger, evaluateTexts, mismatch } from '../parts/expressions.js';
import { momentOf } from '../parts/moments.js';
import { failure, success, type Result } from '../parts/result.js';
import { changeUserTask, retryListener } from '../parts/task-changes.js';
import type { ElementBehavior } from './behavior.js';

/** A person does it: the task is offered to assignee and candidates. Source: Camunda 8, "User tasks". */
export const userTask: ElementBehavior = {
  activate(task, scope) {
    const properties = evaluateProperties(expected(task.userTask, `definition of user task ${task.id}`), scope);
    if (!properties.ok) return scope.incident(properties.problem);
    if (!scope.wait()) return;
    create(task, scope, offeredToLane(task, scope, properties.value));
  },
  retry: (_task, { execution, key }) => retryListener(execution, key),
};

/** Where listeners are asked, it is assigned when they have agreed. */
function create(task: BpmnElement, scope: ElementScope, properties: Properties): void {
  const { assignee, ...others } = properties;
  const listens = task.userTask?.taskListeners.some(({ eventType }) => eventType === 'assigning') ?? false;
  const now = assignee === undefined || listens ? {} : { assignee };
  const { userTaskKey, ...rest } = identity(task, scope);
  scope.emit({ type: 'userTaskCreated', userTaskKey, ...rest, ...others, ...now, at: scope.execution.now });
  const later = assignee !== undefined && listens ? { assignee } : {};
  changeUserTask(scope.execution, userTaskKey, { eventType: 'creating', ...later });
}

/** A task that nobody is named for is offered to the role of its lane. Source: BPMN 2.0.2, 10.8, "Lanes". */
function offeredToLane({ laneRole, userTask }: BpmnElement, scope: ElementScope, properties: Properties): Properties {
  if (laneRole === undefined || userTask?.assignee || userTask?.candidateGroups || userTask?.candidateUsers)
    return properties;
  const { roleOfLane } = scope.execution.context;
  const role = roleOfLane ? roleOfLane(laneRole) : laneRole;
  return role === undefined ? properties : { ...properties, candidateGroups: [role] };
}

function identity(task: BpmnElement, { key: elementInstanceKey, execution }: ElementScope) {
  const formId = task.userTask?.formId;
  const name = task.name === '' ? task.id : task.name;
  return {
    userTaskKey: execution.newKey(),
    elementInstanceKey,
    elementId: task.id,
    name,
    ...(formId !== undefined && { formId }),
  };
}

interface Properties {
  readonly assignee?: string;
  readonly candidateGroups: readonly string[];
  readonly candidateUsers: readonly string[];
  readonly dueAt?: number;
  readonly followUpAt?: number;
  readonly priority: number;
}

function evaluateProperties(definition: UserTaskDefinition, scope: ElementScope): Result<Properties> {
  const assignee = optional(definition.assignee, (expression) => textOrNothing(expression, scope));
  if (!assignee.ok) return assignee;
  const candidateGroups = optional(definition.candidateGroups, (expression) =>
    evaluateTexts(scope.execution, scope.variables, expression),
  );
  if (!candidateGroups.ok) return candidateGroups;
  const candidateUsers = optional(definition.candidateUsers, (expression) =>
    evaluateTexts(scope.execution, scope.variables, expression),
  );
  if (!candidateUsers.ok) return candidateUsers;
  const dueAt = optional(definition.dueDate, (expression) => momentOrNothing(expression, scope));
  if (!dueAt.ok) return dueAt;
  const followUpAt = optional(definition.followUpDate, (expression) => momentOrNothing(expression, scope));
  if (!followUpAt.ok) return followUpAt;
  const priority = optional(definition.priority, (expression) => priorityOf(expression, scope));
  if (!priority.ok) return priority;
  return success({
    ...(assignee.value !== undefined && { assignee: assignee.value }),
    candidateGroups: candidateGroups.value ?? [],
    candidateUsers: candidateUsers.value ?? [],
    ...(dueAt.value !== undefined && { dueAt: dueAt.value }),
    ...(followUpAt.value !== undefined && { followUpAt: followUpAt.value }),
    priority: priority.value ?? 50,
  });
}

function optional<T>(
  expression: CompiledExpression | undefined,
  read: (expression: CompiledExpression) => Result<T>,
): Result<T | undefined> {
  return expression ? read(expression) : success(undefined);
}

function textOrNothing(
  expression: CompiledExpression,
  { execution, variables }: ElementScope,
): Result<string | undefined> {
  const result = evaluate(execution, variables, expression);
  if (!result.ok) return result;
  if (result.value === null || result.value === '') return success(undefined);
  return typeof result.value === 'string'
    ? success(result.value)
    : mismatch('EXTRACT_VALUE_ERROR', expression, 'a text', result.value);
}

/** An ISO 8601 text or a FEEL date and time, as epoch ms. */
function momentOrNothing(expression: CompiledExpression, scope: ElementScope): Result<number | undefined> {
  const text = textOrNothing(expression, scope);
  if (!text.ok || text.value === undefined) return text.ok ? success(undefined) : text;
  const at = momentOf(text.value, scope.execution.context.timeZone);
  return at === undefined
    ? mismatch('EXTRACT_VALUE_ERROR', expression, 'an ISO 8601 date and time', text.value)
    : success(at);
}

function priorityOf(expression: CompiledExpression, { execution, variables }: ElementScope): Result<number> {
  const result = evaluateInteger(execution, variables, expression);
  if (!result.ok || (result.value >= 0 && result.value <= 100)) return result;
  return failure(
    'EXTRACT_VALUE_ERROR',
    `Expected a priority from 0 to 100 but "${expression.source}" is ${result.value}.`,
  );
}
