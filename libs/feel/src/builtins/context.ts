import { equalValues } from '../values/compare.js';
import { entryOf, type FeelContext, isContext, kindOf, setEntry } from '../values/kinds.js';
import { EvaluationStopped } from '../compile/run.js';
import { define, type Call } from './define.js';

type List = readonly unknown[];

function copyOf(call: Call, context: FeelContext): Record<string, unknown> {
  const keys = Object.keys(context);
  call.run.charge(1 + Math.floor(keys.length / 16));
  const copy: Record<string, unknown> = {};
  for (const key of keys) setEntry(copy, key, context[key]);
  return copy;
}

function put(call: Call, context: FeelContext, key: string, value: unknown): FeelContext {
  const copy = copyOf(call, context);
  setEntry(copy, key, value);
  return copy;
}

/** Puts a value at the end of a path of keys; contexts that are missing on the way are made. */
function putPath(call: Call, context: FeelContext, path: List, value: unknown): FeelContext | null {
  const [key, ...rest] = path;
  if (typeof key !== 'string') return call.fail('texts as keys', kindOf(key));
  if (rest.length === 0) return put(call, context, key, value);
  call.run.charge(rest.length);
  const inner = entryOf(context, key);
  if (inner !== undefined && !isContext(inner)) return call.fail(`a context at "${key}"`, kindOf(inner));
  const changed = call.run.enter(() => putPath(call, inner ?? {}, rest, value));
  return changed && put(call, context, key, changed);
}

function valueAt(call: Call, context: FeelContext, path: List): unknown {
  let value: unknown = context;
  for (const key of path) {
    call.run.charge(1);
    if (typeof key !== 'string') return call.fail('texts as keys', kindOf(key));
    if (!isContext(value)) return null;
    value = entryOf(value, key);
  }
  return value ?? null;
}

function merge(call: Call, contexts: List): FeelContext | null {
  const merged: Record<string, unknown> = {};
  for (const context of contexts) {
    if (!isContext(context)) return call.fail('contexts', kindOf(context));
    for (const [key, value] of Object.entries(copyOf(call, context))) setEntry(merged, key, value);
  }
  return merged;
}

/** Builds a context of entries `{key, value}`; a key given twice makes null. */
function fromEntries(call: Call, entries: List): FeelContext | null {
  const context: Record<string, unknown> = {};
  for (const entry of entries) {
    call.run.charge(1);
    const key = isContext(entry) ? entryOf(entry, 'key') : undefined;
    if (typeof key !== 'string' || !Object.hasOwn(entry as object, 'value'))
      return call.fail('entries {key: text, value}', isContext(entry) ? 'a context without them' : kindOf(entry));
    if (Object.hasOwn(context, key)) return call.fail('each key once', `"${key}" twice`);
    setEntry(context, key, entryOf(entry as FeelContext, 'value'));
  }
  return context;
}

function entriesOf(call: Call, context: FeelContext): unknown[] {
  return Object.entries(copyOf(call, context)).map(([key, value]) => ({ key, value }));
}

/** Fails the whole evaluation, which is an incident where a process asked. Source: Camunda 8, "Boolean functions", assert. */
function assertValue(call: Call, value: unknown, condition: unknown, cause?: string): unknown {
  if (condition === true) return value;
  const why = cause === undefined ? '' : `: ${cause}`;
  throw new EvaluationStopped('assertion', `Expected the condition to hold but it does not${why}`);
}

/** Same kind and same value; a time in a region is not the same as one with an offset. */
function is(call: Call, a: unknown, b: unknown): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  const isTemporal = kindOf(a) === 'time' || kindOf(a) === 'date and time';
  return isTemporal ? String(a) === String(b) : equalValues(a, b, call.run) === true;
}

/** Context functions (DMN 1.5, 10.3.4.10), boolean functions and those of Camunda. */
export const contextFunctions = [
  define(
    'get value',
    ['m:context, key:string', (_: Call, m: FeelContext, key: string) => entryOf(m, key) ?? null],
    ['context:context, keys:list', valueAt],
  ),
  define('get entries', ['m:context', entriesOf]),
  define(
    'context put',
    ['context:context, key:string, value:any', put],
    ['context:context, keys:list, value:any', putPath],
  ),
  define('put', ['context:context, key:string, value:any', put], ['context:context, keys:list, value:any', putPath]),
  define(
    'context merge',
    ['contexts:list', merge],
    ['...contexts:context', (call: Call, ...contexts: unknown[]) => merge(call, contexts)],
  ),
  define(
    'put all',
    ['contexts:list', merge],
    ['...contexts:context', (call: Call, ...contexts: unknown[]) => merge(call, contexts)],
  ),
  define('context', ['entries:list', fromEntries]),
  define(
    'not',
    ['negand:boolean', (_: Call, negand: boolean) => !negand],
    [
      'negand:any',
      (call: Call, negand: unknown) => (negand === null ? null : call.fail('true, false or null', kindOf(negand))),
    ],
  ),
  define('is', ['value1:any, value2:any', is]),
  define('is defined', ['value:any', (_: Call, value: unknown) => value !== null]),
  define('get or else', [
    'value:any, default:any',
    (_: Call, value: unknown, otherwise: unknown) => value ?? otherwise,
  ]),
  define('fromAi', [
    'value:any, description?:any, type?:any, schema?:any, options?:any',
    (_: Call, value: unknown) => value,
  ]),
  define('assert', ['value:any, condition:any, cause?:string', assertValue]),
];
