import type { FieldSchema } from './types.js';

/** What an answer is called in the record of a case, where others than who gave it read it; undefined where it has no title. */
export function recordTitle(field: FieldSchema): string | undefined {
  return field['x-record-title'] ?? field.title;
}
