import type { DocumentServices } from '#documents';

type Terms = Pick<DocumentServices, 'unitName' | 'dictionaryLabel'>;

/** A protected value as text on paper: choices by their label where one fits, lists joined, files by name. */
export function printedValue(value: unknown, terms: Terms, dictionary?: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((item) => printedValue(item, terms, dictionary)).join('、');
  if (typeof value === 'object')
    return 'name' in value
      ? String(value.name)
      : Object.values(value)
          .map((item) => printedValue(item, terms, dictionary))
          .join(' ');
  const text = String(value);
  return (dictionary === undefined ? terms.unitName(text) : terms.dictionaryLabel(dictionary, text)) ?? text;
}
