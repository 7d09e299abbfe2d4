/**
 * When the lamp of a task `t` changes, as SQL: as its declared deadline says, else after half and after four fifths of the
 * time to the due date. NULL without a due date.
 */
const shared = (column: string, parts: number): string =>
  `COALESCE(t.${column}, t.created_at + (t.due_at - t.created_at) * ${parts} / 10)`;
export const NEAR_AT = shared('near_at', 5);
export const URGENT_AT = shared('urgent_at', 8);
