import type { FormData, FormFile, JsonSchema } from '../../lib/api-types.js';

/** What was started from a form, and the field of the form that asks for its number. */
export type NewCase = { field: string; caseNo: string };

/**
 * The form with the number in the field that asks for it, or at the end of a list of numbers. A number of another
 * series than the field takes stays out: what was handed to another procedure is not told here.
 */
export function withNumber(form: FormFile, data: FormData, { field, caseNo }: NewCase): FormData {
  const fields = (form.schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const schema = fields[field];
  if (!schema) return data;
  const isList = schema.type === 'array';
  const { pattern } = (isList ? schema['items'] : schema) as JsonSchema;
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(caseNo)) return data;
  const known = data[field];
  return { ...data, [field]: isList ? [...(Array.isArray(known) ? known : []), caseNo] : caseNo };
}
