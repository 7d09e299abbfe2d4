import type { JsonSchema } from './api-types.js';
import type { PublishedRow } from './public-types.js';

/** Where the texts come from that a field offers: `x-suggests` of a form. */
export type SuggestionSource = { page: string; label: string; value: string; match?: Record<string, string> };
export type Suggestion = { key: string; label: string; text: string };

/** Fields of the form by which its suggestions are matched, at any depth. */
export function matchedFields(schema: JsonSchema): string[] {
  const { match = {} } = (schema['x-suggests'] ?? {}) as Partial<SuggestionSource>;
  const below = [schema.items, ...Object.values((schema.properties ?? {}) as object)] as (JsonSchema | undefined)[];
  return [...Object.values(match), ...below.flatMap((one) => (one ? matchedFields(one) : []))];
}

/** Rows of a page that have a text, first those that show what the form's own fields show (`shown`, words by field). */
export function suggestionsFrom(
  { items }: { items: Pick<PublishedRow, 'key' | 'cells'>[] },
  { label, value, match = {} }: SuggestionSource,
  shown: Record<string, string>,
): Suggestion[] {
  const wanted = Object.entries(match).map(([column, field]) => [column, shown[field]] as const);
  const fits = ({ cells }: Pick<PublishedRow, 'cells'>) =>
    wanted.every(([column, words]) => words !== undefined && String(cells[column]) === words);
  const filled = items.filter(({ cells }) => typeof cells[value] === 'string' && cells[value] !== '');
  return [...filled.filter(fits), ...filled.filter((row) => !fits(row))].map(({ key, cells }) => ({
    key,
    label: String(cells[label] ?? cells[value]),
    text: String(cells[value]),
  }));
}

/** A field's text with the chosen one: in place of the one chosen before it (`former`) if nobody changed that, else below what is typed. */
export function filledIn(typed: string, former: string, chosen: string): string {
  const isUntouched = former !== '' && (typed === former || typed.endsWith(`\n${former}`));
  const kept = (isUntouched ? typed.slice(0, -former.length) : typed).trimEnd();
  return kept === '' ? chosen : `${kept}\n${chosen}`;
}
