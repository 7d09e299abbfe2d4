import type { FieldSchema, FormFile, FormPage, FormUi } from './types.js';

/** The `ui` part with hidden fields taken out and computed fields marked read-only; without pages there is one page of all fields. */
export function effectiveUi(form: FormFile, schema: FieldSchema): FormUi {
  const ui = form.ui ?? {};
  const properties = schema.properties ?? {};
  const isShown = (field: string): boolean => Object.hasOwn(properties, topLevel(field));
  const computed = Object.keys(properties).filter((name) => properties[name]?.['x-value'] !== undefined);
  return {
    ...ui,
    pages: (ui.pages ?? [{ fields: Object.keys(properties) }])
      .map((page) => shownPage(page, isShown))
      .filter(hasFields),
    readonly: [...new Set([...(ui.readonly ?? []).filter(isShown), ...computed])],
  };
}

/** `demands.text` stands on the page where `demands` stands. */
export function topLevel(field: string): string {
  return field.split('.')[0] ?? field;
}

function shownPage(page: FormPage, isShown: (field: string) => boolean): FormPage {
  const fields = page.fields.filter(isShown);
  return page.more ? { ...page, fields, more: page.more.filter(isShown) } : { ...page, fields };
}

function hasFields(page: FormPage): boolean {
  return page.fields.length > 0 || (page.more?.length ?? 0) > 0;
}
