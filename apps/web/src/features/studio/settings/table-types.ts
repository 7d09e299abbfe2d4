/** How a cell is edited; the names of units, posts, roles and processes are chosen from what there is. */
export type CellKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'date'
  | 'tags'
  | 'numbers'
  | 'categories'
  | 'formula'
  | 'columnType'
  | 'dictionary'
  | 'unit'
  | 'units'
  | 'post'
  | 'role'
  | 'roles'
  | 'process'
  | 'parameter'
  | 'limits'
  | 'when'
  | 'dayOff'
  | 'dated'
  | 'sight'
  | 'marks'
  | 'sign'
  | 'format'
  | 'place'
  | 'key'
  | 'shown';

/** In the place of a table: each row that stands there. */
export const EACH = '*';

export type Column = {
  /** Property of the row, or the way to it (`of.process`). */
  name: string;
  /** What stands above it, where that is a word of the file. */
  title?: string;
  /** Its word in the catalogue, where that is not the last part of its name. */
  word?: string;
  kind: CellKind;
  /** Pixels. */
  width?: number;
  /** An empty cell stays as an empty text instead of being taken away. */
  isNeeded?: boolean;
};

export type Row = Record<string, unknown>;

export type SettingsTable = {
  /** Names its words in the catalogue. */
  id: string;
  /** Where its rows stand in the file; `EACH` for the rows of what is around them. */
  at: readonly string[];
  columns: readonly Column[];
  /** What stands at its place is the only row. */
  isOne?: boolean;
  /** The order of rows is seen by people, so that they can be moved. */
  isOrdered?: boolean;
  /** What a new row begins with; absent where rows only come with what uses them. */
  fresh?: Row;
};
