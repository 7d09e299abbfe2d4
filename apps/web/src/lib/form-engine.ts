import { effectiveSchema } from '#forms';
import type { FormData, FormFile, FormUi, JsonSchema, Reference } from './api-types.js';
import type { Named } from './named-types.js';
import { TIME_ZONE } from './time.js';

/** What the rules of a form may read besides the form's own fields. */
export type FormRules = {
  variables: FormData;
  reference: Pick<Reference, 'dictionaries' | 'units' | 'roles' | 'demoAccounts'> | null;
  language: 'zh' | 'en';
  /** Epoch ms that `now()` shows in the rules. */
  now: number;
};

export type Effective = { schema: JsonSchema; ui: FormUi; data: FormData };

/** What a form asks for, given what is filled in: the same function as on the server, before anything is rendered. */
export function effectiveForm(form: FormFile, data: FormData, rules: FormRules, applyDefaults = false): Effective {
  const effective = effectiveSchema(form as unknown as Parameters<typeof effectiveSchema>[0], data, {
    variables: rules.variables,
    dictionaries: rules.reference?.dictionaries ?? {},
    sources: sourcesOf(rules.reference),
    evaluation: { now: rules.now, timeZone: TIME_ZONE },
    language: rules.language,
    applyDefaults,
  });
  return {
    schema: effective.schema as JsonSchema,
    ui: effective.ui as FormUi,
    data: effective.data,
  };
}

/** Fields that ask for people offer those that the server names for this form. */
export const withPeople = (reference: Reference, accounts: readonly Named[] | null): Reference =>
  accounts ? { ...reference, demoAccounts: [...accounts] } : reference;

function sourcesOf(reference: FormRules['reference']) {
  if (!reference) return {};
  const { units, roles, demoAccounts } = reference;
  return { units, roles, ...(demoAccounts ? { accounts: demoAccounts } : {}) };
}
