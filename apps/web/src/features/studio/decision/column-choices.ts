import { valuesOfCell } from './cell-values.js';

/** One value that a dictionary, or a list of the platform, has for a field. */
export type Choice = { value: string; label: string };
/** By `dictionary:<id>` or `source:<id>`. */
export type ChoiceLists = ReadonlyMap<string, readonly Choice[]>;
export type FieldChoice = { field: string; dictionary?: string; source?: string };
export type KnownChoices = { lists: ChoiceLists; fields: readonly FieldChoice[] };
export type Column = {
  /** The expression of an input, the name of an output. */
  name: string;
  cells: readonly string[];
  /** Allowed values of the column, as the table writes them. */
  allowed?: string;
};

/**
 * What a column chooses from. A field, or a dictionary, of its name tells it, where it has at least half of the codes
 * in the cells; else the one list that has all codes, two or more.
 */
export function choicesOfColumn(
  { name, cells, allowed = '' }: Column,
  { lists, fields }: KnownChoices,
): readonly Choice[] | undefined {
  const codes = [...new Set([...cells, allowed].flatMap(codesIn))];
  const named = [...new Set([...keysOf(fields, name.trim()), `dictionary:${name.trim()}`])].flatMap((key) => {
    const list = lists.get(key);
    return list ? [{ list, share: shareOf(codes, list) }] : [];
  });
  if (codes.length === 0) return named.length === 1 ? named[0]?.list : undefined;
  const [best] = named.toSorted((one, other) => other.share - one.share);
  if (best && best.share >= 0.5) return best.list;
  return codes.length < 2 || codes.every(isNumber) ? undefined : onlyOne(codes, lists);
}

function keysOf(fields: readonly FieldChoice[], name: string): string[] {
  return fields
    .filter(({ field }) => field === name)
    .map(({ dictionary, source }) => (dictionary === undefined ? `source:${source}` : `dictionary:${dictionary}`));
}

const isNumber = (code: string): boolean => /^\d+$/.test(code);

function shareOf(codes: readonly string[], list: readonly Choice[]): number {
  const values = new Set(list.map(({ value }) => value));
  return codes.length === 0 ? 1 : codes.filter((code) => values.has(code)).length / codes.length;
}

/** Lists of the platform before dictionaries: who repeats units or roles in a dictionary means the same. */
function onlyOne(codes: readonly string[], lists: ChoiceLists): readonly Choice[] | undefined {
  const full = [...lists].filter(([, list]) => shareOf(codes, list) === 1);
  const platform = full.filter(([key]) => key.startsWith('source:'));
  const found = platform.length > 0 ? platform : full;
  return found.length === 1 ? found[0]?.[1] : undefined;
}

/** Texts of a cell, without those that name a parameter; a cell of a number alone is a code too. */
export function codesIn(cell: string): string[] {
  const text = cell.replaceAll(/\bparameter\(\s*"[^"]*"\s*\)/g, '');
  if (/^[\d\s,]+$/.test(text)) return text.match(/\d+/g) ?? [];
  return [...text.matchAll(/"([^"\\]*)"/g)].map(([, code = '']) => code).filter(Boolean);
}

/** The words for the codes of a cell, in their order; of a negation, what it excludes; in a formula each beside its code. */
export function wordsOfCell(cell: string, choices: readonly Choice[]): { words: string[]; isNegated: boolean } {
  const labels = new Map(choices.map(({ value, label }) => [value, label]));
  const isFormula = valuesOfCell(cell) === undefined && !/^\s*list contains\(/.test(cell);
  const words = codesIn(cell).flatMap((code) => {
    const label = labels.get(code);
    return label === undefined ? [] : [isFormula ? `${code} ${label}` : label];
  });
  return { words: [...new Set(words)], isNegated: /^\s*not\s*\(/.test(cell) };
}
