import type { CompiledExpression } from '#feel';
import { childOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { EventDefinition, TimerDefinition } from './process-definition.js';
import { compile, compileStandard, missing, type Reading } from './reading.js';
import type { EventPlace } from './supported-elements.js';
import { isTimerText } from './timer-text.js';

type TimerEvent = Extract<EventDefinition, { readonly kind: 'timer' }>;

/** When a timer event happens: just one of date, duration and cycle. Source: BPMN 2.0.2, 10.5.5, "Timer". */
export function readTimer(
  reading: Reading,
  element: ModdleElement,
  definition: ModdleElement,
  place: EventPlace,
): TimerEvent | undefined {
  const found = (['date', 'duration', 'cycle'] as const).flatMap((type) => {
    const source = childOf(definition, `time${type.charAt(0).toUpperCase()}${type.slice(1)}`);
    return textOf(source, 'body') === undefined ? [] : [{ type, source: source! }];
  });
  const [timer] = found;
  if (!timer || found.length > 1) {
    missing(reading, element, 'one of timeDate, timeDuration and timeCycle', '定时器的时间（日期、时长或周期三选一）');
    return undefined;
  }
  const expression = compileTimer(reading, element, timer.type, timer.source);
  if (expression?.isStatic) checkText(reading, element, timer.type, expression.source);
  if (place === 'startEvent' && expression) checkStart(reading, element, expression);
  return expression && { kind: 'timer', timer: { type: timer.type, expression } };
}

/** A text, FEEL after `=` or where the language says so, or a simple `${...}` of other engines. */
function compileTimer(
  reading: Reading,
  element: ModdleElement,
  type: TimerDefinition['type'],
  source: ModdleElement,
): CompiledExpression | undefined {
  const text = textOf(source, 'body') ?? '';
  const isExpression = /^[$#]\{/.test(text) || /feel/i.test(textOf(source, 'language') ?? '');
  return isExpression
    ? compileStandard(reading, element, `timer ${type}`, source)
    : compile(reading, element, `timer ${type}`, text);
}

function checkText(reading: Reading, element: ModdleElement, type: TimerDefinition['type'], text: string): void {
  if (isTimerText(type, text)) return;
  reading.problems.error('invalidTimer', element, {
    en: `Expected the timer of ${label(element)} to be an ISO 8601 ${type}${type === 'cycle' ? ' that happens at least once, or a cron text,' : ''} but found: ${text}`,
    zh: `${label(element)} 的定时器不是有效的 ISO 8601 ${timerNames[type]}：${text}`,
  });
}

const timerNames = { date: '日期时间', duration: '时长', cycle: '周期（至少一次，或 cron 表达式）' } as const;

/** Before an instance there are no variables. */
function checkStart(reading: Reading, element: ModdleElement, { reads }: CompiledExpression): void {
  if (reads.length === 0) return;
  reading.problems.error('invalidTimer', element, {
    en: `Expected the timer of start event ${label(element)} to need no variables, of which there are none yet, but it reads ${reads.join(', ')}.`,
    zh: `开始事件 ${label(element)} 的定时器不能使用变量（${reads.join('、')}），因为流程尚未开始。`,
  });
}
