import type { LedgerColumn, LedgerDeclaration, Readers } from '#configuration';
import type { SignedIn } from '../access/signed-in.js';

/** What a reader sees of a declaration: all rows, or those of its own unit by any of these columns. */
export type Sight = 'all' | { readonly ownUnits: readonly string[] };

/** Undefined: the declaration does not exist for the reader. Somebody without a unit has no rows of an own unit. */
export function sightOf(readers: readonly Readers[], account: SignedIn): Sight | undefined {
  const own = readers.filter(({ roles }) => roles.some((role) => account.roles.includes(role)));
  if (own.some(({ ownUnit }) => ownUnit === undefined)) return 'all';
  const columns = own.flatMap(({ ownUnit }) => ownUnit ?? []);
  return columns.length > 0 && account.unit !== null ? { ownUnits: [...new Set(columns)] } : undefined;
}

/** The columns that the reader sees, in their order. */
export function columnsFor(
  { columns }: Pick<LedgerDeclaration, 'columns'>,
  account: SignedIn,
): readonly LedgerColumn[] {
  return columns.filter(({ roles }) => roles === undefined || roles.some((role) => account.roles.includes(role)));
}

/** The role by which the reader may export; undefined where none does. */
export function exportingRole(
  { exports = [] }: Pick<LedgerDeclaration, 'exports'>,
  account: SignedIn,
): string | undefined {
  return exports.find((role) => account.roles.includes(role));
}
