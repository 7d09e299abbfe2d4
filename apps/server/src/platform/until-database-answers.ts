import { setTimeout as sleep } from 'node:timers/promises';
import { asRefusal } from '../problems/problem-document.js';

const AGAIN_MS = 500;
const LONGEST_MS = 60_000;

/** Opens something again and again, for a minute at most, while the database is away: it may start beside this node. */
export async function untilDatabaseAnswers<T>(open: () => Promise<T>, longestMs = LONGEST_MS): Promise<T> {
  const until = Date.now() + longestMs;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (asRefusal(error)?.status !== 503 || Date.now() > until) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
