import { addValues } from '../values/arithmetic.js';
import { compareValues } from '../values/compare.js';
import { kindOf } from '../values/kinds.js';
import {
  addNumbers,
  compareNumbers,
  decimalOf,
  divideNumbers,
  type FeelNumber,
  isNumber,
  multiplyNumbers,
  numberFrom,
} from '../values/number.js';
import { shownPair } from '../values/shown.js';
import { define, inRange, type Call } from './define.js';

type List = readonly unknown[];
/** Adding, ordering or squaring a number that is no JS number, or a temporal value. */
const STEPS_PER_DECIMAL = 5;
const ITEMS_SORTED_PER_STEP = 4;

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
    [
      '...items:any',
      (call: Call, ...items: unknown[]) =>
        items.length === 0 ? call.fail('a list or items', 'no argument') : paid(call, items),
    ],
  );
}

function extreme(sign: 1 | -1): OfList {
  return (call, list) => {
    let best: unknown = list[0] ?? null;
    for (const item of list) {
      const order = compareValues(item, best, call.run);
      if (order === null) return call.fail('values of one kind that have an order', shownPair(best, item));
      if (order * sign > 0) best = item;
    }
    return best;
  };
}

/** Null for no item at all, and with a warning where one is no number. */
function numbersOf(call: Call, list: List): readonly FeelNumber[] | null {
  if (list.every(isNumber)) return list.length > 0 ? list : null;
  return call.fail('numbers', kindOf(list.find((item) => !isNumber(item))));
}

function fold(
  call: Call,
  list: List,
  combine: (a: FeelNumber, b: FeelNumber) => FeelNumber | null,
  first: FeelNumber,
): FeelNumber | null {
  const numbers = numbersOf(call, list);
  if (!numbers) return null;
  const add = (total: FeelNumber | null, item: FeelNumber) => (total === null ? null : combine(total, item));
  return inRange(call, numbers.reduce(add, first));
}

function sum(call: Call, list: List): unknown {
  const [first] = list;
  if (!kindOf(first).endsWith('duration')) return fold(call, list, addNumbers, 0);
  const other = list.find((item) => kindOf(item) !== kindOf(first));
  if (other !== undefined) return call.fail('durations of one kind', shownPair(first, other));
  return inRange(
    call,
    list.slice(1).reduce((total, item) => addValues(total, item), first),
  );
}

function mean(call: Call, list: List): FeelNumber | null {
  const total = fold(call, list, addNumbers, 0);
  return total === null ? null : divideNumbers(total, list.length);
}

function sortedNumbers(call: Call, numbers: readonly FeelNumber[]): readonly FeelNumber[] {
  call.run.charge(Math.ceil(numbers.length / ITEMS_SORTED_PER_STEP));
  return [...numbers].sort(compareNumbers);
}

function median(call: Call, list: List): FeelNumber | null {
  const numbers = numbersOf(call, list);
  if (!numbers) return null;
  const sorted = sortedNumbers(call, numbers);
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
  const numbers = numbersOf(call, list);
  if (!numbers) return null;
  if (numbers.length < 2) return call.fail('two numbers or more', 'one');
  call.run.charge(numbers.length * STEPS_PER_DECIMAL);
  const average = mean(call, numbers);
  if (average === null) return null;
  const squares = numbers.map((item) => decimalOf(item).minus(average).pow(2)).reduce((a, b) => a.plus(b));
  return inRange(call, numberFrom(squares.div(numbers.length - 1).sqrt()));
}

function mode(call: Call, list: List): unknown {
  if (list.length === 0) return [];
  const numbers = numbersOf(call, list);
  if (!numbers) return null;
  const sorted = sortedNumbers(call, numbers);
  const counts = new Map<string, { value: FeelNumber; count: number }>();
  for (const value of sorted) {
    const key = String(value);
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  call.run.charge(counts.size);
  const most = Math.max(...[...counts.values()].map(({ count }) => count));
  return [...counts.values()].filter(({ count }) => count === most).map(({ value }) => value);
}

/** Three-valued: one `decisive` item decides, else anything that is not boolean makes it null; null itself may be meant. */
function logic(decisive: boolean): OfList {
  return (call, list) => {
    if (list.includes(decisive)) return decisive;
    const other = list.find((item) => typeof item !== 'boolean' && item !== null);
    if (other !== undefined) return call.fail('true, false or null', kindOf(other));
    return list.includes(null) ? null : !decisive;
  };
}

/** Functions that make one value of a list (DMN 1.5, 10.3.4.4). */
export const aggregateFunctions = [
  define(
    'count',
    ['list:list', (_: Call, list: List) => list.length],
    ['list:any', (call: Call, item: unknown) => (item === null ? call.fail('a list', 'null') : 1)],
    ['...items:any', (call: Call, ...items: unknown[]) => items.length || call.fail('a list', 'no argument')],
  ),
  ofItems('min', extreme(-1)),
  ofItems('max', extreme(1)),
  ofItems('sum', sum),
  ofItems('mean', mean),
  ofItems('product', (call, list) => fold(call, list, multiplyNumbers, 1)),
  ofItems('median', median),
  ofItems('stddev', standardDeviation),
  ofItems('mode', mode),
  ofItems('all', logic(false)),
  ofItems('any', logic(true)),
];
