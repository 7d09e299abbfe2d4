import type { FormFile, SuggestionSource } from '#forms';
import { formPath } from '../configuration-set.js';
import { schemasOf } from '../form-fields.js';
import { pointerPart } from '../json-text.js';
import { type LinkContext, reportMissing, type Sentence } from './link-context.js';
import { columnsOfPage } from './portal-page-links.js';

/** Follows `x-suggests` of forms: to a page of the portal, to columns that it shows, and to fields of the form itself. */
export function linkSuggestions(context: LinkContext): void {
  for (const form of context.set.forms.values())
    for (const { place, schema } of schemasOf(form))
      if (schema['x-suggests']) linkSource(context, form, `${place}/x-suggests`, schema['x-suggests']);
}

function linkSource(context: LinkContext, form: FormFile, at: string, source: SuggestionSource): void {
  const expectOne = (place: string, what: Sentence, id: string, known: readonly string[]): void => {
    if (!known.includes(id)) reportMissing(context, formPath(form.id), `${at}/${place}`, { what, id, known });
  };
  const pages = context.set.portal?.pages ?? [];
  expectOne(
    'page',
    ['the page of the portal', '门户的公布页（portal.json 的 pages）'],
    source.page,
    pages.map(({ id }) => id),
  );
  const page = pages.find(({ id }) => id === source.page);
  const columns = page && columnsOfPage(context, page);
  const whatColumn: Sentence = ['the column of the page', '这一页公布的列'];
  const fields = Object.keys(form.schema.properties ?? {});
  for (const [column, field] of Object.entries(source.match ?? {})) {
    const place = `match/${pointerPart(column)}`;
    if (columns) expectOne(place, whatColumn, column, columns);
    expectOne(place, ['the form field', '表单字段'], field, fields);
  }
  for (const key of ['label', 'value'] as const) if (columns) expectOne(key, whatColumn, source[key], columns);
}
