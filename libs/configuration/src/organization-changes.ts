import type { ProtectiveChange } from './protective-changes.js';
import { isSame } from './protective/same.js';
import type { OrganizationFile } from './settings.js';

const file = 'workflows/organization.json';

const parts = {
  posts: '职务',
  fallback: '无人可办时的去处',
  recusal: '回避理由的类别',
} as const;

/** Changes of the organization that move who may do what: posts with their roles, fallbacks, and the tree of units. */
export function organizationChanges(before: OrganizationFile, after: OrganizationFile): readonly ProtectiveChange[] {
  const changed = Object.entries(parts).flatMap(([part, name]) => {
    const key = part as keyof typeof parts;
    return isSame(before[key], after[key]) ? [] : [change(part, `“${name}”有改动。`)];
  });
  const moved = after.units.filter((unit) => {
    const was = before.units.find(({ id }) => id === unit.id);
    return was !== undefined && (was.parent !== unit.parent || (was.external ?? false) !== (unit.external ?? false));
  });
  return [...changed, ...moved.map(({ id, name }) => change(id, `单位“${name}”的上级或内外归属有改动。`))];
}

function change(place: string, messageZh: string): ProtectiveChange {
  return { code: 'organization', file, place, messageZh };
}
