import { evaluateKeyword } from './conditions.js';
import type { ScopeLevel } from './conditions.js';
import type { FormContext, FormFile, FormPage, FormUi } from './types.js';

/** What is known of the form once its own conditions are decided. */
interface Shown extends ScopeLevel {
  readonly context: FormContext;
}

/**
 * The `ui` part with hidden fields taken out, fields folded away that are asked for seldom, and computed fields marked
 * read-only; without pages there is one page of all fields.
 */
export function effectiveUi(form: FormFile, shown: Shown): FormUi {
  const { schema } = shown;
  const ui = form.ui ?? {};
  const properties = schema.properties ?? {};
  const isShown = (field: string): boolean => Object.hasOwn(properties, topLevel(field));
  const computed = Object.keys(properties).filter((name) => properties[name]?.['x-value'] !== undefined);
  return {
    ...ui,
    pages: (ui.pages ?? [{ fields: Object.keys(properties) }])
      .map((page) => shownPage(folded(page, shown), isShown))
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

/** A condition that gives no value folds nothing away. */
function folded({ fold, ...page }: FormPage, { context, ...level }: Shown): FormPage {
  if (!fold) return page;
  const away = page.fields.filter((name) => evaluateKeyword(fold[name], [level], context).value === true);
  return { ...page, fields: page.fields.filter((name) => !away.includes(name)), more: [...away, ...(page.more ?? [])] };
}

function hasFields(page: FormPage): boolean {
  return page.fields.length > 0 || (page.more?.length ?? 0) > 0;
}
