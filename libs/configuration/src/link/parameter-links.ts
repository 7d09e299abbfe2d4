import { pointerPart } from '../json-text.js';
import type { Parameter } from '../settings.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { refuseUnknownKeys } from './references.js';

const file = 'workflows/parameters.json';
const keys = [
  'name',
  'value',
  'default',
  'min',
  'max',
  'choices',
  'choiceLabels',
  'fractions',
  'statutory',
  'unit',
  'clause',
  'maxBy',
];

interface Fault {
  /** Key of the parameter at which it stands; absent: the parameter itself. */
  readonly at?: 'value' | 'default' | 'min' | 'clause';
  readonly text: Sentence;
}

/** Checks that every parameter says what it rests on and has a default and, for a number, a range, in which both lie. */
export function linkParameters(context: LinkContext): void {
  for (const [id, parameter] of Object.entries(context.set.parameters)) {
    const place = `/${pointerPart(id)}`;
    refuseUnknownKeys(context, { file, place, found: parameter, keys });
    for (const other of Object.keys(parameter.maxBy ?? {})) {
      const known = Object.keys(context.set.parameters);
      if (!known.includes(other))
        reportMissing(context, file, `${place}/maxBy`, { what: ['the parameter', '参数'], id: other, known });
    }
    for (const choice of Object.keys(parameter.choiceLabels ?? {})) {
      const known = (parameter.choices ?? []).map(String);
      if (!known.includes(choice))
        reportMissing(context, file, `${place}/choiceLabels`, { what: ['the choice', '选项'], id: choice, known });
    }
    for (const { at, text } of faultsOf(id, parameter))
      reportPlace(context, file, at === undefined ? place : `${place}/${at}`, {
        code: 'settings.parameterRange',
        text,
      });
  }
}

function faultsOf(id: string, parameter: Parameter): readonly Fault[] {
  const { value, min, max } = parameter;
  if (min !== undefined && max !== undefined && min > max) {
    const text: Sentence = [
      `Expected the least of the parameter "${id}" not above its most but found ${min} and ${max}.`,
      `参数“${id}”的下限 ${min} 大于上限 ${max}。`,
    ];
    return [{ at: 'min', text }];
  }
  const texts = valueFault(id, parameter, value);
  return [
    ...(texts ? [{ at: 'value', text: texts } as const] : []),
    ...defaultFaults(id, parameter),
    ...rangeFaults(id, parameter),
    ...clauseFaults(id, parameter),
  ];
}

/** Who changes a parameter has to see which rule it carries out. */
function clauseFaults(id: string, { clause }: Parameter): readonly Fault[] {
  if (clause !== undefined && clause.trim() !== '') return [];
  const text: Sentence = [
    `Expected a "clause" for the parameter "${id}": the rule that it carries out.`,
    `参数“${id}”没有写依据（clause），请写明按哪一条定的。`,
  ];
  return [{ ...(clause !== undefined && { at: 'clause' }), text }];
}

function defaultFaults(id: string, parameter: Parameter): readonly Fault[] {
  if (parameter.default === undefined)
    return [{ text: [`Expected a "default" for the parameter "${id}".`, `参数“${id}”没有写默认值（default）。`] }];
  const fault = valueFault(id, parameter, parameter.default);
  return fault ? [{ at: 'default', text: [`Default: ${fault[0]}`, `默认值有误：${fault[1]}`] }] : [];
}

/** Numbers, and what the law limits, cannot be left open to any value. */
function rangeFaults(id: string, { value, min, max, choices, statutory }: Parameter): readonly Fault[] {
  const isBounded = choices !== undefined || (min !== undefined && max !== undefined);
  if (isBounded || (typeof value !== 'number' && statutory !== true)) return [];
  const text: Sentence = [
    `Expected "min" and "max", or "choices", for the parameter "${id}".`,
    `参数“${id}”要写上下限（min 和 max）或可选值（choices）。`,
  ];
  return [{ text }];
}

/** A value that is none of `choices`, no number within `min` and `max`, or no whole number. */
function valueFault(id: string, parameter: Parameter, value: unknown): Sentence | undefined {
  const { min, max, choices, fractions } = parameter;
  const found = typeof value === 'string' ? value : JSON.stringify(value);
  if (choices && !choices.includes(value as string | number | boolean))
    return [
      `Expected the parameter "${id}" to be one of ${choices.join(', ')} but found ${found}.`,
      `参数“${id}”只能是 ${choices.join('、')} 之一，实际为 ${found}。`,
    ];
  if ((min !== undefined || max !== undefined) && !isWithin(value, parameter)) {
    const range = `${min ?? ''}–${max ?? ''}`;
    return [
      `Expected the parameter "${id}" to be a number within ${range} but found ${found}.`,
      `参数“${id}”的值 ${found} 不是允许范围 ${range} 内的数字。`,
    ];
  }
  if (typeof value !== 'number' || Number.isInteger(value) || fractions === true) return undefined;
  return [
    `Expected the parameter "${id}" to be a whole number but found ${found}; "fractions": true allows others.`,
    `参数“${id}”应为整数，实际为 ${found}；确需小数时写 "fractions": true。`,
  ];
}

const isWithin = (value: unknown, { min = -Infinity, max = Infinity }: Parameter): boolean =>
  typeof value === 'number' && value >= min && value <= max;
