import {
  kindOf,
  parseAtLiteral,
  scopeOf,
  FeelDate,
  FeelDateTime,
  FeelTime,
  FeelZone,
  ValueTooLarge,
  type CompiledExpression,
  type FeelFunction,
} from '#feel';
import type { Text } from './compiler.js';
import { ArgumentMisfit, type DecisionRun } from './logic.js';
import type { DmnType } from './types.js';

const MISFIT = Symbol('misfit');
/** Levels of a value and of types that are defined by each other, which are compared. */
const MAX_DEPTH = 50;
const MAX_INSTANCE_STEPS = 500_000;

/** How a value is fitted to a type. */
interface Fitting {
  /** True for values that came from outside: ISO text stands for the temporal value. */
  readonly isJson: boolean;
  charge(): void;
  passes(test: CompiledExpression, value: unknown): boolean;
}

function fittingIn(run: DecisionRun, isJson: boolean): Fitting {
  return {
    isJson,
    charge: () => run.charge(1),
    passes: (test, value) => run.value(test, scopeOf({ '?': value })) === true,
  };
}

/**
 * The value as a type asks for it (DMN 1.5, 10.3.2.9.4): a list of one is its item, an item where a list is expected becomes one, a
 * date becomes its midnight; null with a warning if the value does not fit.
 */
export function conform(value: unknown, type: DmnType, run: DecisionRun, what: string): unknown {
  return conformed(value, type, { run, what, isJson: false });
}

/** As `conform`, for a value that came from outside as JSON: ISO text becomes the temporal value that the type asks for. */
export function conformJson(value: unknown, type: DmnType, run: DecisionRun, what: string): unknown {
  return conformed(value, type, { run, what, isJson: true });
}

interface Place {
  readonly run: DecisionRun;
  readonly what: string;
  readonly isJson: boolean;
}

function conformed(value: unknown, type: DmnType, { run, what, isJson }: Place): unknown {
  const result = fit(value ?? null, type, fittingIn(run, isJson), 0);
  if (result !== MISFIT) return result;
  run.warn('type', misfit(what, type, value));
  return null;
}

/** Names what the type asks for and what was given; the value itself may be protected. */
function misfit(what: string, type: DmnType, value: unknown): Text {
  const expected = typeName(type);
  const found = kindOf(value);
  if (expected === found || (type.isCollection && found === 'list'))
    return {
      en: `${what}: expected ${expected} as the item definition allows it but found one that it does not; it counts as null. Correct the value or the item definition.`,
      zh: `${what}：应为数据类型定义所允许的 ${expected}，实际的值不符合定义，按 null 处理。请更正该值或数据类型定义。`,
    };
  return {
    en: `${what}: expected ${expected} but found ${found}; it counts as null. Convert the value or correct the type.`,
    zh: `${what}：应为 ${expected}，实际为 ${found}，按 null 处理。请转换该值或更正类型。`,
  };
}

function typeName(type: DmnType, depth = 0): string {
  if (type.isCollection) return `list of ${typeName(itemOf(type), depth + 1)}`;
  if (type.base !== undefined || type.fields) return type.base ?? 'context';
  return type.parent && depth < MAX_DEPTH ? typeName(type.parent(), depth + 1) : 'Any';
}

/** The value of an argument; throws `ArgumentMisfit` where a value of another type is given, so that the call gives null. */
export function argumentOf(value: unknown, type: DmnType, run: DecisionRun, name: string): unknown {
  const result = fit(value ?? null, type, fittingIn(run, false), 0);
  if (result === MISFIT) throw new ArgumentMisfit(misfit(`"${name}"`, type, value));
  return result;
}

/** Says whether a value has a type as it stands, for `instance of`; allowed values do not count there. */
export function hasType(value: unknown, type: DmnType): boolean {
  if (type.isCollection !== Array.isArray(value) && (type.isCollection || type.base !== undefined)) return false;
  let steps = 0;
  const charge = () => {
    if (++steps > MAX_INSTANCE_STEPS) throw new ValueTooLarge(`Expected at most ${MAX_INSTANCE_STEPS} parts to check.`);
  };
  return fit(value, type, { isJson: false, charge, passes: () => true }, 0) !== MISFIT;
}

function fit(value: unknown, type: DmnType, how: Fitting, depth: number): unknown {
  how.charge();
  const fitted = fitShape(value, type, how, depth);
  return fitted === MISFIT || meets(fitted, type.typeConstraint, how) ? fitted : MISFIT;
}

function fitShape(value: unknown, type: DmnType, how: Fitting, depth: number): unknown {
  if (value === null || value === undefined) return null;
  if (depth > MAX_DEPTH) return MISFIT;
  if (type.isCollection) return fitList(Array.isArray(value) ? value : [value], itemOf(type), how, depth);
  const direct = fitItem(value, type, how, depth);
  if (direct !== MISFIT || !Array.isArray(value) || value.length !== 1) return direct;
  return fitItem(value[0], type, how, depth);
}

/** The type of one item of a list type; its type constraint is for the list as a whole. */
function itemOf(type: DmnType): DmnType {
  const item: { typeConstraint?: unknown } & DmnType = { ...type, isCollection: false };
  delete item.typeConstraint;
  return item;
}

function fitList(list: readonly unknown[], item: DmnType, how: Fitting, depth: number): unknown {
  const items = list.map((each) => fit(each, item, how, depth + 1));
  return items.includes(MISFIT) ? MISFIT : items;
}

function fitItem(value: unknown, type: DmnType, how: Fitting, depth: number): unknown {
  const parent = type.parent ? fit(value, type.parent(), how, depth + 1) : value;
  if (parent === MISFIT) return MISFIT;
  const own = type.fields ? fitFields(parent, type.fields, how, depth) : fitBase(parent, type, how);
  return own === MISFIT || isAllowed(own, type, how) ? own : MISFIT;
}

function isAllowed(value: unknown, { allowedValues }: DmnType, how: Fitting): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.every((each) => meets(each, allowedValues, how));
}

function meets(value: unknown, test: CompiledExpression | undefined, how: Fitting): boolean {
  return !test || value === null || how.passes(test, value);
}

function fitFields(value: unknown, fields: NonNullable<DmnType['fields']>, how: Fitting, depth: number): unknown {
  if (kindOf(value) !== 'context') return MISFIT;
  const given = value as Readonly<Record<string, unknown>>;
  const fitted = new Map<string, unknown>();
  for (const { name, type } of fields) {
    const field = Object.hasOwn(given, name) ? fit(given[name], type(), how, depth + 1) : MISFIT;
    if (field === MISFIT) return MISFIT;
    fitted.set(name, field);
  }
  return Object.fromEntries([...Object.entries(given), ...fitted]);
}

function fitBase(value: unknown, { base, parameters }: DmnType, how: Fitting): unknown {
  if (base === undefined) return value;
  if (kindOf(value) === base) return hasParameters(value, parameters) ? value : MISFIT;
  if (value instanceof FeelDate && base === 'date and time') return midnight(value);
  const isTemporal = base.includes('date') || base === 'time' || base.includes('duration');
  if (!how.isJson || typeof value !== 'string' || !isTemporal) return MISFIT;
  const parsed = parseAtLiteral(value);
  if (parsed instanceof FeelDate && base === 'date and time') return midnight(parsed);
  return parsed !== undefined && kindOf(parsed) === base ? parsed : MISFIT;
}

function hasParameters(value: unknown, parameters: number | undefined): boolean {
  return parameters === undefined || (value as FeelFunction).parameters.length === parameters;
}

/** Midnight in UTC (DMN 1.5, 10.3.2.9.4). */
function midnight(date: FeelDate): FeelDateTime {
  return new FeelDateTime(date, FeelTime.ofNanos(0n, FeelZone.offset(0)));
}
