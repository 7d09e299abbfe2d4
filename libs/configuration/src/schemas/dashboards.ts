import { freeText, id, ids, list, object, text, type JsonSchema } from './shared.js';

const value: JsonSchema = { type: ['string', 'number', 'boolean'] };
const filter = object({
  column: id,
  'equal?': { ...list(value), minItems: 1 },
  'from?': { type: ['string', 'number'] },
  'to?': { type: ['string', 'number'] },
  'contains?': text,
});
const count = object({ ledger: id, title: text, 'titleEn?': text, 'filters?': list(filter) });
const section = object({ title: text, 'titleEn?': text, 'indicators?': ids, 'counts?': list(count) });

/** `dashboards.json`: which figures stand together on one page. */
export const dashboards: JsonSchema = list(
  object({
    id,
    title: text,
    'titleEn?': text,
    'description?': freeText,
    sections: { ...list(section), minItems: 1, maxItems: 20 },
  }),
);
