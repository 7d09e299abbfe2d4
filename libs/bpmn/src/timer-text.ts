import { parseCycle, parseDuration } from '#calendar';
import { FeelZone, parseDateTime } from '#feel';
import type { TimerDefinition } from './process-definition.js';

/** Whether a timer that is written out, not computed, says a time at all; the engine reads it the same way. */
export function isTimerText(type: TimerDefinition['type'], text: string): boolean {
  if (type === 'cycle') {
    const cycle = parseCycle(text);
    return cycle !== undefined && (cycle.kind === 'cron' || cycle.repetitions !== 0);
  }
  if (type === 'duration') return parseDuration(text) !== undefined;
  const plain = text.replace(/(Z|[+-]\d\d:\d\d)\[.+\]$/, '$1').replace(/\[(.+)\]$/, '@$1');
  const zone = FeelZone.parse('@UTC');
  return zone !== undefined && parseDateTime(plain)?.epochMsIn(zone) !== undefined;
}
