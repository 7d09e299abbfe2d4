import type { FieldProblem, FormData, JsonSchema } from './api-types.js';

/**
 * Checks filled-in values against an effective schema, to point at mistakes before anything is sent. It interprets the
 * schema and never compiles code, so a page needs no `unsafe-eval`; the server checks again and has the last word.
 */
export function checkForm(schema: JsonSchema, data: FormData, translate: Translate): FieldProblem[] {
  const problems: FieldProblem[] = [];
  checkObject(schema, data, '', { problems, translate });
  return problems;
}

export type Translate = (key: string, values?: Record<string, unknown>) => string;
type Report = { problems: FieldProblem[]; translate: Translate };

function checkObject(schema: JsonSchema, value: FormData, path: string, report: Report): void {
  const required = (schema.required ?? []) as string[];
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    const at = `${path}/${name}`;
    if (isBlank(value[name])) {
      if (required.includes(name)) add(field, 'required', at, report);
    } else checkValue(field, value[name], at, report);
  }
}

function checkValue(schema: JsonSchema, value: unknown, path: string, report: Report): void {
  if (isSealed(value) || schema['x-file']) return;
  if (schema.const !== undefined && value !== schema.const) return add(schema, 'const', path, report);
  if (Array.isArray(value)) return checkList(schema, value, path, report);
  if (typeof value === 'object' && value !== null) return checkObject(schema, value as FormData, path, report);
  if (typeof value === 'string') return checkText(schema, value, path, report);
  if (typeof value === 'number') checkNumber(schema, value, path, report);
}

function checkList(schema: JsonSchema, value: unknown[], path: string, report: Report): void {
  if (value.length < Number(schema.minItems ?? 0)) add(schema, 'minItems', path, report);
  if (value.length > Number(schema.maxItems ?? Infinity)) add(schema, 'maxItems', path, report);
  const items = (schema.items ?? {}) as JsonSchema;
  const rows = schema['x-rows'] as JsonSchema[] | undefined;
  value.forEach((item, index) => {
    if (isBlank(item)) add(items, 'required', `${path}/${index}`, report);
    else checkValue(rows?.[index] ?? items, item, `${path}/${index}`, report);
  });
}

function checkText(schema: JsonSchema, value: string, path: string, report: Report): void {
  const length = [...value].length;
  if (length < Number(schema.minLength ?? 0)) add(schema, 'minLength', path, report);
  else if (length > Number(schema.maxLength ?? Infinity)) add(schema, 'maxLength', path, report, length);
  else if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern, 'u').test(value))
    add(schema, 'pattern', path, report);
  else if (isLater(schema, value, schema['x-latest'])) add(schema, 'x-latest', path, report);
  else if (isLater(schema, schema['x-earliest'], value)) add(schema, 'x-earliest', path, report);
}

function isLater({ format }: JsonSchema, one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return format === 'date' ? one > other : Date.parse(one) > Date.parse(other);
}

function checkNumber(schema: JsonSchema, value: number, path: string, report: Report): void {
  if (schema.type === 'integer' && !Number.isInteger(value)) add(schema, 'type', path, report);
  else if (value < Number(schema.minimum ?? -Infinity)) add(schema, 'minimum', path, report);
  else if (value > Number(schema.maximum ?? Infinity)) add(schema, 'maximum', path, report);
}

function add(schema: JsonSchema, keyword: string, path: string, report: Report, actual?: number): void {
  const own = (schema['x-messages'] as Record<string, string> | undefined)?.[keyword];
  const label = schema.title ?? '';
  const verb = keyword === 'required' && isChosen(schema) ? 'requiredChoice' : keyword;
  const message = own ?? report.translate(`check.${verb}`, { label, limit: schema[keyword], actual });
  report.problems.push({ path, message });
}

function isChosen(schema: JsonSchema): boolean {
  return Boolean(schema.oneOf ?? schema.enum) || schema.type === 'boolean' || schema.type === 'array';
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$sealed' in value;
}
