import type { OrganizationFile, PortfoliosFile, Portfolio, Post, Role, Unit } from './settings.js';

/** The unit above each unit, up to the top; ends where the tree has a circle. */
export function unitsAbove({ units }: Pick<OrganizationFile, 'units'>, id: string): readonly string[] {
  const parents = new Map(units.map((unit) => [unit.id, unit.parent]));
  const above: string[] = [];
  let next = parents.get(id);
  while (next !== undefined && next !== id && !above.includes(next)) {
    above.push(next);
    next = parents.get(next);
  }
  return above;
}

/** Ids of all units below a unit, each before those below it. */
export function unitsBelow({ units }: Pick<OrganizationFile, 'units'>, id: string): readonly string[] {
  const children = new Map<string, Unit[]>();
  for (const unit of units) {
    if (unit.parent !== undefined) children.set(unit.parent, [...(children.get(unit.parent) ?? []), unit]);
  }
  const below = new Set<string>();
  const pending = [...(children.get(id) ?? [])];
  for (let unit = pending.shift(); unit; unit = pending.shift()) {
    if (unit.id === id || below.has(unit.id)) continue;
    below.add(unit.id);
    pending.unshift(...(children.get(unit.id) ?? []));
  }
  return [...below];
}

/** The candidate group of a post. */
export function postGroup(id: string): string {
  return `post:${id}`;
}

/** What a candidate group names: a post, or a role with a unit (`*`: each), with or without the units below it. */
export interface GroupParts {
  readonly post?: string;
  readonly role?: string;
  readonly unit?: string;
  readonly withSubUnits: boolean;
}

/** Reads `post:<id>`, `role`, `role@*`, `role@<unit>` and `role@<unit>/*`. */
export function groupParts(group: string): GroupParts {
  if (group.startsWith('post:')) return { post: group.slice('post:'.length), withSubUnits: false };
  const [role = '', place] = group.split('@');
  if (place === undefined) return { role, withSubUnits: false };
  const withSubUnits = place.endsWith('/*');
  return { role, unit: withSubUnits ? place.slice(0, -2) : place, withSubUnits };
}

interface Placed {
  readonly organization: OrganizationFile;
  readonly roles: { readonly roles: readonly Pick<Role, 'id' | 'unit'>[] };
}

/** Unit that a role or post stands in, where the configuration says so. */
export function unitOfGroup({ organization, roles }: Placed, group: string): string | undefined {
  const { post, role } = groupParts(group);
  return post === undefined
    ? roles.roles.find(({ id }) => id === role)?.unit
    : organization.posts?.find(({ id }) => id === post)?.unit;
}

/** Groups of somebody who has a role, in a unit or without one. */
export function groupsOfRole(role: string, unit: string | null, organization: OrganizationFile): readonly string[] {
  if (unit === null) return [role, `${role}@*`];
  const under = [unit, ...unitsAbove(organization, unit)].map((id) => `${role}@${id}/*`);
  return [role, `${role}@*`, `${role}@${unit}`, ...under];
}

/** Groups of somebody who holds a post. */
export function groupsOfPost({ id, unit, roles }: Post, organization: OrganizationFile): readonly string[] {
  return [postGroup(id), ...roles.flatMap((role) => groupsOfRole(role, unit, organization))];
}

/** Whether a portfolio is in force on a day (ISO date). */
export function isInForce({ from, until }: Pick<Portfolio, 'from' | 'until'>, day: string): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** The portfolio of a field on a day; undefined where there is none. */
export function portfolioOf(portfolios: PortfoliosFile, field: string, day: string): Portfolio | undefined {
  return portfolios.find((one) => one.field === field && isInForce(one, day));
}

/** Ids of the deputy posts of the portfolios that these posts have on a day, each once, as the portfolios stand. */
export function deputiesOfPosts(portfolios: PortfoliosFile, posts: readonly string[], day: string): readonly string[] {
  const own = portfolios.filter((one) => posts.includes(one.post) && isInForce(one, day));
  return [...new Set(own.flatMap(({ deputy }) => (deputy === undefined ? [] : [deputy])))];
}

/** The field that a category belongs to on a day: one that names the unit before one that names no unit. */
export function fieldOf(
  portfolios: PortfoliosFile,
  matter: { readonly category: unknown; readonly unit: unknown },
  day: string,
): string | undefined {
  const fitting = portfolios.filter(
    (one) => isInForce(one, day) && one.categories?.some((category) => category === matter.category),
  );
  const ofUnit = fitting.find(({ units }) => units?.some((unit) => unit === matter.unit));
  return (ofUnit ?? fitting.find(({ units }) => units === undefined))?.field;
}
