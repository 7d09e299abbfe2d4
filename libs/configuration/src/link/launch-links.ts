import type { FieldSchema, FormFile, LaunchOffer } from '#forms';
import { formPath } from '../configuration-set.js';
import { pointerPart } from '../json-text.js';
import { type LinkContext, reportMissing } from './link-context.js';
import { expectFeel } from './settings-expressions.js';

/** Follows `x-launch` of forms: to launchers, and what it fills in beforehand to fields of their forms. */
export function linkLaunches(context: LinkContext): void {
  for (const form of context.set.forms.values())
    for (const { at, offer } of offersOf(form)) linkOffer(context, formPath(form.id), at, offer);
}

function linkOffer(context: LinkContext, file: string, at: string, { launcher: id, prefill = {} }: LaunchOffer): void {
  const { launchers, forms } = context.set;
  const launcher = launchers.find((one) => one.id === id);
  if (!launcher)
    return reportMissing(context, file, `${at}/launcher`, {
      what: ['the launcher', '发起项（launchers.json）'],
      id,
      known: launchers.map((one) => one.id),
    });
  const known = Object.keys(forms.get(launcher.formId ?? '')?.schema.properties ?? {});
  for (const [name, source] of Object.entries(prefill)) {
    const place = `${at}/prefill/${pointerPart(name)}`;
    expectFeel(context, { file, place, source, known: undefined });
    if (!known.includes(name))
      reportMissing(context, file, place, { what: ['the form field', '表单字段'], id: name, known });
  }
}

function offersOf({ schema }: FormFile): readonly { readonly at: string; readonly offer: LaunchOffer }[] {
  const fields: readonly [string, FieldSchema][] = Object.entries(schema.properties ?? {});
  return fields.flatMap(([name, field]) =>
    (field['x-launch'] ?? []).map((offer, index) => ({
      at: `/schema/properties/${pointerPart(name)}/x-launch/${index}`,
      offer,
    })),
  );
}
