import type { ProcessDefinition } from '#bpmn';
import type { Variables } from '#engine';
import { startRun, type Run } from '#testing';
import type { ScriptBinding } from './betsy-model.js';

export type BetsyStep =
  | { readonly op: 'deploy' | 'settle' }
  | { readonly op: 'start'; readonly process: string; readonly variables: Variables }
  | { readonly op: 'advanceClock'; readonly ms: number };

export interface BetsyLog {
  readonly tokens: string[];
  isOpen: boolean;
}

/** Runs the steps of one case and gives what its scripts have logged. */
export async function runSteps(
  definition: ProcessDefinition,
  steps: readonly BetsyStep[],
  bindings: Readonly<Record<string, ScriptBinding>>,
): Promise<BetsyLog> {
  const log: BetsyLog = { tokens: [], isOpen: false };
  let run: Run | undefined;
  for (const each of steps) {
    if (each.op === 'start') run = await startRun(definition, each.variables);
    if (run && each.op === 'advanceClock') advance(run, each.ms, bindings, log);
    if (run) settle(run, bindings, log);
  }
  return log;
}

/** Workers and signals go on after each timer that fires. */
function advance(run: Run, ms: number, bindings: Readonly<Record<string, ScriptBinding>>, log: BetsyLog): void {
  settle(run, bindings, log);
  const until = run.now + ms;
  const nextDue = () => Math.min(...run.live.timers.values().map(({ dueAt }) => dueAt));
  while (nextDue() <= until) {
    run.advance(Math.max(0, nextDue() - run.now));
    settle(run, bindings, log);
  }
  run.advance(until - run.now);
}

function settle(run: Run, bindings: Readonly<Record<string, ScriptBinding>>, log: BetsyLog): void {
  let delivered = 0;
  const chosen = new Set<string>();
  for (;;) {
    const thrown = run.events.slice(delivered).filter((event) => event.type === 'signalThrown');
    delivered = run.events.length;
    for (const { signalName, variables } of thrown) run.signal(signalName, variables);
    choose(run, chosen);
    const job = [...run.live.jobs][0];
    if (job) work(run, job[0], run.live.elements.get(job[1].elementInstanceKey)?.elementId ?? '', bindings, log);
    else if (thrown.length === 0) return;
  }
}

/**
 * In an ad-hoc sub-process a person says what is done next (BPMN 2.0.2, 13.3.5); the cases name none, so this one chooses
 * each activity once.
 */
function choose(run: Run, done: Set<string>): void {
  for (const { key, elementId, elementType } of run.live.elements.values()) {
    if (elementType !== 'adHocSubProcess' || done.has(key)) continue;
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

function work(
  run: Run,
  jobKey: string,
  elementId: string,
  bindings: Readonly<Record<string, ScriptBinding>>,
  log: BetsyLog,
): void {
  const binding = bindings[elementId] ?? { do: 'nothing' };
  const { name = '', token, code } = binding;
  if (binding.do === 'createLog') log.isOpen = true;
  if (binding.do === 'log' && token !== undefined) log.tokens.push(token);
  if (binding.do === 'throwBpmnError') {
    run.perform({ type: 'throwJobError', jobKey, errorCode: code ?? '' });
    return;
  }
  const counted = binding.do === 'increment' ? { [name]: Number(run.variables()[name] ?? 0) + 1 } : {};
  const set = binding.do === 'setData' ? { [name]: binding.value } : {};
  run.perform({ type: 'completeJob', jobKey, variables: { ...counted, ...set } });
}
