/** Where a JSON text stops being JSON. */
export type JsonFault = { line: number; message: string };

/** The value, or the line (from 1) of the first fault. */
export function readJson(text: string): { value: unknown } | { fault: JsonFault } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return { fault: { line: lineOf(text, message), message } };
  }
}

/** Browsers name the place as "line 3", as "position 27" or, at the end of the text, not at all. */
function lineOf(text: string, message: string): number {
  const line = /line (\d+)/.exec(message);
  if (line) return Number(line[1]);
  const position = /position (\d+)/.exec(message);
  if (position) return text.slice(0, Number(position[1])).split('\n').length;
  return text.split('\n').length;
}
