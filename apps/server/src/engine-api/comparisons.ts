import { SearchError, type Operators, type SearchValue } from '#persistence';

/**
 * Whether a value of the API fulfils what a filter asks of it: a value, or operators that must all hold.
 *
 * @throws SearchError on an operator that there is not, or one with a value that does not fit it.
 */
export function fulfils(given: SearchValue | null, wanted: SearchValue | Operators): boolean {
  const operators: Operators = typeof wanted === 'object' ? wanted : { $eq: wanted };
  return Object.entries(operators).every(([operator, value]) => holds(given, operator, value));
}

type Comparison = (given: SearchValue, wanted: never) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  $eq: (given, wanted) => given === wanted,
  $neq: (given, wanted) => given !== wanted,
  $in: (given, wanted: readonly SearchValue[]) => wanted.includes(given),
  $notIn: (given, wanted: readonly SearchValue[]) => !wanted.includes(given),
  $like: (given, wanted: string) => isLike(String(given), wanted),
  $gt: (given, wanted: SearchValue) => given > wanted,
  $gte: (given, wanted: SearchValue) => given >= wanted,
  $lt: (given, wanted: SearchValue) => given < wanted,
  $lte: (given, wanted: SearchValue) => given <= wanted,
};

/** As in SQL, nothing but `$exists` is true of a value that is not there. */
function holds(given: SearchValue | null, operator: string, wanted: unknown): boolean {
  if (operator === '$exists') return (given !== null) === wanted;
  const comparison = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  const isList = operator === '$in' || operator === '$notIn';
  const isPattern = operator !== '$like' || typeof wanted === 'string';
  if (!comparison || isList !== Array.isArray(wanted) || !isPattern)
    throw new SearchError(
      `Expected $exists or one of ${Object.keys(comparisons).join(', ')} with a fitting value but found ${JSON.stringify({ [operator]: wanted }).slice(0, 200)}.`,
    );
  return given !== null && comparison(given, wanted as never);
}

/** `*` any text, `?` one character, backslash before either for itself; linear, as each star is tried once. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.match(/\\[*?\\]|[\s\S]/g) ?? [];
  let [at, part, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === '*') [star, resume, part] = [part, at, part + 1];
    else if (wanted !== undefined && (wanted === '?' || wanted.at(-1) === text[at])) [at, part] = [at + 1, part + 1];
    else if (star >= 0) [part, resume, at] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  return parts.slice(part).every((rest) => rest === '*');
}
