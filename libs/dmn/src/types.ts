import { kindOf, parseAtLiteral, scopeOf, FeelDate, FeelDateTime, FeelTime, type CompiledExpression } from '#feel';
import type { DmnCompiler } from './compiler.js';
import { ArgumentMisfit, type DecisionRun } from './logic.js';
import { child, childrenOf, textOf, typeRefOf, type XmlElement } from './xml-tree.js';

/** A type by name: a FEEL type or an item definition of the file. */
export interface DmnType {
  readonly base?: string;
  readonly isCollection: boolean;
  readonly fields?: readonly { readonly name: string; readonly type: () => DmnType }[];
  readonly parent?: () => DmnType;
  /** Result of a function type. */
  readonly returns?: () => DmnType;
  readonly allowedValues?: CompiledExpression;
  /** A test of the whole value where `allowedValues` test its items (DMN 1.5, 7.3.3). */
  readonly typeConstraint?: CompiledExpression;
  /** The text of the allowed values, which also orders outputs of PRIORITY tables. */
  readonly allowedText?: string;
}

const ALIASES: Readonly<Record<string, string>> = {
  integer: 'number',
  long: 'number',
  double: 'number',
  decimal: 'number',
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
};
const BASES = new Set([
  'number',
  'string',
  'boolean',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
  'context',
  'list',
  'function',
]);
const UNTYPED = new Set(['Any', 'any', 'Null', '<Undefined>', 'range', 'duration']);
const MAX_DEPTH = 50;
const ANY: DmnType = { isCollection: false };

export type TypeTable = (typeRef: string | undefined) => DmnType;

/** Reads the item definitions of a file; `imported` gives types such as `other.tPerson`. */
export function readTypes(definitions: XmlElement, compiler: DmnCompiler, imported: TypeTable = () => ANY): TypeTable {
  const table = new Map<string, DmnType>();
  const find: TypeTable = (typeRef) => {
    if (typeRef === undefined) return ANY;
    const name = ALIASES[stripped(typeRef)] ?? stripped(typeRef);
    return (
      table.get(typeRef) ??
      table.get(name) ??
      (BASES.has(name) ? { base: name, isCollection: false } : imported(typeRef))
    );
  };
  for (const item of childrenOf(definitions, 'itemDefinition')) {
    table.set(item.attributes['name'] ?? '', itemType(item, find, compiler));
  }
  return find;
}

/** Says whether a type reference names something: a FEEL type or an item definition. */
export function isKnownType(typeRef: string, types: TypeTable): boolean {
  return UNTYPED.has(stripped(typeRef)) || typeRef.includes('<') || types(typeRef) !== ANY;
}

function stripped(typeRef: string): string {
  return typeRef.replace(/^(?:feel|xsd|dmn)[:.]/, '').trim();
}

function itemType(item: XmlElement, find: TypeTable, compiler: DmnCompiler): DmnType {
  const components = childrenOf(item, 'itemComponent');
  const typeRef = typeRefOf(item);
  const allowedText = textOf(child(item, 'allowedValues'), 'text');
  const constraint = textOf(child(item, 'typeConstraint'), 'text');
  const name = item.attributes['name'] ?? '';
  const functionItem = child(item, 'functionItem');
  return {
    ...(functionItem && { base: 'function', returns: () => find(functionItem.attributes['outputTypeRef']) }),
    isCollection: item.attributes['isCollection'] === 'true',
    ...(components.length > 0 && { fields: components.map((each) => componentField(each, find, compiler)) }),
    ...(typeRef !== undefined && {
      parent: () => (stripped(typeRef) === item.attributes['name'] ? ANY : find(typeRef)),
    }),
    ...(allowedText && {
      allowedText,
      allowedValues: compiler.tests(allowedText, item, { en: `allowed values of ${name}`, zh: `${name} 的允许值` }),
    }),
    ...(constraint && {
      typeConstraint: compiler.tests(constraint, item, { en: `type constraint of ${name}`, zh: `${name} 的类型约束` }),
    }),
  };
}

function componentField(
  component: XmlElement,
  find: TypeTable,
  compiler: DmnCompiler,
): { name: string; type: () => DmnType } {
  const type = itemType(component, find, compiler);
  return { name: component.attributes['name'] ?? '', type: () => type };
}

const MISFIT = Symbol('misfit');

/** The value of an argument; throws `ArgumentMisfit` where a value of another type is given, so that the call gives null. */
export function argumentOf(value: unknown, type: DmnType, run: DecisionRun, name: string): unknown {
  const result = fit(value ?? null, type, run, 0);
  if (result === MISFIT) throw new ArgumentMisfit(`Expected another type for "${name}" but found ${kindOf(value)}.`);
  return result;
}

/** Says whether a value has a type as it stands, for `instance of`; allowed values do not count there. */
export function hasType(value: unknown, type: DmnType): boolean {
  if (type.isCollection !== Array.isArray(value) && (type.isCollection || type.base !== undefined)) return false;
  return fit(value, type, undefined, 0) !== MISFIT;
}

/**
 * The value as a type asks for it (DMN 1.3, 10.3.2.9.4): a list of one is its item, an item where a list is expected becomes one, a date
 * becomes its midnight, ISO text becomes the temporal value; null if the value does not fit.
 */
export function conform(value: unknown, type: DmnType, run: DecisionRun, what: string): unknown {
  const result = fit(value ?? null, type, run, 0);
  if (result !== MISFIT) return result;
  run.warnings.push({
    code: 'type',
    message: `${what}: expected another type but found ${kindOf(value)}.`,
    start: 0,
    end: 0,
  });
  return null;
}

function fit(value: unknown, type: DmnType, run: DecisionRun | undefined, depth: number): unknown {
  run?.charge(1);
  const fitted = fitShape(value, type, run, depth);
  return fitted === MISFIT || meets(fitted, type.typeConstraint, run) ? fitted : MISFIT;
}

function fitShape(value: unknown, type: DmnType, run: DecisionRun | undefined, depth: number): unknown {
  if (value === null || value === undefined || depth > MAX_DEPTH) return value ?? null;
  if (type.isCollection) return fitList(Array.isArray(value) ? value : [value], itemOf(type), run, depth);
  const direct = fitItem(value, type, run, depth);
  if (direct !== MISFIT || !Array.isArray(value) || value.length !== 1) return direct;
  return fitItem(value[0], type, run, depth);
}

/** The type of one item of a list type; its type constraint is for the list as a whole. */
function itemOf(type: DmnType): DmnType {
  const item: { typeConstraint?: unknown } & DmnType = { ...type, isCollection: false };
  delete item.typeConstraint;
  return item;
}

function fitList(list: readonly unknown[], item: DmnType, run: DecisionRun | undefined, depth: number): unknown {
  const items = list.map((each) => fit(each, item, run, depth + 1));
  return items.includes(MISFIT) ? MISFIT : items;
}

function fitItem(value: unknown, type: DmnType, run: DecisionRun | undefined, depth: number): unknown {
  const parent = type.parent ? fit(value, type.parent(), run, depth + 1) : value;
  const own =
    parent === MISFIT ? MISFIT : type.fields ? fitFields(parent, type.fields, run, depth) : fitBase(parent, type.base);
  return own === MISFIT || isAllowed(own, type, run) ? own : MISFIT;
}

function isAllowed(value: unknown, { allowedValues }: DmnType, run: DecisionRun | undefined): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.every((each) => meets(each, allowedValues, run));
}

function meets(value: unknown, tests: CompiledExpression | undefined, run: DecisionRun | undefined): boolean {
  return !tests || value === null || !run || run.value(tests, scopeOf({ '?': value })) === true;
}

function fitFields(
  value: unknown,
  fields: NonNullable<DmnType['fields']>,
  run: DecisionRun | undefined,
  depth: number,
): unknown {
  if (kindOf(value) !== 'context') return MISFIT;
  const result: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  for (const { name, type } of fields) {
    if (!Object.hasOwn(result, name)) return MISFIT;
    const fitted = fit(result[name], type(), run, depth + 1);
    if (fitted === MISFIT) return MISFIT;
    result[name] = fitted;
  }
  return result;
}

function fitBase(value: unknown, base: string | undefined): unknown {
  if (base === undefined || kindOf(value) === base) return value;
  if (value instanceof FeelDate && base === 'date and time') return midnight(value);
  const isTemporal = base.includes('date') || base === 'time' || base.includes('duration');
  if (typeof value !== 'string' || !isTemporal) return MISFIT;
  const parsed = parseAtLiteral(value);
  if (parsed instanceof FeelDate && base === 'date and time') return midnight(parsed);
  return parsed !== undefined && kindOf(parsed) === base ? parsed : MISFIT;
}

function midnight(date: FeelDate): FeelDateTime {
  return new FeelDateTime(date, FeelTime.ofNanos(0n));
}
