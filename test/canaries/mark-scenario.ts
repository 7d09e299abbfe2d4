import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Scenario } from '#configuration';
import { MARKED_FIELDS, markOf, type MarkedField } from './marks.js';

type Values = Readonly<Record<string, unknown>>;

/** The marked fields of a form that hold an identity: the same name may stand for something open, as the phone of an office. */
export function identityFieldsOf(formId: string): readonly MarkedField[] {
  const properties = propertiesOf(formId);
  return MARKED_FIELDS.filter((field) => properties[field]?.['x-class'] === 'ident');
}

/** Whether files may be sent along with the form. */
export const takesEvidence = (formId: string | undefined): boolean =>
  formId !== undefined && propertiesOf(formId)['evidence'] !== undefined;

function propertiesOf(formId: string): Readonly<Record<string, { readonly 'x-class'?: string }>> {
  const { schema } = JSON.parse(readFileSync(resolve('forms', `${formId}.form.json`), 'utf8')) as {
    readonly schema: { readonly properties: Readonly<Record<string, { readonly 'x-class'?: string }>> };
  };
  return schema.properties;
}

/** The same scenario of petitioners who write marks: who had the same name or phone has the same mark, also where it is expected. */
export function markedScenario(scenario: Scenario): Scenario {
  const names = new Map<unknown, number>();
  const phones = new Map<unknown, number>();
  const marked = (value: unknown, isExpected: boolean): unknown => {
    if (Array.isArray(value)) return value.map((one) => marked(one, isExpected));
    if (isExpected && names.has(value)) return markOf('name', names.get(value)!);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, marked(one, isExpected || key === 'expect')]),
    );
    const { form, values } = inner as { readonly form?: string; readonly values?: Values };
    if (form === undefined || values === undefined || isAnonymous(values)) return inner;
    return { ...inner, values: { ...values, ...marksOf(form, values, { names, phones }) } };
  };
  return marked(scenario, false) as Scenario;
}

interface Persons {
  readonly names: Map<unknown, number>;
  readonly phones: Map<unknown, number>;
}

/** A phone is marked only where one was given: it decides which petitioners are the same. */
function marksOf(form: string, values: Values, { names, phones }: Persons): Values {
  const fields = identityFieldsOf(form).filter((field) => field !== 'phone' || values[field] !== undefined);
  if (fields.length === 0) return {};
  const name = numbered(names, values['name']);
  return Object.fromEntries(
    fields.map((field) => [field, markOf(field, field === 'phone' ? numbered(phones, values[field]) : name)]),
  );
}

function numbered(known: Map<unknown, number>, value: unknown): number {
  if (!known.has(value)) known.set(value, known.size + 1);
  return known.get(value)!;
}

const isAnonymous = ({ anonymous, anonymousCall }: Values): boolean => anonymous === true || anonymousCall === true;
