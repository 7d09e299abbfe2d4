import { fromJson, toJson } from '../values/json.js';
import { parseNumber } from '../values/number.js';
import { shown } from '../values/shown.js';
import { define, type Call } from './define.js';

const GROUPING = new Set([' ', ',', '.', null]);
const DECIMAL_POINT = new Set(['.', ',', null]);

/** `number(from, grouping separator, decimal separator)`, DMN 1.5, 10.3.4.1. */
function numberOf(call: Call, from: string, grouping: string | null = null, point: string | null = null): unknown {
  if (!GROUPING.has(grouping) || !DECIMAL_POINT.has(point) || (grouping !== null && grouping === point)) {
    return call.fail(
      '" ", "," or "." to part groups and another "," or "." before decimals',
      `${shown(grouping)} and ${shown(point)}`,
    );
  }
  const ungrouped = grouping === null ? from : from.replaceAll(grouping, '');
  const text =
    point === null || point === '.' ? ungrouped : ungrouped.includes('.') ? '' : ungrouped.replace(point, '.');
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)
    ? parseNumber(text)
    : call.fail('a number', shown(from));
}

function readJson(call: Call, text: string): unknown {
  call.run.charge(1 + Math.floor(text.length / 16));
  try {
    return fromJson(JSON.parse(text));
  } catch {
    return call.fail('JSON text', shown(text));
  }
}

function writeJson(call: Call, value: unknown): string {
  const text = JSON.stringify(toJson(value, call.run));
  call.run.charge(1 + Math.floor(text.length / 16));
  return text;
}

/** Conversions between kinds (DMN 1.5, 10.3.4.1) and to and from JSON text, as Camunda has them. */
export const conversionFunctions = [
  define(
    'number',
    ['from:string, grouping separator?:string|null, decimal separator?:string|null', numberOf],
    ['from:number', (_: Call, from: unknown) => from],
  ),
  define('from json', ['value:string', readJson]),
  define('to json', ['value:any', writeJson]),
];
