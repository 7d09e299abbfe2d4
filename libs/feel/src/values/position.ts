/** Index from 0 for a FEEL position (from 1, or from -1 at the end); undefined outside of the list. */
export function indexAt(list: readonly unknown[], position: unknown): number | undefined {
  if (typeof position !== 'number' || !Number.isInteger(position) || position === 0 || Math.abs(position) > list.length)
    return undefined;
  return position > 0 ? position - 1 : list.length + position;
}

/** The positions that a list has, for a warning. */
export function positionsIn({ length }: readonly unknown[]): string {
  return length === 0 ? 'a list that is not empty' : `a position from 1 to ${length} or from -${length} to -1`;
}
