import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Scenario } from '#configuration';
import { MARKED_FIELDS, markOf, type MarkedField } from './marks.js';

type Values = Readonly<Record<string, unknown>>;

/** The marked fields of a form that hold an identity: the same name may stand for something open, as the phone of an office. */
export function identityFieldsOf(formId: string): readonly MarkedField[] {
  const { schema } = JSON.parse(readFileSync(resolve('forms', `${formId}.form.json`), 'utf8')) as {
    readonly schema: { readonly properties: Readonly<Record<string, { readonly 'x-class'?: string }>> };
  };
  return MARKED_FIELDS.filter((field) => schema.properties[field]?.['x-class'] === 'ident');
}

/** The same scenario of petitioners who write marks: who had the same name or phone has the same mark. */
export function markedScenario(scenario: Scenario): Scenario {
  const persons = new Map<unknown, number>();
  const person = (known: unknown): number => {
    if (!persons.has(known)) persons.set(known, persons.size + 1);
    return persons.get(known)!;
  };
  const marked = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(marked);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one)]));
    const { form, values } = inner as { readonly form?: string; readonly values?: Values };
    return form === undefined || values === undefined ? inner : { ...inner, values: withMarks(form, values, person) };
  };
  return marked(scenario) as Scenario;
}

function withMarks(form: string, values: Values, person: (known: unknown) => number): Values {
  if (values['anonymous'] === true || values['anonymousCall'] === true) return values;
  const fields = identityFieldsOf(form);
  const who = person(values['name']);
  const marks = fields.filter((field) => field !== 'phone').map((field) => [field, markOf(field, who)]);
  if (values['phone'] !== undefined) marks.push(['phone', markOf('phone', person(values['phone']))]);
  return { ...values, ...Object.fromEntries(marks) };
}
