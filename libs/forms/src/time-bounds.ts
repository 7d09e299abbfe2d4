import { isObject, ownValue, pointerTo } from './json.js';
import type { FieldError, FieldSchema, FormLanguage } from './types.js';

/** Keywords that bound a date or time by FEEL. */
export const TIME_BOUNDS = ['x-earliest', 'x-latest'] as const;

type TimeBound = (typeof TIME_BOUNDS)[number];

const words: Readonly<Record<TimeBound, Readonly<Record<FormLanguage, string>>>> = {
  'x-earliest': { zh: '不能早于', en: 'must not lie before' },
  'x-latest': { zh: '不能晚于', en: 'must not lie after' },
};

/**
 * Dates and times before or after the moments that `x-earliest` and `x-latest` of an effective schema name. They stay out of
 * the compiled schema: a bound that moves with the clock would be compiled anew for each submission.
 */
export function outOfBounds(schema: FieldSchema, data: unknown, language: FormLanguage, path = ''): FieldError[] {
  if (typeof data === 'string')
    return TIME_BOUNDS.filter((bound) => isBeyond(data, schema, bound)).map((bound) =>
      boundError(schema, bound, path, language),
    );
  if (Array.isArray(data)) {
    return data.flatMap((row: unknown, index) =>
      outOfBounds(schema['x-rows']?.[index] ?? schema.items ?? {}, row, language, pointerTo(path, index)),
    );
  }
  if (!isObject(data) || !isObject(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, child]) =>
    outOfBounds(child, ownValue(data, name), language, pointerTo(path, name)),
  );
}

/** What is no date or time is left to the format. */
function isBeyond(text: string, schema: FieldSchema, bound: TimeBound): boolean {
  const limit = schema[bound];
  if (typeof limit !== 'string') return false;
  const [first, last] = bound === 'x-latest' ? [limit, text] : [text, limit];
  return schema.format === 'date' ? last > first : Date.parse(last) > Date.parse(first);
}

function boundError(schema: FieldSchema, bound: TimeBound, path: string, language: FormLanguage): FieldError {
  const own = (language === 'zh' ? schema['x-messages'] : schema['x-messagesEn'])?.[bound];
  const title = (language === 'en' && schema.titleEn) || schema.title || path;
  const limit = String(schema[bound]).replace('T', ' ').slice(0, 16);
  const space = language === 'en' ? ' ' : '';
  return { path, keyword: bound, message: own ?? `${title}${space}${words[bound][language]} ${limit}` };
}
