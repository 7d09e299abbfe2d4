import { applyEdits, modify, type JSONPath } from 'jsonc-parser';

const formatting = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/** Writes a value at a place of a JSON text and leaves all other text as it stands; `undefined` takes the place away. */
export function setAt(text: string, place: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, place, value, formatting));
}

/** Takes a property or an item away. */
export function removeAt(text: string, place: JSONPath): string {
  return setAt(text, place, undefined);
}

/** Adds an item at the end of a list; a list that is not there is begun. */
export function addTo(text: string, place: JSONPath, length: number, item: unknown): string {
  return applyEdits(text, modify(text, [...place, length], item, { ...formatting, isArrayInsertion: true }));
}

/** Lets two neighbours of a list change places. */
export function swapAt(text: string, place: JSONPath, [first, second]: readonly [unknown, unknown]): string {
  const index = Number(place.at(-1));
  const list = place.slice(0, -1);
  return setAt(setAt(text, [...list, index - 1], second), [...list, index], first);
}
