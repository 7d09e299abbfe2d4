/** What has to be done first at the top: by the moment it is due (ISO text), what has none at the end. */
export function earliestFirst<T extends { readonly dueAt?: string | null }>(rows: readonly T[]): T[] {
  const dueOf = ({ dueAt }: T): number => (dueAt ? Date.parse(dueAt) : Number.POSITIVE_INFINITY);
  return rows
    .map((row) => ({ row, due: dueOf(row) }))
    .sort((a, b) => (a.due === b.due ? 0 : a.due - b.due))
    .map(({ row }) => row);
}
