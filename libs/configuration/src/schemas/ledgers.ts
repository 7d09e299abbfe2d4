import { flag, freeText, id, ids, list, object, text, type JsonSchema } from './shared.js';

const feel: JsonSchema = { type: 'string', pattern: '^=', maxLength: 4000 };
const some = (items: JsonSchema, maxItems: number): JsonSchema => ({ ...list(items), minItems: 1, maxItems });
const oneOf = (...values: readonly string[]): JsonSchema => ({ enum: values });

const readers = some(object({ roles: { ...ids, minItems: 1 }, 'ownUnit?': id }), 20);
const named = {
  id,
  title: text,
  'titleEn?': text,
  'description?': freeText,
  'clauses?': list(text),
  'where?': feel,
  'items?': feel,
  readers,
};

const column = object({
  id,
  title: text,
  'titleEn?': text,
  type: oneOf(
    'text',
    'number',
    'boolean',
    'date',
    'dateTime',
    'deadline',
    'dictionary',
    'unit',
    'state',
    'sealed',
    'lamp',
    'overdueDays',
  ),
  'value?': feel,
  'dictionary?': id,
  'from?': id,
  'due?': id,
  'done?': id,
  'sort?': flag,
  'filter?': flag,
  'frozen?': flag,
  'hidden?': flag,
  'roles?': ids,
});

const related = some(object({ as: id, process: id, variables: ids }), 10);
/** What a case that names this one says would stand in a row that others may read; counted it says whether, not what. */
const relatedOrNaming = some(object({ as: id, process: id, variables: ids, 'naming?': { const: true } }), 10);

/** Rows come from the instances of a process or from what the server records; the linker wants one of them. */
export const ledger: JsonSchema = object({
  ...named,
  'process?': id,
  'source?': oneOf('accesses'),
  'related?': related,
  'exports?': ids,
  columns: some(column, 80),
  'order?': object({ column: id, 'descending?': flag }),
});

/** A number, or the parameter that holds it. */
const bound: JsonSchema = { type: ['number', 'string'], minimum: 0, minLength: 1 };
const group = object({ value: { type: ['string', 'number', 'boolean'] }, label: text });

export const indicator: JsonSchema = object({
  ...named,
  process: id,
  'related?': relatedOrNaming,
  kind: oneOf('ratio', 'mean', 'difference'),
  period: feel,
  'denominator?': feel,
  'numerator?': feel,
  'numeratorFrom?': object({ process: id, 'where?': feel, 'items?': feel, period: feel, 'unit?': feel }),
  'value?': feel,
  'measure?': text,
  'unit?': feel,
  'compare?': object({
    by: feel,
    groups: { ...list(group), minItems: 2, maxItems: 2 },
    'alert?': { type: 'number', minimum: 0 },
  }),
  lengths: { ...some(oneOf('month', 'quarter', 'year'), 3), uniqueItems: true },
  suppress: text,
  'small?': oneOf('counts', 'hide'),
  'target?': {
    ...object({ 'atLeast?': bound, 'atMost?': bound }),
    minProperties: 1,
    maxProperties: 1,
  },
  'use?': freeText,
});
