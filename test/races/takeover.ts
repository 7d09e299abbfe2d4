import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.js';

const LOOK_EVERY_MS = 200;
const GIVE_UP_MS = 90_000;
const held = (epoch: string): string => `SELECT 'timer' AS kind, "key" FROM timers WHERE claimed_by = ${epoch}
  UNION ALL SELECT 'inbox', "key" FROM inbox WHERE claimed_by = ${epoch}
  UNION ALL SELECT 'job', "key" FROM jobs WHERE claimed_by = ${epoch} AND state NOT IN ('COMPLETED', 'CANCELED')`;

export interface Takeover {
  /** From the death of a node until nothing was claimed in its name: others have done its work or do it. */
  readonly ms: number;
  /** Whether the database and another node were there all the while. */
  readonly isUndisturbed: boolean;
}

/** Measures how long the work of a node that was just killed lay still; undefined where it held nothing. */
export async function measureTakeover(
  cluster: Cluster,
  name: string,
  isServed: () => boolean,
): Promise<Takeover | undefined> {
  const diedAt = Date.now();
  let isUndisturbed = true;
  const ask = async <T extends object>(sql: string, params: readonly unknown[] = []) => {
    isUndisturbed &&= isServed();
    return insist(
      () => cluster.query<T>(sql, params),
      () => (isUndisturbed = false),
    );
  };
  const epochs = await ask<{ epoch: string }>('SELECT epoch FROM nodes WHERE name = $1', [name]);
  const epoch = epochs.at(-1)?.epoch;
  if (epoch === undefined || (await ask(held(epoch))).length === 0) return undefined;
  while (Date.now() - diedAt < GIVE_UP_MS) {
    await sleep(LOOK_EVERY_MS);
    if ((await ask(held(epoch))).length === 0) break;
  }
  return { ms: Date.now() - diedAt, isUndisturbed };
}

/** Asks until the database, which is being restarted, answers. */
export async function insist<T>(ask: () => Promise<T>, onFailure = (): void => undefined): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      onFailure();
      await sleep(LOOK_EVERY_MS);
    }
  }
}
