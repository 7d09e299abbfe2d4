import { isObject, pointerTo } from './json.js';
import { messageOf } from './messages.js';
import type { FieldError, FieldSchema, FormLanguage } from './types.js';

/** Control characters besides tab and line break, and halves of surrogate pairs: a zero byte or a half no database holds. */
const UNSTORABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/** Texts with characters that nobody types and that are not stored. What the form computes is not looked at. */
export function unstorableTexts(schema: FieldSchema, data: unknown, language: FormLanguage, path = ''): FieldError[] {
  if (typeof data === 'string') return UNSTORABLE.test(data) ? [textError(schema, path, language)] : [];
  if (Array.isArray(data)) {
    return data.flatMap((row: unknown, index) =>
      unstorableTexts(schema['x-rows']?.[index] ?? schema.items ?? {}, row, language, pointerTo(path, index)),
    );
  }
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([name, value]) => {
    const child = schema.properties?.[name] ?? {};
    return child.readOnly === true ? [] : unstorableTexts(child, value, language, pointerTo(path, name));
  });
}

function textError(schema: FieldSchema, path: string, language: FormLanguage): FieldError {
  const error = { keyword: 'x-text', instancePath: path, schemaPath: '', params: {} };
  return { path, keyword: error.keyword, message: messageOf(error, schema, path, language) };
}
