import type { ValueKind } from './rows.js';

/** `masked`: that there is a value; `reason`: the value too, after a recorded reveal. */
export type Sight = 'none' | 'masked' | 'reason';

/** The part of `roles.json` that says which role sees which class. */
export type RevealPolicy = readonly { readonly id: string; readonly sees?: Readonly<Record<string, Sight>> }[];

const RANK: Readonly<Record<Sight, number>> = { none: 0, masked: 1, reason: 2 };

/** What the most permissive of the roles allows for a class; `none` where nothing is said. */
export function mayReveal(roles: readonly string[], className: string, policy: RevealPolicy): Sight {
  return permittingRole(roles, className, policy)?.sight ?? 'none';
}

/** The role that allows the most, for the access log. */
export function permittingRole(
  roles: readonly string[],
  className: string,
  policy: RevealPolicy,
): { readonly role: string; readonly sight: Sight } | undefined {
  const sights = roles.map((role) => ({ role, sight: sightOf(role, className, policy) }));
  return sights.reduce<{ role: string; sight: Sight } | undefined>(
    (best, next) => (best === undefined || RANK[next.sight] > RANK[best.sight] ? next : best),
    undefined,
  );
}

/** Own keys and known words only: `constructor` is no class and a typing error allows nothing. */
function sightOf(role: string, className: string, policy: RevealPolicy): Sight {
  const sees = policy.find(({ id }) => id === role)?.sees;
  const sight = sees && Object.hasOwn(sees, className) ? sees[className] : undefined;
  return sight !== undefined && Object.hasOwn(RANK, sight) ? sight : 'none';
}

/** What stands on the screen instead of a value: nothing of it but its sort. */
export function maskOf(kind: ValueKind): string {
  return kind === 'file' ? '●●●●（附件）' : '●●●●';
}
