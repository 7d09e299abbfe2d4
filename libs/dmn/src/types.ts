import type { CompiledExpression } from '#feel';
import type { DmnCompiler } from './compiler.js';
import { chainText, dependenciesFirst } from './dependencies-first.js';
import { child, childrenOf, textOf, typeRefOf, type XmlElement } from './xml-tree.js';

/** A type by name: a FEEL type or an item definition of the file. */
export interface DmnType {
  readonly base?: string;
  readonly isCollection: boolean;
  readonly fields?: readonly { readonly name: string; readonly type: () => DmnType }[];
  readonly parent?: () => DmnType;
  /** Result of a function type. */
  readonly returns?: () => DmnType;
  /** Number of parameters of a function type. */
  readonly parameters?: number;
  readonly allowedValues?: CompiledExpression;
  /** A test of the whole value where `allowedValues` test its items (DMN 1.5, 7.3.3). */
  readonly typeConstraint?: CompiledExpression;
  /** The text of the allowed values, which also orders outputs of PRIORITY tables. */
  readonly allowedText?: string;
  readonly constraintText?: string;
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
  'range',
  'function',
]);
const UNTYPED = new Set(['Any', 'any', 'Null', '<Undefined>', 'duration']);
/** Types that are defined by each other, in a row. */
const MAX_PARENTS = 50;
/** What a name without a type stands for; compared by identity, so that an unknown name is told from an empty item definition. */
export const ANY: DmnType = { isCollection: false };

export type TypeTable = (typeRef: string | undefined) => DmnType;

/** Reads the item definitions of a file; `imported` gives types such as `other.tPerson`. */
export function readTypes(definitions: XmlElement, compiler: DmnCompiler, imported: TypeTable = () => ANY): TypeTable {
  const table = new Map<string, DmnType>();
  const find: TypeTable = (typeRef) => {
    if (typeRef === undefined) return ANY;
    const name = ALIASES[stripped(typeRef)] ?? stripped(typeRef);
    return table.get(typeRef) ?? table.get(name) ?? (BASES.has(name) ? baseType(name) : imported(typeRef));
  };
  const items = childrenOf(definitions, 'itemDefinition');
  for (const item of items) table.set(item.attributes['name'] ?? '', itemType(item, find, compiler));
  refuseCycle(items, compiler);
  return find;
}

/** A type may hold values of its own type but may not be another name for itself. */
function refuseCycle(items: readonly XmlElement[], compiler: DmnCompiler): void {
  const byName = new Map(items.map((item) => [item.attributes['name'] ?? '', item]));
  const found = dependenciesFirst(items, (item) => {
    const name = stripped(typeRefOf(item) ?? '');
    const next = byName.get(name);
    return next && !(next === item && isBase(name)) ? [next] : [];
  });
  if (!('cycle' in found)) return;
  const names = chainText(found.cycle.map(({ attributes }) => attributes['name'] ?? ''));
  const en = `Expected types not to be defined by themselves but found ${names}.`;
  compiler.error('typeCycle', { en, zh: `类型不能以自身定义：${names}。` }, found.cycle[0] as XmlElement);
}

function isBase(name: string): boolean {
  return BASES.has(ALIASES[name] ?? name);
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
    ...(functionItem && {
      base: 'function',
      returns: () => find(functionItem.attributes['outputTypeRef']),
      parameters: childrenOf(functionItem, 'parameters').length,
    }),
    isCollection: item.attributes['isCollection'] === 'true',
    ...(components.length > 0 && { fields: components.map((each) => componentField(each, find, compiler)) }),
    ...(typeRef !== undefined && {
      parent: () => (stripped(typeRef) === name && isBase(name) ? baseType(name) : find(typeRef)),
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

function baseType(name: string): DmnType {
  return { base: ALIASES[name] ?? name, isCollection: false };
}

function componentField(
  component: XmlElement,
  find: TypeTable,
  compiler: DmnCompiler,
): { name: string; type: () => DmnType } {
  const type = itemType(component, find, compiler);
  return { name: component.attributes['name'] ?? '', type: () => type };
}

/** The base type behind a type and the tests that its values pass, those of its parents too; nothing for lists. */
export function domainOf(type: DmnType): { readonly base?: string; readonly tests: readonly string[] } {
  const tests: string[] = [];
  let next: DmnType | undefined = type;
  for (let depth = 0; next && depth < MAX_PARENTS && !next.isCollection; depth++) {
    tests.push(...[next.allowedText, next.constraintText].filter((text) => text !== undefined));
    if (next.base !== undefined) return { base: next.base, tests };
    next = next.parent?.();
  }
  return { tests: next?.isCollection ? [] : tests };
}
