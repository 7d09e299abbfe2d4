import type { ProcessDefinition } from '#bpmn';
import type { Variables } from '#engine';
import type { Run } from '#testing';
import { bindingOf, durationOf, elementOf, work, type BetsyLog, type Bindings } from './betsy-work.js';
import { World } from './betsy-world.js';

export type BetsyStep =
  | { readonly op: 'deploy' | 'settle' }
  | { readonly op: 'start'; readonly process: string; readonly variables: Variables }
  | { readonly op: 'advanceClock'; readonly ms: number };

interface Case {
  readonly world: World;
  readonly bindings: Bindings;
  readonly log: BetsyLog;
  /** When work that takes time is done, by instance and job. */
  readonly doneAt: Map<Run, Map<string, number>>;
  /** Ad-hoc sub-processes in which the activities were chosen. */
  readonly chosen: Map<Run, Set<string>>;
}

/** Runs the steps of one case and gives what its scripts have logged. */
export async function runSteps(
  definitions: ReadonlyMap<string, ProcessDefinition>,
  steps: readonly BetsyStep[],
  bindings: Bindings,
): Promise<BetsyLog> {
  const log: BetsyLog = { tokens: [], isOpen: false };
  const each: Case = { world: new World(definitions), bindings, log, doneAt: new Map(), chosen: new Map() };
  for (const step of steps) {
    if (step.op === 'start') await each.world.start(step.process, step.variables);
    if (step.op === 'advanceClock') await advance(each, step.ms);
    await settle(each);
  }
  return log;
}

/** Workers and signals go on after each timer that fires and each work that is done. */
async function advance(each: Case, ms: number): Promise<void> {
  await settle(each);
  for (let left = ms; left > 0;) {
    const pause = Math.min(left, Math.max(1, untilNext(each)));
    each.world.advance(pause);
    left -= pause;
    await settle(each);
  }
}

/** Milliseconds until something is due; infinite where nothing is. */
function untilNext({ world, doneAt }: Case): number {
  const waits = world.runs.flatMap((run) => {
    const due = [...run.live.timers.values().map(({ dueAt }) => dueAt), ...(doneAt.get(run)?.values() ?? [])];
    return due.map((at) => at - run.now);
  });
  return Math.min(...waits, Infinity);
}

async function settle(each: Case): Promise<void> {
  const { world, bindings, log } = each;
  for (;;) {
    const hasCrossed = await world.deliver();
    for (const run of world.runs)
      choose(
        run,
        once(each.chosen, run, () => new Set()),
      );
    const next = nextJob(each);
    if (next) work(next.run, next.jobKey, bindings, log);
    else if (!hasCrossed) return;
  }
}

function nextJob({ world, bindings, doneAt }: Case): { readonly run: Run; readonly jobKey: string } | undefined {
  for (const run of world.runs) {
    const times = once(doneAt, run, () => new Map());
    for (const jobKey of times.keys()) if (!run.live.jobs.has(jobKey)) times.delete(jobKey);
    for (const jobKey of run.live.jobs.keys()) {
      const at = times.get(jobKey) ?? run.now + durationOf(bindingOf(bindings, elementOf(run, jobKey).id));
      times.set(jobKey, at);
      if (at > run.now) continue;
      times.delete(jobKey);
      return { run, jobKey };
    }
  }
  return undefined;
}

/** What belongs to an instance, made when it is first asked for. */
function once<T>(known: Map<Run, T>, run: Run, make: () => T): T {
  const found = known.get(run) ?? make();
  known.set(run, found);
  return found;
}

/**
 * In an ad-hoc sub-process a person says what is done next (BPMN 2.0.2, 13.3.5); the cases name none, so this one chooses
 * each activity once.
 */
function choose(run: Run, done: Set<string>): void {
  for (const { key, elementId, elementType, multiInstance } of run.live.elements.values()) {
    if (elementType !== 'adHocSubProcess' || multiInstance || done.has(key)) continue;
    done.add(key);
    const { elements, indexById } = run.definition;
    const starts = elements[indexById.get(elementId) ?? 0]?.implicitStarts ?? [];
    run.perform({
      type: 'activateAdHocElements',
      elementInstanceKey: key,
      elements: starts.map((index) => ({ elementId: elements[index]?.id ?? '' })),
    });
  }
}
