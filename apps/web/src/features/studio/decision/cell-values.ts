export type CellValues = { values: string[]; isNegated: boolean };

const literal = String.raw`(?:"[^"\\]*"|\d+(?:\.\d+)?)`;
const literals = new RegExp(String.raw`^\s*${literal}(?:\s*,\s*${literal})*\s*$`);

/** The values that a cell lists; undefined where it is an expression that a choice would spoil. */
export function valuesOfCell(text: string): CellValues | undefined {
  const cell = text.trim();
  if (['', '-', 'null', '[]'].includes(cell)) return { values: [], isNegated: false };
  const negated = /^not\s*\((.*)\)$/s.exec(cell)?.[1];
  const inner = negated ?? (isListCell(cell) ? cell.slice(1, -1) : cell);
  if (!literals.test(inner)) return undefined;
  const values = inner.match(new RegExp(literal, 'g')) ?? [];
  return { values: values.map((value) => value.replaceAll('"', '')), isNegated: negated !== undefined };
}

export const isListCell = (text: string): boolean => /^\s*\[.*\]\s*$/s.test(text);

type Shape = { isInput: boolean; isNegated?: boolean; isList?: boolean; isNumber?: boolean };

/** The text of a cell for these values. */
export function cellOf(values: readonly string[], { isInput, isNegated, isList, isNumber }: Shape): string {
  const written = values.map((value) => (isNumber ? value : `"${value}"`)).join(', ');
  if (isInput && values.length === 0) return '-';
  if (isInput) return isNegated ? `not(${written})` : written;
  if (isList || values.length > 1) return `[${written}]`;
  return values.length === 0 ? 'null' : written;
}
