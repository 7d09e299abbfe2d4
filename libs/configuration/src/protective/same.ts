/** Whether two values from files say the same. */
export function isSame(was: unknown, is: unknown): boolean {
  return JSON.stringify(was ?? null) === JSON.stringify(is ?? null);
}

/** Keys whose values differ, without those that only say something to a reader. */
export function changedKeys(was: object, is: object, texts: ReadonlySet<string>): readonly string[] {
  const [before, after] = [was, is].map((one) => withoutTexts(one, texts) as Readonly<Record<string, unknown>>);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !isSame(before?.[key], after?.[key]));
}

function withoutTexts(value: unknown, texts: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutTexts(one, texts));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !texts.has(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutTexts(one, texts)]));
}
