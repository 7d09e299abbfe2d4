import type { Command, EngineEvent, InstanceState, Key, StepContext } from '#engine';
import { step } from '#engine';
import type { EvaluationContext } from '#feel';
import type { Cascade } from './cascades.js';
import type { LoadedDefinition } from './definitions.js';
import type { Changes, InstanceRecord, RowOperation, RowWrite, RuntimeRejection } from './ports.js';
import { candidateTimes, project } from './projections/index.js';

/** What a step takes from the world at the moment it runs. */
export interface World {
  readonly evaluation: EvaluationContext;
  nextKey(): Key;
  unitOfRole(role: string): string | undefined;
  isFollowed?(bpmnProcessId: string): boolean;
  roleOfLane?(lane: string): string | undefined;
  /** Whether one of those who called the instance catches this error. */
  callersCatch?(errorCode: string): boolean;
  readonly maxRounds?: number;
  /** What led to the step in other instances; absent: something outside. */
  readonly cascade?: Cascade;
  /** The bound that another message or signal of the step would exceed; absent: it may throw some. */
  readonly excess?: string;
}

export type Stepped =
  | { readonly ok: true; readonly record: InstanceRecord; readonly state: InstanceState; readonly changes: Changes }
  | { readonly ok: false; readonly rejection: RuntimeRejection };

export interface StepRequest {
  readonly loaded: LoadedDefinition;
  /** Absent for a new instance. */
  readonly before: InstanceState | undefined;
  /** Of a new instance: as it begins, at position and revision 0. */
  readonly record: InstanceRecord;
  readonly command: Command;
  readonly writes?: readonly RowWrite[];
  readonly world: World;
}

/** Decides one command and says which rows change: events to the log, projections, inbox. Pure but for the keys it takes. */
export function stepInstance({ loaded, before, record, command, writes, world }: StepRequest): Stepped {
  const result = step(loaded.process, before, command, stepContext(loaded, world));
  if (!result.ok) return result;
  const { state } = result;
  const variables = rootVariables(record.key, result.events, { before, after: state });
  const next = recordAfter(record, { state, variables, steps: result.events.length }, loaded, world.evaluation);
  const projected = project(result.events, record.position + 1, {
    definition: loaded.process,
    record: next,
    before,
    now: world.evaluation.now,
    elementOf: (id) => elementOf(loaded, id),
    formOf: (id) => loaded.forms.get(id),
    unitOf: (groups) => unitOf(groups, world),
    nextKey: () => world.nextKey(),
    cascade: world.cascade,
  });
  const rows = [
    ...projected.filter((row) => mayBeSeen(row, state)),
    ...relabelled(record, next, before),
    ...marked(record, next, world),
  ];
  const allWrites = [...(writes ?? []), ...candidateTimes(result.events), ...releasedStart(next)];
  return {
    ok: true,
    record: next,
    state,
    changes: {
      instance: { record: next, state, events: result.events, at: world.evaluation.now },
      rows,
      ...(allWrites.length ? { writes: allWrites } : {}),
    },
  };
}

/** The correlation key of an instance that has ended is free for the next one. */
const releasedStart = ({ key, state, startCorrelationKey }: InstanceRecord): readonly RowWrite[] =>
  state === 'ACTIVE' || startCorrelationKey === null
    ? []
    : [{ sql: 'DELETE FROM message_starts WHERE process_instance_key = ?', params: [key] }];

/** A timer that is set while the instance is suspended is offered to the scheduler when it is resumed. */
const mayBeSeen = (row: RowOperation, { suspension }: InstanceState): boolean =>
  !suspension || !('insert' in row) || row.insert !== 'timers';

function stepContext(
  loaded: LoadedDefinition,
  { evaluation, nextKey, roleOfLane, callersCatch, maxRounds, excess }: World,
): StepContext {
  return {
    now: evaluation.now,
    timeZone: evaluation.timeZone,
    nextKey,
    decisions: (id) => loaded.decisions.get(id),
    ...(roleOfLane ? { roleOfLane } : {}),
    ...(callersCatch ? { callersCatch } : {}),
    ...(maxRounds === undefined ? {} : { maxPauses: maxRounds }),
    ...(excess === undefined ? {} : { throwsExceed: excess }),
    ...(evaluation.functions ? { functions: evaluation.functions } : {}),
    ...(evaluation.random ? { random: evaluation.random } : {}),
  };
}

const elementOf = ({ process }: LoadedDefinition, id: string) => {
  const index = process.indexById.get(id);
  return index === undefined ? undefined : process.elements[index];
};

const STATES = { active: 'ACTIVE', completed: 'COMPLETED', terminated: 'TERMINATED' } as const;

interface After {
  readonly state: InstanceState;
  /** Those that the title is made of; undefined where the step set none of them. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  /** How many events the step wrote. */
  readonly steps: number;
}

function recordAfter(
  record: InstanceRecord,
  { state, variables, steps }: After,
  loaded: LoadedDefinition,
  evaluation: EvaluationContext,
): InstanceRecord {
  return {
    ...record,
    ...(variables ? labels(record, variables, loaded, evaluation) : {}),
    hasIncident: state.incidents.size > 0,
    state: STATES[state.status],
    position: record.position + steps,
    revision: record.revision + 1,
    endAt: state.status === 'active' ? null : evaluation.now,
  };
}

/**
 * Variables of the root scope, undefined where the step set none of them; the state of an ended instance holds none, so those
 * of before the step count, and what its events set.
 */
function rootVariables(
  key: Key,
  events: readonly EngineEvent[],
  { before, after }: { readonly before: InstanceState | undefined; readonly after: InstanceState },
): Readonly<Record<string, unknown>> | undefined {
  let set: Record<string, unknown> | undefined;
  for (const event of events)
    if (event.type === 'variablesSet' && event.scopeKey === key) set = Object.assign(set ?? {}, event.variables);
  const kept = after.variables.get(key);
  return set && (kept ? Object.assign(set, kept) : { ...before?.variables.get(key), ...set });
}

function labels(
  record: InstanceRecord,
  variables: Readonly<Record<string, unknown>>,
  loaded: LoadedDefinition,
  evaluation: EvaluationContext,
): Partial<InstanceRecord> {
  const publicState = variables[loaded.stateVariable];
  return {
    title: titleOf(record, variables, loaded, evaluation),
    publicState: typeof publicState === 'string' ? publicState : record.publicState,
    drill: record.drill || variables.drill === true,
  };
}

function titleOf(
  record: InstanceRecord,
  variables: Readonly<Record<string, unknown>>,
  loaded: LoadedDefinition,
  evaluation: EvaluationContext,
): string | null {
  if (!loaded.title) return record.title;
  const scope = { get: (name: string) => variables[name], has: (name: string) => Object.hasOwn(variables, name) };
  const { value } = loaded.title.evaluate(scope, evaluation);
  return typeof value === 'string' ? value.slice(0, 300) : record.title;
}

/** Open tasks and later lists show the instance's line and mark as they are now. */
function relabelled(
  before: InstanceRecord,
  after: InstanceRecord,
  state: InstanceState | undefined,
): readonly RowOperation[] {
  if (!state || (before.title === after.title && before.drill === after.drill)) return [];
  return state.userTasks.keys().map((key) => ({
    update: 'user_tasks',
    key: { key },
    set: { title: after.title, drill: after.drill },
  }));
}

/** What the read model has to look at again; also after a migration that takes the instance out of its sight. */
function marked(before: InstanceRecord, after: InstanceRecord, world: World): readonly RowOperation[] {
  const isFollowed = [before, after].some(({ bpmnProcessId }) => world.isFollowed?.(bpmnProcessId) === true);
  if (!isFollowed) return [];
  return [{ upsert: 'ledger_marks', row: { process_instance_key: after.key, revision: after.revision } }];
}

/** `role@unit` and `role@unit/*` name the unit themselves; else the first role or post that has one. */
function unitOf(groups: readonly string[], { unitOfRole }: World): string | null {
  const named = groups
    .map((group) => group.split('@')[1]?.replace(/\/\*$/, ''))
    .find((unit) => unit !== undefined && unit !== '' && unit !== '*');
  return named ?? groups.map((group) => unitOfRole(group.split('@')[0]!)).find((unit) => unit !== undefined) ?? null;
}
