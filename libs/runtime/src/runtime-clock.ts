import type { EvaluationContext } from '#feel';
import type { Outcome } from './ports.js';

/** The time that steps go by. */
export interface RuntimeClock {
  /** Engine time, epoch ms: real, or as pinned. */
  now(): number;
  /** Freezes engine time for all nodes; earlier than the last event is refused. Timers that became due fire. */
  pinClock(at: number): Promise<Outcome<null>>;
  resetClock(): Promise<Outcome<null>>;
  /** Schedules count anew from this moment, though they were published later: for a clock that was set back. */
  recountSchedules(): Promise<Outcome<null>>;
  /** FEEL's view of the world at this moment, as steps see it. */
  evaluationContext(): EvaluationContext;
}
