import { authorizationTypes } from '../authorizations.js';
import { fieldNames, flag, freeText, id, ids, isoDate, list, object, record, text, type JsonSchema } from './shared.js';

const account = object({ id, name: text, roles: ids, 'unit?': id, 'posts?': ids });
const unit = object({ id, name: text, 'parent?': id, 'external?': flag });
const post = object({ id, name: text, unit: id, roles: ids });
const fallback = object({ 'roles?': ids, 'processes?': ids, to: { type: 'array', items: text, minItems: 1 } });
export const organization: JsonSchema = object({
  name: text,
  units: list(unit),
  'posts?': list(post),
  'fallback?': list(fallback),
  'recusal?': object({ reasonClass: id }),
  'accounts?': list(account),
});

const dictionaryValues: JsonSchema = { type: 'array', items: { type: ['string', 'number'] }, uniqueItems: true };
export const portfolios: JsonSchema = list(
  object({
    field: id,
    'name?': text,
    post: id,
    'deputy?': id,
    'categories?': dictionaryValues,
    'units?': ids,
    'from?': isoDate,
    'until?': isoDate,
  }),
);

const contentClass = object({ id, name: text, sealed: flag, 'identifies?': flag });
const sight: JsonSchema = { enum: ['none', 'masked', 'reason'] };
const permission: JsonSchema = { type: 'string', pattern: '^[a-z][A-Za-z0-9:._-]*$' };
const authorizations: JsonSchema = object(
  Object.fromEntries(
    Object.entries(authorizationTypes).map(([type, names]) => [
      `${type}?`,
      { type: 'array', items: { enum: names }, uniqueItems: true },
    ]),
  ),
);
const role = object({
  id,
  name: text,
  'unit?': id,
  'clauses?': list(text),
  'permissions?': list(permission),
  'authorizations?': authorizations,
  'sees?': record(sight),
  'seesGranted?': list(id),
  'seesOwn?': list(id),
  'ordinary?': flag,
});
export const roles: JsonSchema = object({
  classes: list(contentClass),
  roles: list(role),
  'protectedNames?': fieldNames,
  'protectedFiles?': fieldNames,
  'seesBy?': id,
});

/** A line of a letter, or several; the names are those that a letter may tell (files.md, "notifications.json"). */
const letterNames = '\\{\\{(organization|title|caseNo|link)\\}\\}';
const letterLine: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  pattern: `^([^{}\\r\\n]|${letterNames})+$`,
};
const letterText: JsonSchema = { type: 'string', minLength: 1, maxLength: 4_000, pattern: `^([^{}]|${letterNames})+$` };
const chatFormat: JsonSchema = object({
  name: text,
  body: { type: 'object', minProperties: 1 },
  sign: { enum: ['none', 'query', 'body'] },
  codes: { type: 'array', minItems: 1, maxItems: 5, uniqueItems: true, items: { type: 'string', minLength: 1 } },
  'again?': { type: 'array', uniqueItems: true, items: { type: 'integer', not: { const: 0 } } },
});
const chatGroup: JsonSchema = object({
  robot: { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,59}$' },
  format: id,
  roles: { ...ids, minItems: 1 },
  text: { ...letterText, maxLength: 500 },
});
const chat: JsonSchema = object({ formats: record(chatFormat), groups: list(chatGroup) });
const taskNotice: JsonSchema = object({
  text: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    pattern: '^([^{}\\r\\n]|\\{\\{(task|title)\\}\\})+$',
  },
  'candidates?': { enum: ['wanted', 'all', 'none'] },
});
export const notifications: JsonSchema = object({
  'tasks?': taskNotice,
  'mail?': object({ subject: letterLine, text: letterText }),
  'chat?': chat,
});

const seriesPattern: JsonSchema = { type: 'string', pattern: '^[^{}]*(\\{yyyy(MM)?\\}[^{}]*)?\\{0+\\}[^{}]*$' };
export const numbering: JsonSchema = record(object({ name: text, pattern: seriesPattern }));

const entry = object({ value: { type: ['string', 'number'] }, label: text, 'labelEn?': text }, { open: true });
export const dictionaries: JsonSchema = record(list(entry));

const number: JsonSchema = { type: 'number' };
export const parameters: JsonSchema = record(
  object(
    {
      name: text,
      value: {},
      'default?': {},
      'min?': number,
      'max?': number,
      'choices?': { type: 'array', minItems: 1, uniqueItems: true, items: { type: ['string', 'number', 'boolean'] } },
      'choiceLabels?': record(text),
      'maxBy?': record({ type: 'object', additionalProperties: number }),
      'fractions?': flag,
      'statutory?': flag,
      'unit?': freeText,
      'clause?': freeText,
    },
    { open: true },
  ),
);

export const calendarYear: JsonSchema = object(
  {
    year: { type: 'integer', minimum: 1990, maximum: 2200 },
    holidays: list(isoDate),
    workdays: list(isoDate),
  },
  { open: true },
);

const documentPath: JsonSchema = { type: 'string', pattern: '^[^/.\\\\][^\\\\]*\\.hbs$' };
export const documents: JsonSchema = list(
  object(
    {
      id,
      title: text,
      template: documentPath,
      'roles?': ids,
      'portal?': flag,
      'receipt?': flag,
      'dated?': { enum: ['printing', 'start'] },
      'word?': flag,
    },
    { open: true },
  ),
);

const landmark = { enum: ['holiday', 'monthEnd', 'quarterEnd', 'yearEnd'] };
const before = object({ days: { type: 'integer', minimum: 0, maximum: 366 }, of: landmark });
export const schedules: JsonSchema = list(
  object({
    id,
    title: text,
    processId: id,
    'cron?': text,
    'rrule?': text,
    'from?': isoDate,
    'before?': before,
    'at?': { type: 'string', pattern: '^(=.+|([01]\\d|2[0-3]):[0-5]\\d)$' },
    'onDayOff?': { enum: ['keep', 'next', 'previous', 'skip'] },
    'onlyIf?': text,
    'variables?': { type: 'object' },
    'clause?': text,
  }),
);

/** What may be cited, by where it comes from. */
export const clauses: JsonSchema = list(
  object({ title: text, ids: { type: 'array', items: text, minItems: 1, uniqueItems: true } }),
);
