export type Kind = 'key' | 'text' | 'number' | 'boolean' | 'time';

export interface SearchField {
  readonly sql: string;
  readonly kind: Kind;
  readonly isNullable: boolean;
}

export interface SearchSource {
  readonly from: string;
  /** Field that identifies a row and breaks ties when sorting. */
  readonly key: string;
  readonly fields: Readonly<Record<string, SearchField>>;
  /** What can be filtered by and stands in other tables. */
  readonly related?: readonly RelatedRows[];
  /** Column with the scope of the process' variables, and with that of the element's own ones. */
  readonly variableScope?: string;
  readonly localScope?: string;
}

/** Rows of another table that belong to one of the source. */
export interface RelatedRows {
  readonly table: string;
  /** Column of them that is equal to that of the source; both are indexed. */
  readonly column: string;
  readonly of: string;
  /** What else holds of them, for the walk from a row of the source to them. */
  readonly beside?: string;
  /** Which of them there are at all. */
  readonly where?: string;
  /** Fields that an index leads to them by; `all` where `where` leaves few. */
  readonly found: readonly string[] | 'all';
  readonly fields: Readonly<Record<string, SearchField>>;
}

const field = (sql: string, kind: Kind, isNullable = false): SearchField => ({ sql, kind, isNullable });
export const key = (sql: string): SearchField => field(sql, 'key');
export const text = (sql: string): SearchField => field(sql, 'text');
export const number = (sql: string): SearchField => field(sql, 'number');
export const boolean = (sql: string): SearchField => field(sql, 'boolean');
export const time = (sql: string): SearchField => field(sql, 'time');
export const nullable = (given: SearchField): SearchField => ({ ...given, isNullable: true });
