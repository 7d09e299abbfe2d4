/** Where an element of a DMN file stands, in what people call it; rows are counted from 1. */
export type TablePlace = { decision?: string; row?: number; column?: string };

/** Undefined where the file has no element of this id. */
export function placeInTable(xml: string, id: string): TablePlace | undefined {
  let place: TablePlace = {};
  for (const [, tag = '', attributes = ''] of xml.matchAll(/<(?:[\w-]+:)?([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)/g)) {
    const read = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1];
    if (tag === 'decision') place = { decision: read('name') ?? read('id') ?? '' };
    if (tag === 'rule') place = { ...withDecision(place), row: (place.row ?? 0) + 1 };
    if (tag === 'input' || tag === 'output')
      place = { ...withDecision(place), column: read('label') ?? read('name') ?? '' };
    if (read('id') === id) return place;
  }
  return undefined;
}

const withDecision = ({ decision }: TablePlace): TablePlace => (decision === undefined ? {} : { decision });
