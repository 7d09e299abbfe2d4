import { pointerPart } from './json-text.js';
import type { ParametersFile } from './settings.js';

const placeholder = /\{\{\s*parameters\.\[?([^\]{}\s]+)\]?\s*\}\}/g;

/**
 * A settings file in which each text says the value of a parameter where it names one, `{{parameters.[notice.days]}}`. What
 * names no parameter stays as it is, for the linker to refuse.
 */
export function withParameterTexts<Shape>(file: Shape, parameters: ParametersFile): Shape {
  const said = (text: string): string =>
    text.replace(placeholder, (whole, name: string) =>
      Object.hasOwn(parameters, name) ? String(parameters[name]?.value) : whole,
    );
  return mapTexts(file, said) as Shape;
}

/** Each parameter that a text still names, with the JSON pointer of the text. */
export function parametersLeft(value: unknown, place = ''): readonly { readonly place: string; readonly id: string }[] {
  if (typeof value === 'string') return [...value.matchAll(placeholder)].map(([, id = '']) => ({ place, id }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => parametersLeft(child, `${place}/${pointerPart(name)}`));
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((child) => mapTexts(child, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, mapTexts(child, map)]));
}
