import type { ProcessDefinition } from '#bpmn';
import { currentTurn } from '#engine';
import type {
  AdHocResult,
  Command,
  EvaluableDecision,
  InstanceState,
  JobState,
  Key,
  TaskTurn,
  UserTaskState,
  Variables,
} from '#engine';
import { startRun, type Run, type RunOptions } from './run.js';

/** With these variables each random run begins. */
export const firstVariables = { choice: 1, again: false };

const MINUTE_MS = 60_000;

const rating: EvaluableDecision = { evaluate: () => ({ ok: true, output: 1, matchedRules: {}, inputs: {} }) };

/** Starts a random run at one of the start events of its process, picked by the first number. */
export async function startRandomRun(
  definition: ProcessDefinition,
  picks: readonly number[],
  options: RunOptions = {},
): Promise<Run> {
  const startElementId = startOf(definition, picks);
  return startRun(definition, firstVariables, {
    decisions: { rating },
    ...(startElementId !== undefined && { startElementId }),
    ...options,
  });
}

/** Undefined: the process begins by itself. */
export function startOf({ elements, startEvents }: ProcessDefinition, picks: readonly number[]): string | undefined {
  const start = startEvents[(picks[0] ?? 0) % Math.max(1, startEvents.length)];
  return start === undefined || start === elements[0]?.startEvent ? undefined : elements[start]?.id;
}

/** Commands that the instance takes in its present state, in a fixed order. */
export function legalCommands(run: Run, variables: Variables): readonly Command[] {
  const { userTasks, jobs, timers, subscriptions, calls, incidents, processInstanceKey, status } = run.live;
  if (status !== 'active') return [];
  const stuck = new Set(incidents.values().map(({ elementInstanceKey }) => elementInstanceKey));
  const openJobs = [...jobs].filter(([, { elementInstanceKey }]) => !stuck.has(elementInstanceKey));
  const places = run.live.elements.values().filter(({ elementType, state, multiInstance, adHoc }) => {
    return elementType === 'adHocSubProcess' && state === 'activated' && !multiInstance && !adHoc?.isEnding;
  });
  const openCalls = calls.keys().filter((key) => !stuck.has(key));
  const retriable = [...incidents].filter(
    ([, { jobKey }]) => jobKey === undefined || (jobs.get(jobKey)?.retries ?? 0) > 0,
  );
  return [
    ...[...userTasks].flatMap(([userTaskKey, task]) => taskCommands(userTaskKey, task, variables)),
    ...places.map(({ key: elementInstanceKey, elementId }): Command => {
      return { type: 'activateAdHocElements', elementInstanceKey, elements: [{ elementId: `${elementId}A` }] };
    }),
    ...openJobs.flatMap(([jobKey, job]): Command[] => [
      { type: 'completeJob', jobKey, variables: job.listener?.kind === 'task' ? {} : variables },
      ...(job.listener?.kind === 'task' &&
      job.listener.eventType !== 'creating' &&
      job.listener.eventType !== 'canceling'
        ? [{ type: 'completeJob' as const, jobKey, variables: {}, result: { denied: true } }]
        : []),
      ...decisionsOf(run.live, job).map((adHoc): Command => ({ type: 'completeJob', jobKey, variables, adHoc })),
      { type: 'failJob', jobKey, retries: 1, errorMessage: 'later' },
      { type: 'failJob', jobKey, retries: 0, errorMessage: 'broken' },
      ...(job.listener?.kind === 'execution' || job.listener?.eventType === 'canceling'
        ? []
        : [{ type: 'throwJobError' as const, jobKey, errorCode: 'broken' }]),
    ]),
    ...jobs.keys().map((jobKey): Command => ({ type: 'updateJobRetries', jobKey, retries: 2 })),
    ...timers.keys().map((timerKey): Command => ({ type: 'triggerTimer', timerKey })),
    ...[...timers].flatMap(([timerKey, { dueAt, interval }]): Command[] =>
      interval === undefined && dueAt > run.now + MINUTE_MS
        ? [{ type: 'rescheduleTimer', timerKey, dueAt: dueAt + MINUTE_MS, countedFrom: run.now }]
        : [],
    ),
    ...[...subscriptions].map(([subscriptionKey, { kind }]): Command =>
      kind === 'message'
        ? { type: 'correlateMessage', subscriptionKey, messageKey: '7', variables }
        : { type: 'receiveSignal', subscriptionKey, variables },
    ),
    ...openCalls.flatMap((elementInstanceKey): Command[] => [
      { type: 'completeCalledProcess', elementInstanceKey, variables },
      { type: 'throwCalledProcessError', elementInstanceKey, errorCode: 'broken' },
      { type: 'throwCalledProcessEscalation', elementInstanceKey, escalationCode: 'late', variables },
      { type: 'failCalledProcess', elementInstanceKey, errorMessage: 'not there' },
    ]),
    ...retriable.map(([incidentKey]): Command => ({ type: 'resolveIncident', incidentKey })),
    { type: 'setVariables', scopeKey: processInstanceKey, variables: { ready: variables['again'] }, local: true },
    { type: 'cancelProcessInstance' },
  ];
}

/** What the worker of an ad-hoc sub-process may decide. */
function decisionsOf({ elements }: InstanceState, job: JobState): readonly AdHocResult[] {
  const scope = elements.get(job.elementInstanceKey);
  if (scope?.elementType !== 'adHocSubProcess' || job.listener) return [];
  return [
    {
      activateElements: [
        { elementId: `${scope.elementId}A`, variables: { choice: 2 } },
        { elementId: `${scope.elementId}C` },
      ],
    },
    { isCompletionConditionFulfilled: true },
    { isCompletionConditionFulfilled: true, isCancelRemainingInstances: true },
  ];
}

function taskCommands(userTaskKey: Key, task: UserTaskState, variables: Variables): readonly Command[] {
  const turn = currentTurn(task);
  if (turn) return turnCommands(userTaskKey, turn);
  if (task.held) return [];
  return [
    { type: 'completeUserTask', userTaskKey, variables },
    { type: 'assignUserTask', userTaskKey, assignee: 'bob' },
    { type: 'updateUserTask', userTaskKey, changes: { priority: 70 } },
    ...(task.assignee === undefined || task.turns ? [] : [addition(userTaskKey, task.assignee)]),
  ];
}

const addition = (userTaskKey: Key, by: string): Command => ({
  type: 'addTaskTurns',
  userTaskKey,
  turns: [
    { account: 'cid', kind: 'signBefore' },
    { account: 'dan', kind: 'signAfter' },
  ],
  by,
});

function turnCommands(userTaskKey: Key, { id: turnId, account: by, kind }: TaskTurn): readonly Command[] {
  const end = { type: 'endTaskTurn', userTaskKey, turnId, by } as const;
  return [
    { ...end, outcome: kind === 'delegate' ? 'done' : 'agreed' },
    ...(kind === 'delegate' ? [] : [{ ...end, outcome: 'disagreed' } as const]),
    { type: 'removeTaskTurn', userTaskKey, turnId, by: 'bob' },
  ];
}

/** Sees the run after a command, with the command and the state that it reached. */
export type Check = (run: Run, command: Command, before: InstanceState) => void;

/** Performs up to `choices.length` legal commands, picked by the numbers; `check` sees the run after each. */
export function randomRun(run: Run, choices: readonly number[], check: Check): readonly Command[] {
  const performed: Command[] = [];
  for (const choice of choices) {
    const commands = legalCommands(run, { choice: choice % 3, again: choice % 5 === 0 });
    const command = pick(commands, choice);
    if (!command) break;
    performed.push(command);
    run.now += MINUTE_MS;
    const before = run.live;
    run.perform(command);
    check(run, command, before);
  }
  return performed;
}

/** Canceling stands last and would end most runs early, so it is picked rarely. */
function pick(commands: readonly Command[], choice: number): Command | undefined {
  const last = commands.length - 1;
  return choice % 97 === 0 ? commands[last] : commands[choice % Math.max(1, last)];
}
