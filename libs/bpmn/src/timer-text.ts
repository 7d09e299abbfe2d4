import { parseCycle, parseDuration } from '#calendar';
import { FeelZone, parseDateTime, type CompiledExpression } from '#feel';
import type { ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { TimerDefinition } from './process-definition.js';
import type { Reading } from './reading.js';

/** Refuses a moment that is written out and is none; nothing at all means that there is none. */
export function checkMoment(
  reading: Reading,
  element: ModdleElement,
  expression: CompiledExpression | undefined,
  place: string,
): void {
  if (!expression?.isStatic || expression.source.trim() === '' || isTimerText('date', expression.source)) return;
  reading.problems.error(
    'invalidMoment',
    element,
    {
      en: `Expected ${place} of ${label(element)} to be an ISO 8601 date and time, such as 2026-03-01T09:00:00+08:00, or an expression that begins with "=" but found: ${expression.source}`,
      zh: `${label(element)} 的 ${place} 必须是日期时间（如 2026-03-01T09:00:00+08:00），或以“=”开头的表达式，现为：${expression.source}`,
    },
    { place },
  );
}

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
