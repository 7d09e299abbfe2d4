/** The server counts tasks up to this number, which stands for itself and all above. */
const COUNTED = 1_000;

/** A number of tasks as a person reads it: `37`, or `999+`. */
export function counted(count: number): string {
  return count < COUNTED ? String(count) : `${COUNTED - 1}+`;
}
