import type { Problem } from '#bpmn';
import type { ConfigurationSet } from './configuration-set.js';
import { pointerPart, readJson } from './json-text.js';
import type { Parameter } from './settings.js';

type Comparable = Pick<ConfigurationSet, 'files' | 'parameters'>;

const file = 'workflows/parameters.json';

/**
 * Statutory ranges of the running set that a new one would widen or take away. No publication may do so, whoever approves
 * it: what the law allows is changed by who deploys the files (ADR 26).
 */
export function loosenedLimits(before: Comparable, after: Comparable): readonly Problem[] {
  const json = readJson(after.files.get(file) ?? '{}');
  return Object.entries(before.parameters)
    .filter(([, { statutory }]) => statutory === true)
    .flatMap(([id, was]) =>
      faultsOf(was, after.parameters[id]).map(({ at, what }) => {
        const place = [id, ...at].map((part) => `/${pointerPart(part)}`).join('');
        return {
          severity: 'error' as const,
          code: 'settings.statutoryLimit',
          file,
          place,
          ...(json.ok && { line: json.json.lineOf(place) }),
          message: `Expected ${what[0]} of the statutory parameter "${id}" not to be widened or removed. Put back what is in force; where the law has changed, the operator changes the file itself.`,
          messageZh: `法定参数“${was.name}”（${id}）${what[1]}。请改回原样；法规确有变化时，由运维人员直接修改配置文件。`,
        };
      }),
    );
}

interface Fault {
  readonly at: readonly string[];
  readonly what: readonly [english: string, chinese: string];
}

function faultsOf(was: Parameter, is: Parameter | undefined): readonly Fault[] {
  if (!is) return [{ at: [], what: ['the entry', '不能删除'] }];
  if (is.statutory !== true) return [{ at: ['statutory'], what: ['the mark "statutory"', '不能去掉 statutory 标记'] }];
  return [
    ...fault(is.max === undefined ? was.max !== undefined : is.max > (was.max ?? Infinity), 'max', [
      `the limit ${was.max}`,
      `的上限 ${was.max} 不能放宽或删除`,
    ]),
    ...fault(is.min === undefined ? was.min !== undefined : is.min < (was.min ?? -Infinity), 'min', [
      `the limit ${was.min}`,
      `的下限 ${was.min} 不能放宽或删除`,
    ]),
    ...fault(!isAsLow(is, was), 'maxBy', ['the limits by another parameter', '的 maxBy 不能放宽或删除']),
    ...fault(was.choices !== undefined && !isPartOf(is.choices, was.choices), 'choices', [
      'the choices',
      '的可选值不能增加或删除',
    ]),
  ];
}

const fault = (isLoosened: boolean, at: string, what: Fault['what']): readonly Fault[] =>
  isLoosened ? [{ at: [at], what }] : [];

/** Every lower limit by the value of another parameter is still there, and no higher. */
const isAsLow = (is: Parameter, was: Parameter): boolean =>
  Object.entries(was.maxBy ?? {}).every(([other, limits]) =>
    Object.entries(limits).every(([value, limit]) => (is.maxBy?.[other]?.[value] ?? Infinity) <= limit),
  );

const isPartOf = (some: readonly unknown[] | undefined, all: readonly unknown[]): boolean =>
  some?.every((one) => all.includes(one)) === true;
