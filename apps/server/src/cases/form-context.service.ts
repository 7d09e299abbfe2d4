import { Inject, Injectable } from '@nestjs/common';
import { compileAttribute, scopeOf, toJson } from '#feel';
import type { FormContext, FormFile, FormLanguage } from '#forms';
import { effectiveSchema } from '#forms';
import type { Runtime } from '#runtime';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import type { Named } from './names.service.js';
import { parameterValues } from '../configuration/parameter-values.js';
import { RUNTIME } from '../tokens.js';

/** What a client needs to draw a form. */
export interface FormView {
  readonly id: string;
  readonly title: string;
  readonly schema: unknown;
  readonly ui: unknown;
}

export interface ContextWish {
  readonly language?: FormLanguage;
  /** What fields with `x-source: accounts` offer; default: the demo accounts. */
  readonly accounts?: readonly Named[] | null;
  /** Who fills it in; absent where nobody is signed in. */
  readonly signedIn?: Named | undefined;
}

/** Gives the rules of forms what they may know: open variables, dictionaries, the organization, engine time. */
@Injectable()
export class FormContextService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  context(
    variables: Readonly<Record<string, unknown>>,
    { language = 'zh', accounts, signedIn }: ContextWish = {},
  ): FormContext {
    const { dictionaries, organization, roles } = this.configuration.current;
    return {
      variables,
      dictionaries,
      sources: {
        units: organization.units,
        roles: roles.roles,
        accounts: accounts ?? organization.accounts ?? [],
      },
      evaluation: this.runtime.evaluationContext(),
      parameters: parameterValues(this.configuration.current),
      language,
      ...(signedIn && { signedIn: { id: signedIn.id, name: signedIn.name } }),
    };
  }

  /** True where a FEEL condition (text that begins with `=`) yields true for these values. */
  holds(condition: string, values: Readonly<Record<string, unknown>>): boolean {
    return this.valueOf(condition, values) === true;
  }

  /** What a setting yields: FEEL where it begins with `=`; as JSON, null where it yields nothing. */
  valueOf(setting: string, values: Readonly<Record<string, unknown>>): unknown {
    const compiled = compileAttribute(setting);
    if (!compiled.ok) return null;
    return toJson(compiled.expression.evaluate(scopeOf({ ...values }), this.runtime.evaluationContext()).value);
  }

  /** The form as it is opened: choices expanded for the client's own evaluation, defaults and known values filled in. */
  open(
    form: FormFile,
    variables: Readonly<Record<string, unknown>>,
    { data = known(form, variables), signedIn }: { data?: unknown; signedIn?: Named } = {},
  ): { form: FormView; data: unknown } {
    const effective = effectiveSchema(form, data, { ...this.context(variables, { signedIn }), applyDefaults: true });
    return { form: { id: form.id, title: form.title, schema: form.schema, ui: form.ui ?? {} }, data: effective.data };
  }
}

/** Values that the process already has for the form's fields. */
function known(form: FormFile, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(form.schema.properties ?? {}).filter(
    (name) => variables[name] !== undefined && variables[name] !== null,
  );
  return Object.fromEntries(names.map((name) => [name, variables[name]]));
}
