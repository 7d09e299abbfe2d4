import type { RunnableFunction } from '../compile/callable.js';
import { compareValues, equalValues } from '../values/compare.js';
import { integerOf, isNumber } from '../values/number.js';
import { indexAt, positionsIn } from '../values/position.js';
import { kindOf } from '../values/kinds.js';
import { shown, shownPair } from '../values/shown.js';
import { define, type Call } from './define.js';

type List = readonly unknown[];

const ITEMS_PER_STEP = 8;
/** Of texts that are looked up. */
const CHARACTERS_PER_STEP = 512;
const ONE_OR_MORE = 'list:list, ...lists:list';

/** A comparison inside a list; charges for what it may cost. */
function indexOfItem(call: Call, list: List, item: unknown): number {
  call.run.charge(1 + Math.floor(list.length / ITEMS_PER_STEP));
  return list.findIndex((other) => equalValues(other, item, call.run) === true);
}

function distinct(call: Call, list: List): unknown[] {
  const kept: unknown[] = [];
  const simple = new Set<unknown>();
  const decimals = new Map<string, unknown>();
  for (const item of list) {
    call.run.charge(typeof item === 'string' ? 1 + Math.floor(item.length / CHARACTERS_PER_STEP) : 1);
    const isSimple = typeof item === 'string' || isNumber(item) || typeof item === 'boolean' || item === null;
    const key = isNumber(item) && typeof item === 'object' ? (decimals.get(String(item)) ?? item) : item;
    if (isSimple ? simple.has(key) : indexOfItem(call, kept, item) >= 0) continue;
    if (isSimple) simple.add(key);
    if (isNumber(item)) decimals.set(String(item), item);
    kept.push(item);
  }
  return kept;
}

function spend(call: Call, list: unknown[]): unknown[] {
  call.run.charge(Math.ceil(list.length / ITEMS_PER_STEP));
  return list;
}

/** Like `indexAt`; warns outside of the list. */
function checkedIndex(call: Call, list: List, position: unknown): number | null {
  return indexAt(list, position) ?? call.fail(positionsIn(list), shown(position));
}

/** A length must be a whole number from 1 to what is left of the list (DMN 1.5, 10.3.4.4). */
function sublist(call: Call, list: List, start: unknown, length?: unknown): List | null {
  const from = checkedIndex(call, list, start);
  if (from === null) return null;
  if (length === undefined) return list.slice(from);
  const count = integerOf(length);
  return count !== undefined && count >= 1 && from + count <= list.length
    ? list.slice(from, from + count)
    : call.fail(`a length from 1 to ${list.length - from}`, shown(length));
}

function insertBefore(call: Call, list: List, position: unknown, item: unknown): List | null {
  const at = checkedIndex(call, list, position);
  return at === null ? null : list.toSpliced(at, 0, item);
}

function remove(call: Call, list: List, position: unknown): List | null {
  const at = checkedIndex(call, list, position);
  return at === null ? null : list.toSpliced(at, 1);
}

function replaceAt(call: Call, list: List, position: unknown, item: unknown): List | null {
  const at = checkedIndex(call, list, position);
  return at === null ? null : list.with(at, item);
}

function replaceWhere(call: Call, list: List, match: RunnableFunction, item: unknown): List | null {
  if (match.parameters.length !== 2)
    return call.fail('a function of (item, newItem)', `one of (${match.parameters.join(', ')})`);
  const hits = list.map((each) => match.call(call.run, [each, item], call.at));
  const other = hits.find((hit) => typeof hit !== 'boolean');
  return other === undefined
    ? list.map((each, index) => (hits[index] === true ? item : each))
    : call.fail('true or false from the function for each item', kindOf(other));
}

/** Without recursion, since data may nest deeply. */
function flatten(call: Call, list: List): unknown[] {
  const result: unknown[] = [];
  const pending = [...list].reverse();
  while (pending.length > 0) {
    call.run.charge(1);
    const item: unknown = pending.pop();
    if (Array.isArray(item)) for (let index = item.length - 1; index >= 0; index--) pending.push(item[index]);
    else result.push(item);
  }
  return result;
}

function positionsOf(call: Call, list: List, match: unknown): number[] {
  call.run.charge(list.length);
  return list.flatMap((item, index) => (equalValues(item, match, call.run) === true ? [index + 1] : []));
}

/** A comparator that contradicts itself does no harm; one that gives no boolean makes null. */
function sort(call: Call, list: List, precedes?: RunnableFunction): List | null {
  const stranger = precedes ? undefined : list.findIndex((item) => compareValues(item, list[0]) === null);
  if (stranger !== undefined && stranger >= 0)
    return call.fail('values of one kind that have an order', shownPair(list[0], list[stranger]));
  let decided = true;
  const isBefore = (a: unknown, b: unknown): boolean => {
    call.run.charge(3);
    if (precedes === undefined) return (compareValues(a, b, call.run) as number) < 0;
    const result = decided && precedes.call(call.run, [a, b], call.at);
    decided &&= typeof result === 'boolean';
    return result === true;
  };
  const sorted = [...list].sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));
  return decided ? sorted : call.fail('true or false from the function for each pair', 'another value');
}

function partition(call: Call, list: List, size: unknown): List[] | null {
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1)
    return call.fail('a whole number of 1 or more as size', shown(size));
  const parts: List[] = [];
  for (let from = 0; from < list.length; from += size) parts.push(list.slice(from, from + size));
  return parts;
}

/** List functions (DMN 1.5, 10.3.4.4; `sort`: 10.3.4.9) and those of Camunda. */
export const listFunctions = [
  define('list contains', [
    'list:list, element:any',
    (call: Call, list: List, element: unknown) => indexOfItem(call, list, element) >= 0,
  ]),
  define(
    'list replace',
    ['list:list, position:number, newItem:any', replaceAt],
    ['list:list, match:function, newItem:any', replaceWhere],
  ),
  define('sublist', ['list:list, start position:number, length?:number', sublist]),
  define(
    'append',
    ['list:list, ...item:any', (call: Call, list: List, ...items: unknown[]) => spend(call, [...list, ...items])],
    [
      'list:any, ...item:any',
      (call: Call, first: unknown, ...items: unknown[]) =>
        first === null ? call.fail('a list', 'null') : [first, ...items],
    ],
  ),
  define('concatenate', [ONE_OR_MORE, (call: Call, ...lists: List[]) => spend(call, lists.flat())]),
  define('insert before', ['list:list, position:number, newItem:any', insertBefore]),
  define('remove', ['list:list, position:number', remove]),
  define('reverse', ['list:list', (call: Call, list: List) => spend(call, [...list].reverse())]),
  define('index of', ['list:list, match:any', positionsOf]),
  define('union', [ONE_OR_MORE, (call: Call, ...lists: List[]) => distinct(call, lists.flat())]),
  define('distinct values', ['list:list', distinct]),
  define('duplicate values', [
    'list:list',
    (call: Call, list: List) =>
      distinct(
        call,
        list.filter((item) => positionsOf(call, list, item).length > 1),
      ),
  ]),
  define('flatten', ['list:list', flatten]),
  define('sort', ['list:list, precedes?:function', sort]),
  define('partition', ['list:list, size:number', partition]),
  define(
    'is empty',
    ['list:list|context', (_: Call, value: List | object) => Object.keys(value).length === 0],
    ['context:context', (_: Call, context: object) => Object.keys(context).length === 0],
  ),
];
