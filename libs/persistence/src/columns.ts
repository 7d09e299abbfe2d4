import { Column, PrimaryColumn } from 'typeorm';
import type { IndexOptions, TableColumnOptions } from 'typeorm';

/**
 * The only file that knows how a kind of value is stored. Keys and times are `bigint`: keys stay below 2^53 (they come in
 * blocks from one counter), so SQLite's numbers are exact. JSON is text on every database. Blobs differ and are left to
 * the migration of the table that has them (`blobType`).
 */
interface ColumnRules {
  readonly nullable?: boolean;
  readonly primary?: boolean;
}

const toKey = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const toNumber = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const toBoolean = (value: unknown): boolean => value === true || value === 1;
const same = (value: unknown): unknown => value;

function decorate(
  name: string,
  type: 'bigint' | 'text' | 'integer' | 'boolean',
  rules: ColumnRules,
  from: (value: unknown) => unknown,
): PropertyDecorator {
  const options = { name, type, transformer: { from, to: same } } as const;
  return rules.primary ? PrimaryColumn(options) : Column({ ...options, nullable: rules.nullable ?? false });
}

/** A 63-bit key, a decimal string in TypeScript. */
export const KeyColumn = (name: string, rules: ColumnRules = {}): PropertyDecorator =>
  decorate(name, 'bigint', rules, toKey);
/** Epoch milliseconds. */
export const TimeColumn = (name: string, rules: ColumnRules = {}): PropertyDecorator =>
  decorate(name, 'bigint', rules, toNumber);
export const TextColumn = (name: string, rules: ColumnRules = {}): PropertyDecorator =>
  decorate(name, 'text', rules, same);
export const IntegerColumn = (name: string, rules: ColumnRules = {}): PropertyDecorator =>
  decorate(name, 'integer', rules, toNumber);
export const BooleanColumn = (name: string, rules: ColumnRules = {}): PropertyDecorator =>
  decorate(name, 'boolean', rules, toBoolean);

/** Options of an index that holds only the rows in which this column has a value. */
export const given = (name: string): IndexOptions => ({ where: `${name} IS NOT NULL` });

type ColumnType = 'bigint' | 'text' | 'integer' | 'boolean' | 'blob' | 'bytea';

const column = (type: ColumnType, name: string, rules: ColumnRules): TableColumnOptions => ({
  name,
  type,
  isNullable: rules.nullable ?? false,
  isPrimary: rules.primary ?? false,
});

/** Columns for `queryRunner.createTable(new Table(...))` in migrations. */
export const key = (name: string, rules: ColumnRules = {}): TableColumnOptions => column('bigint', name, rules);
export const time = (name: string, rules: ColumnRules = {}): TableColumnOptions => column('bigint', name, rules);
export const text = (name: string, rules: ColumnRules = {}): TableColumnOptions => column('text', name, rules);
export const json = (name: string, rules: ColumnRules = {}): TableColumnOptions => column('text', name, rules);
export const integer = (name: string, rules: ColumnRules = {}): TableColumnOptions => column('integer', name, rules);
export const bool = (name: string, rules: ColumnRules = {}): TableColumnOptions => column('boolean', name, rules);
/** Bytes; `databaseType` is `queryRunner.dataSource.options.type`. */
export const blob = (name: string, databaseType: string, rules: ColumnRules = {}): TableColumnOptions =>
  column(databaseType === 'postgres' ? 'bytea' : 'blob', name, rules);

export const nullable = { nullable: true } as const;
export const primary = { primary: true } as const;
