import { isObject, ownValue, pointerTo } from './json.js';
import type { FieldError, FieldSchema, FormLanguage } from './types.js';

/**
 * Dates and times after the moment that `x-latest` of an effective schema names. It stays out of the compiled schema:
 * a bound that moves with the clock would be compiled anew for each submission.
 */
export function tooLate(schema: FieldSchema, data: unknown, language: FormLanguage, path = ''): FieldError[] {
  if (typeof data === 'string') return isAfter(data, schema) ? [lateError(schema, path, language)] : [];
  if (Array.isArray(data)) {
    return data.flatMap((row: unknown, index) =>
      tooLate(schema['x-rows']?.[index] ?? schema.items ?? {}, row, language, pointerTo(path, index)),
    );
  }
  if (!isObject(data) || !isObject(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, child]) =>
    tooLate(child, ownValue(data, name), language, pointerTo(path, name)),
  );
}

/** What is no date or time is left to the format. */
function isAfter(text: string, { 'x-latest': latest, format }: FieldSchema): boolean {
  if (typeof latest !== 'string') return false;
  return format === 'date' ? text > latest : Date.parse(text) > Date.parse(latest);
}

function lateError(schema: FieldSchema, path: string, language: FormLanguage): FieldError {
  const own = (language === 'zh' ? schema['x-messages'] : schema['x-messagesEn'])?.['x-latest'];
  const title = (language === 'en' && schema.titleEn) || schema.title || path;
  const latest = String(schema['x-latest']).replace('T', ' ').slice(0, 16);
  const usual = language === 'en' ? `${title} must not lie after ${latest}` : `${title}不能晚于 ${latest}`;
  return { path, keyword: 'x-latest', message: own ?? usual };
}
