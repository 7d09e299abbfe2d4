import type { ProcessDefinition } from '#bpmn';
import { chosen, type Choice } from './choices.js';
import { observe } from './observation.js';
import { successors } from './steps.js';
import { newWorld, type World } from './world.js';

/** A choice from outside and all that was seen when nothing moved any more. */
export interface Observed {
  readonly choice: Choice;
  readonly seen: readonly string[];
}

/**
 * Agrees: some interleaving of the model shows what was seen, after each choice. Differs: none does; `possible` are the
 * states at rest that the model reaches instead. Bounded: not all could be tried.
 */
export type Explanation =
  | { readonly verdict: 'agrees'; readonly states: number }
  | { readonly verdict: 'bounded'; readonly states: number; readonly at: number }
  | { readonly verdict: 'differs'; readonly states: number; readonly at: number; readonly possible: readonly string[] };

const maxStates = 20_000;
const maxShown = 5;

interface Place {
  readonly world: World;
  /** How many choices were made. */
  readonly done: number;
}

/** Looks, depth first and over all interleavings, for a run of the model that shows the same as the engine did. */
export function explain(definition: ProcessDefinition, trace: readonly Observed[]): Explanation {
  const open: Place[] = [{ world: newWorld(definition), done: 0 }];
  const seen = new Set<string>();
  const resting = new Map<number, Set<string>>();
  let furthest = 0;
  for (let place = open.pop(); place; place = open.pop()) {
    const { world, done } = place;
    furthest = Math.max(furthest, done);
    if (seen.size >= maxStates) return { verdict: 'bounded', states: seen.size, at: furthest };
    const key = `${done} ${print(world)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const next = done === 0 ? [] : successors(world);
    if (next.length > 0) {
      for (const each of next.toReversed()) open.push({ world: each, done });
      continue;
    }
    if (!isAsSeen(world, trace[done - 1], done, resting)) continue;
    const following = trace[done];
    if (!following) return { verdict: 'agrees', states: seen.size };
    for (const each of chosen(world, following.choice).toReversed()) open.push({ world: each, done: done + 1 });
  }
  return { verdict: 'differs', states: seen.size, at: furthest, possible: [...(resting.get(furthest) ?? [])] };
}

function isAsSeen(
  world: World,
  observed: Observed | undefined,
  done: number,
  resting: Map<number, Set<string>>,
): boolean {
  if (!observed) return true;
  const shown = observe(world).join('\n');
  const others = resting.get(done) ?? new Set();
  resting.set(done, others);
  if (others.size < maxShown) others.add(shown);
  return shown === observed.seen.join('\n');
}

/** The same for states that differ only in the numbers and the order of their instances. */
function print({ state }: World): string {
  const of = (scope: number | undefined): string[] =>
    state.instances
      .filter((instance) => instance.scope === scope)
      .map(({ id, scope: _scope, at: _at, tokens, compensates, ...instance }) => {
        const worker = state.instances.find((each) => each.id === compensates)?.element;
        const flows = tokens.map(({ flow }) => flow).toSorted((a, b) => a - b);
        return JSON.stringify([instance, flows, worker, of(id)], withoutMoments);
      })
      .toSorted();
  return JSON.stringify([state.status, state.thrown, of(undefined)]);
}

function withoutMoments(name: string, value: unknown): unknown {
  return name === 'at' || name === 'scope' || name === 'running' ? typeof value : value;
}
