/** A piece of a text; with `to` the title of what that address of the portal shows. */
export type TextPart = { text: string; to?: string };
type Door = { to: string; title: string; titleEn?: string };

/** Cuts a text at the titles that it names in quotation marks. */
export function linkedParts(text: string, doors: readonly Door[]): TextPart[] {
  const parts: TextPart[] = [];
  let plain = '';
  for (const piece of text.split(/(?<=“)([^“”]+)(?=”)/)) {
    const door = plain.endsWith('“') ? doors.find(({ title, titleEn }) => piece === title || piece === titleEn) : null;
    if (door) {
      parts.push({ text: plain }, { text: piece, to: door.to });
      plain = '';
    } else plain += piece;
  }
  return plain === '' ? parts : [...parts, { text: plain }];
}
