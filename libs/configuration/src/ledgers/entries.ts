import { compileExpression, type CompiledExpression } from '#feel';
import type { DeadlineEntry } from '../deadlines/entries.js';
import type { AccessLedgerDeclaration, IndicatorDeclaration, LedgerColumn, LedgerDeclaration } from './declarations.js';

/** Formulas by the JSON pointer at which they stand. */
export type Formulas = ReadonlyMap<string, CompiledExpression>;

export interface LedgerEntry {
  readonly kind: 'ledger';
  readonly path: string;
  readonly declaration: LedgerDeclaration;
  readonly formulas: Formulas;
}

export interface AccessLedgerEntry {
  readonly kind: 'accessLedger';
  readonly path: string;
  readonly declaration: AccessLedgerDeclaration;
}

/** What a column of a ledger of accesses may show, by the type of its column. */
export const accessFacts = {
  at: 'dateTime',
  account: 'text',
  role: 'text',
  class: 'text',
  field: 'text',
  caseNo: 'text',
  reason: 'text',
} as const;

export type AccessFact = keyof typeof accessFacts;

/** The fact that a column names; undefined where it names none. */
export function accessFactOf({ value = '' }: LedgerColumn): AccessFact | undefined {
  const name = /^=\s*access\.(\w+)\s*$/.exec(value)?.[1] ?? '';
  return Object.hasOwn(accessFacts, name) ? (name as AccessFact) : undefined;
}

export interface IndicatorEntry {
  readonly kind: 'indicator';
  readonly path: string;
  readonly declaration: IndicatorDeclaration;
  readonly formulas: Formulas;
}

export type ReadModelEntry = LedgerEntry | IndicatorEntry | DeadlineEntry;

/** A formula of a declaration: the place at which it stands, and its text with the leading `=`. */
export interface PlacedFormula {
  readonly place: string;
  readonly source: string;
}

/** Every formula of a ledger. */
export function ledgerFormulas(declaration: LedgerDeclaration): readonly PlacedFormula[] {
  return [
    ...named(declaration, ['where', 'items']),
    ...declaration.columns.flatMap((column, index) => named(column, ['value'], `/columns/${index}`)),
  ];
}

/** Every formula of an indicator. */
export function indicatorFormulas(declaration: IndicatorDeclaration): readonly PlacedFormula[] {
  const { compare, numeratorFrom } = declaration;
  return [
    ...named(declaration, ['where', 'items', 'period', 'denominator', 'numerator', 'value', 'unit']),
    ...(compare ? named(compare, ['by'], '/compare') : []),
    ...(numeratorFrom ? named(numeratorFrom, ['where', 'items', 'period', 'unit'], NUMERATOR_FROM) : []),
  ];
}

/** Place of the formulas over what is counted above the line by itself. */
export const NUMERATOR_FROM = '/numeratorFrom';

function named<Shape extends object>(
  shape: Shape,
  names: readonly (keyof Shape & string)[],
  above = '',
): readonly PlacedFormula[] {
  return names.flatMap((name) => {
    const source = shape[name];
    return typeof source === 'string' ? [{ place: `${above}/${name}`, source }] : [];
  });
}

/** Compiles what compiles; what does not is left out, and named by the linker. */
export function compileFormulas(formulas: readonly PlacedFormula[]): Formulas {
  return new Map(
    formulas.flatMap(({ place, source }) => {
      const result = compileExpression(source.slice(1));
      return result.ok ? [[place, result.expression] as const] : [];
    }),
  );
}

/** Columns that are worked out when a row is read, from the dates of others. */
export const isDerived = ({ type }: LedgerColumn): boolean => type === 'lamp' || type === 'overdueDays';
