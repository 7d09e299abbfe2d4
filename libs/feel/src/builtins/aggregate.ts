import { addValues } from '../values/arithmetic.js';
import { compareValues } from '../values/compare.js';
import { kindOf } from '../values/kinds.js';
import {
  addNumbers,
  decimalOf,
  divideNumbers,
  type FeelNumber,
  isNumber,
  multiplyNumbers,
  numberFrom,
} from '../values/number.js';
import { define, type Call } from './define.js';

type List = readonly unknown[];
/** Adding, ordering or squaring a number that is no JS number, or a temporal value. */
const STEPS_PER_DECIMAL = 5;

type OfList = (call: Call, list: List) => unknown;

/** The list may be given as one argument or item by item. */
function ofItems(name: string, ofList: OfList) {
  const paid: OfList = (call, list) => {
    call.run.charge(1 + (list.some((item) => typeof item === 'object') ? list.length * STEPS_PER_DECIMAL : 0));
    return ofList(call, list);
  };
  return define(
    name,
    ['list:list', paid],
    ['...items:any', (call: Call, ...items: unknown[]) => (items.length === 0 ? null : paid(call, items))],
  );
}

function extreme(sign: 1 | -1): OfList {
  return (_call, list) => {
    let best: unknown = list[0] ?? null;
    for (const item of list) {
      const order = compareValues(item, best);
      if (order === null) return null;
      if (order * sign > 0) best = item;
    }
    return best;
  };
}

function numbersOf(list: List): readonly FeelNumber[] | null {
  return list.length > 0 && list.every(isNumber) ? list : null;
}

function fold(
  list: List,
  combine: (a: FeelNumber, b: FeelNumber) => FeelNumber | null,
  first: FeelNumber,
): FeelNumber | null {
  return (
    numbersOf(list)?.reduce<FeelNumber | null>(
      (total, item) => (total === null ? null : combine(total, item)),
      first,
    ) ?? null
  );
}

function sum(_call: Call, list: List): unknown {
  if (numbersOf(list)) return fold(list, addNumbers, 0);
  const isDurations = list.length > 0 && list.every((item) => kindOf(item).endsWith('duration'));
  return isDurations ? list.slice(1).reduce((total, item) => addValues(total, item), list[0]) : null;
}

function mean(_call: Call, list: List): FeelNumber | null {
  const total = fold(list, addNumbers, 0);
  return total === null ? null : divideNumbers(total, list.length);
}

function median(_call: Call, list: List): FeelNumber | null {
  const numbers = numbersOf(list);
  if (!numbers) return null;
  const sorted = [...numbers].sort((a, b) => decimalOf(a).comparedTo(b));
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as FeelNumber;
  return numberFrom(
    decimalOf(sorted[middle - 1] as FeelNumber)
      .plus(sorted[middle] as FeelNumber)
      .div(2),
  );
}

/** Standard deviation of a sample. */
function standardDeviation(call: Call, list: List): FeelNumber | null {
  const numbers = numbersOf(list);
  const average = mean(call, list);
  if (!numbers || numbers.length < 2 || average === null) return null;
  const squares = numbers.map((item) => decimalOf(item).minus(average).pow(2)).reduce((a, b) => a.plus(b));
  return numberFrom(squares.div(numbers.length - 1).sqrt());
}

function mode(call: Call, list: List): unknown {
  if (list.length === 0) return [];
  const numbers = numbersOf(list);
  if (!numbers) return null;
  const sorted = [...numbers].sort((a, b) => decimalOf(a).comparedTo(b));
  const counts = new Map<string, { value: FeelNumber; count: number }>();
  for (const value of sorted) {
    const key = String(value);
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  call.run.charge(counts.size);
  const most = Math.max(...[...counts.values()].map(({ count }) => count));
  return [...counts.values()].filter(({ count }) => count === most).map(({ value }) => value);
}

/** Three-valued: one `decisive` item decides, else anything that is not boolean makes it null. */
function logic(decisive: boolean): OfList {
  return (_call, list) => {
    if (list.includes(decisive)) return decisive;
    return list.every((item) => typeof item === 'boolean') ? !decisive : null;
  };
}

/** Functions that make one value of a list (DMN 1.5, 10.3.4.4). */
export const aggregateFunctions = [
  define(
    'count',
    ['list:list', (_: Call, list: List) => list.length],
    ['list:any', (_: Call, item: unknown) => (item === null ? null : 1)],
    ['...items:any', (call: Call, ...items: unknown[]) => items.length || call.fail('a list', 'no argument')],
  ),
  ofItems('min', extreme(-1)),
  ofItems('max', extreme(1)),
  ofItems('sum', sum),
  ofItems('mean', mean),
  ofItems('product', (_call, list) => fold(list, multiplyNumbers, 1)),
  ofItems('median', median),
  ofItems('stddev', standardDeviation),
  ofItems('mode', mode),
  ofItems('all', logic(false)),
  ofItems('any', logic(true)),
];
