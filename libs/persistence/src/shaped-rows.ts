import type { Row } from '#runtime';

/** Rows with the same columns in the same order, as one list of values: what a multi-row statement binds. */
export interface Shape {
  readonly columns: readonly string[];
  /** How many of the columns are the key of an update. */
  readonly keys: number;
  readonly params: readonly unknown[];
}

/** Collects rows by shape. Their values go straight into the lists that are bound, since a batch has tens of thousands. */
export class ShapedRows {
  readonly shapes: MutableShape[] = [];

  /** `set`: of an update, the columns after those of its key. */
  add(row: Row, set?: Row): void {
    for (const shape of this.shapes) if (append(shape, row, set)) return;
    const columns = set ? [...Object.keys(row), ...Object.keys(set)] : Object.keys(row);
    const shape: MutableShape = { columns, keys: set ? Object.keys(row).length : 0, params: [] };
    append(shape, row, set);
    this.shapes.push(shape);
  }
}

interface MutableShape extends Shape {
  readonly params: unknown[];
}

/** False, and nothing appended, where the row has other columns. */
function append(shape: MutableShape, row: Row, set: Row | undefined): boolean {
  const { columns, params } = shape;
  const before = params.length;
  let fits = appendValues(shape, row, 0);
  if (fits && set) fits = appendValues(shape, set, shape.keys);
  if (fits && params.length - before === columns.length) return true;
  params.length = before;
  return false;
}

function appendValues({ columns, params, keys }: MutableShape, row: Row, from: number): boolean {
  let index = from;
  for (const column in row) {
    if (columns[index] !== column) return false;
    params.push(boundOf(row[column]));
    index += 1;
  }
  return from > 0 || keys === 0 || index === keys;
}

/** What stands for a value in a statement. */
export const boundOf = (value: unknown): unknown => (value === undefined ? null : value);
