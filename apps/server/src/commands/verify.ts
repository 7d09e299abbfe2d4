import { openDatabase, verifyChains } from '#persistence';
import type { Settings } from '../settings/settings.js';

const MOST_LINES = 20;

/** Follows the chain of events of every instance; gives what to print and whether all hold. */
export async function verify({ databaseUrl }: Settings): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const database = await openDatabase({ url: databaseUrl });
  try {
    const { instances, events, destroyed, chainedAfterwards, broken } = await verifyChains(database);
    const counted = `${instances} instances, ${events} events (${destroyed} with destroyed content, ${chainedAfterwards} chained afterwards)`;
    if (broken.length === 0) return { text: `事件链完整。 The chain of events holds: ${counted}.\n`, isWhole: true };
    const lines = broken
      .slice(0, MOST_LINES)
      .map(({ processInstanceKey, position, message }) => `  ${processInstanceKey} @ ${position}: ${message}`);
    const text = `事件链已断。 The chain of events is broken in ${broken.length} instances; ${counted}:\n${lines.join('\n')}\n`;
    return { text, isWhole: false };
  } finally {
    await database.close();
  }
}
