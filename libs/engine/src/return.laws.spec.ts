import fc from 'fast-check';
import type { ProcessDefinition } from '#bpmn';
import {
  lineageOf,
  replay,
  returnTargets,
  writeState,
  type Command,
  type InstanceState,
  type JobState,
  type Key,
  type ReturnTarget,
} from '#engine';
import {
  brokenLaws,
  lawRuns,
  legalCommands,
  randomGraph,
  randomModel,
  randomRun,
  startRandomRun,
  type Run,
} from '#testing';

const choices = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 20 });
const models = fc.oneof({ weight: 3, arbitrary: randomModel() }, { weight: 2, arbitrary: randomGraph() });

type Law = (definition: ProcessDefinition, picks: readonly number[]) => Promise<void>;

/** What lives where, and which tokens wait. */
function shapeOf(state: InstanceState): readonly string[] {
  const pathOf = (key: Key | undefined): string => {
    const instance = key === undefined ? undefined : state.elements.get(key);
    if (!instance) return '';
    return `${pathOf(instance.flowScopeKey)}/${instance.elementId}#${instance.loopCounter ?? ''}`;
  };
  return state.elements
    .values()
    .map(({ key, tokens, resets, multiInstance, state: stage }) => {
      const progress = multiInstance && [multiInstance.next, multiInstance.completed];
      return `${pathOf(key)} ${stage} ${JSON.stringify([sorted(tokens), sorted(resets), progress])}`;
    })
    .toSorted();
}

const sorted = (record: object = {}) =>
  Object.entries(record)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, value]) => [id, Object.entries(value as object).toSorted()]);

function tokensOf(state: InstanceState): readonly string[] {
  return state.elements
    .values()
    .flatMap(({ key, tokens = {} }) =>
      Object.entries(tokens).flatMap(([joinId, flows]) =>
        Object.entries(flows).flatMap(([flowId, count]) =>
          Array.from({ length: count }, () => `${key} ${joinId} ${flowId}`),
        ),
      ),
    )
    .toSorted();
}

function followsState(definition: ProcessDefinition, { events, live }: Run): void {
  const { nodes, waiting } = lineageOf(definition, events);
  const living = [...nodes.values()].filter(({ state }) => state === 'active').map(({ key }) => key);
  expect(living.toSorted()).toEqual(live.elements.keys().toSorted());
  expect(
    waiting.map(({ scopeKey, joinElementId, flowId }) => `${scopeKey} ${joinElementId} ${flowId}`).toSorted(),
  ).toEqual(tokensOf(live));
}

const returning = (run: Run, { elementInstanceKey, elementId, flowScopeKey, undo }: ReturnTarget): Command => ({
  type: 'returnProcessInstance',
  kind: 'return',
  elementInstanceKey,
  elementId,
  flowScopeKey,
  ...undo,
  position: run.live.position,
  by: 'ann',
});

function targetsOf({ definition, events, live }: Run): readonly ReturnTarget[] {
  return live.userTasks
    .values()
    .flatMap(({ elementInstanceKey }) => returnTargets(definition, events, elementInstanceKey));
}

/** The element instance that a command is for, undefined where it is for the whole. */
function placeOf({ live }: Run, command: Command): Key | undefined {
  const owned = { ...command } as Readonly<Record<string, unknown>>;
  const key = String(
    owned['userTaskKey'] ??
      owned['jobKey'] ??
      owned['timerKey'] ??
      owned['subscriptionKey'] ??
      owned['incidentKey'] ??
      '',
  );
  const { userTasks, jobs, timers, subscriptions, incidents } = live;
  const owner = [userTasks, jobs, timers, subscriptions, incidents]
    .map((table) => table.get(key))
    .find((entry) => entry);
  return owner?.elementInstanceKey ?? (owned['elementInstanceKey'] as Key | undefined);
}

/** Goes on with what descends from a step alone. */
function goOnBelow(run: Run, stepKey: Key, picks: readonly number[]): void {
  for (const pick of picks) {
    const below = descendants(run, stepKey);
    const commands = legalCommands(run, { choice: pick % 3, again: pick % 5 === 0 }).filter((command) => {
      const place = placeOf(run, command);
      return place !== undefined && below.has(place);
    });
    const command = commands[pick % Math.max(1, commands.length)];
    if (!command) break;
    run.perform(command);
  }
}

function descendants({ definition, events }: Run, stepKey: Key): ReadonlySet<Key> {
  const found = new Set([stepKey]);
  for (const { key, parents } of lineageOf(definition, events).nodes.values())
    if (parents.some((parent) => found.has(parent))) found.add(key);
  return found;
}

/** Whether all that began or ended since a moment descends from the step. */
function isApart(run: Run, stepKey: Key, since: number): boolean {
  const below = descendants(run, stepKey);
  return run.events
    .slice(since)
    .every((event) => !('elementInstanceKey' in event) || below.has(event.elementInstanceKey));
}

/** What was undone ends when its listeners are done. */
function answerCanceling(run: Run): void {
  const isAsked = ([, { listener }]: readonly [Key, JobState]) => listener?.eventType === 'canceling';
  for (let asked = [...run.live.jobs].find(isAsked); asked; asked = [...run.live.jobs].find(isAsked))
    run.perform({ type: 'completeJob', jobKey: asked[0], variables: {} });
}

const counts = { returns: 0, comparisons: 0 };

const laws: readonly (readonly [string, number, Law])[] = [
  [
    'knows in each state what lives and which tokens wait',
    0.08,
    async (definition, picks) => {
      const run = await startRandomRun(definition, picks);
      followsState(definition, run);
      randomRun(run, picks, () => followsState(definition, run));
    },
  ],
  [
    'can go back to every step that it offers, and on from there',
    0.08,
    async (definition, picks) => {
      const run = await startRandomRun(definition, picks);
      randomRun(run, picks, (at) => {
        const targets = targetsOf(at);
        const target = targets[at.events.length % Math.max(1, targets.length)];
        if (!target || at.events.length % 3 === 0) return;
        counts.returns += 1;
        at.perform(returning(at, target));
        expect(brokenLaws(at.live)).toEqual([]);
        expect(writeState(replay(at.events))).toEqual(writeState(at.live));
        followsState(definition, at);
      });
    },
  ],
  [
    'is after a return where it would be, had it never gone on from the step',
    0.15,
    async (definition, picks) => {
      const run = await startRandomRun(definition, picks);
      const half = Math.floor(picks.length / 2);
      randomRun(run, picks.slice(0, half), () => undefined);
      // What its boundary events have begun goes with the step.
      const [userTaskKey, task] = [...run.live.userTasks].find(([, each]) => !each.held && !each.turns) ?? [];
      if (userTaskKey === undefined || !task) return;
      if (descendants(run, task.elementInstanceKey).size > 1) return;
      const before = shapeOf(run.live);
      const since = run.events.length;
      run.perform({ type: 'completeUserTask', userTaskKey, variables: { choice: half % 3, again: false } });
      goOnBelow(run, task.elementInstanceKey, picks.slice(half));
      const target = targetsOf(run).find(({ elementInstanceKey }) => elementInstanceKey === task.elementInstanceKey);
      if (!target || !isApart(run, task.elementInstanceKey, since)) return;
      counts.comparisons += 1;
      run.perform(returning(run, target));
      answerCanceling(run);

      expect(shapeOf(run.live)).toEqual(before);
    },
  ],
];

describe('ways back on random models', () => {
  it.each(laws)('%s', async (name, share, law) => {
    const property = fc.asyncProperty(models, choices, async (model, picks) => law(await model.build(), picks));
    await fc.assert(property, lawRuns(`return ${name}`, share));
  });

  it('were tried often enough to mean something', () => {
    expect(counts.returns).toBeGreaterThan(0);
    expect(counts.comparisons).toBeGreaterThan(0);
  });
});
