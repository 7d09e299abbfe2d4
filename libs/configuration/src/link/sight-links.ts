import { scopeOf, type EvaluationContext } from '#feel';
import { pointerPart } from '../json-text.js';
import type { Role } from '../settings.js';
import { type LinkContext, reportMissing, reportPlace } from './link-context.js';

const rolesPath = 'workflows/roles.json';
/** The table reads a role and a class alone; no clock stands behind it. */
const NOWHEN: EvaluationContext = { now: 0, timeZone: 'UTC' };

/** Holds what roles see against the decision that says the same, where `seesBy` names one. */
export function linkSight(context: LinkContext): void {
  const { seesBy, roles, classes } = context.set.roles;
  if (seesBy === undefined || context.broken.has('decision')) return;
  const entry = context.set.decisions.find(({ id }) => id === seesBy);
  if (!entry) {
    const known = context.set.decisions.map(({ id }) => id);
    return reportMissing(context, rolesPath, '/seesBy', { what: ['the decision', '决策'], id: seesBy, known });
  }
  for (const { id: fieldClass } of classes.filter(({ sealed }) => sealed)) {
    roles.forEach((role, index) => {
      const result = entry.decision.evaluate(scopeOf({ role: role.id, fieldClass }), NOWHEN);
      const said = result.ok ? result.output : undefined;
      const found = sightOf(role, fieldClass);
      if (said === found) return;
      reportPlace(context, rolesPath, `/roles/${index}/sees/${pointerPart(fieldClass)}`, {
        code: 'settings.sightDiffers',
        text: [
          `Expected "${role.id}" to see "${String(said)}" of the class "${fieldClass}", as ${entry.path} says, but found "${found}".`,
          `岗位“${role.name}”对“${fieldClass}”的可见范围，${entry.path} 写的是“${String(said)}”，这里是“${found}”。两处要改成一致。`,
        ],
      });
    });
  }
}

function sightOf({ sees = {}, seesGranted = [], seesOwn = [] }: Role, classId: string): string {
  const sight = sees[classId] ?? 'none';
  if (sight === 'reason') return sight;
  if (seesOwn.includes(classId)) return 'own';
  return seesGranted.includes(classId) ? 'granted' : sight;
}
