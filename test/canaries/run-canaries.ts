import { playMarked } from './petitioners.js';
import { filesIn, processesIn, revealSome, type Reveals } from './reveals.js';
import type { Find } from './search-data.js';
import { searchEverything, type Place } from './search-everything.js';

export interface CanariesResult {
  readonly petitioners: number;
  readonly cases: number;
  /** BPMN process ids of which instances were there. */
  readonly processes: readonly string[];
  /** Of those with a mark in their name. */
  readonly files: { readonly claimed: number; readonly waiting: number };
  readonly looked: Readonly<Record<string, number>>;
  /** The same places first, so that a long list stays short. */
  readonly finds: readonly Find[];
  readonly reveals: Reveals;
}

/** Petitioners with marked identities go through all processes; then nothing of them may stand anywhere unopened. */
export async function runCanaries(place: Place, petitioners: number): Promise<CanariesResult> {
  const { cases } = await playMarked(place.url, petitioners);
  const reveals = await revealSome(place, Math.min(petitioners, 200));
  const { finds, looked } = await searchEverything(place);
  const { dataDir } = place;
  const [processes, files] = [processesIn(dataDir), filesIn(dataDir)];
  return { petitioners, cases, processes, files, looked, finds: finds.slice(0, 50), reveals };
}
