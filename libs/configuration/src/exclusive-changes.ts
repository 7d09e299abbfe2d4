import type { ProcessEntry } from './configuration-set.js';
import type { ProtectiveChange } from './protective-changes.js';

type Processes = readonly Pick<ProcessEntry, 'id' | 'path' | 'exclusiveTo' | 'takeovers' | 'returnStarts'>[];

/** Cases that were shown to some roles alone (`ct.exclusive`) and would be shown to more; a removed process shows its old ones. */
export function exclusiveChanges(before: Processes, after: Processes): readonly ProtectiveChange[] {
  return [...processChanges(before, after), ...takeoverChanges(before, after), ...returnChanges(before, after)];
}

/** A way out of exclusive hands that was not there. */
function returnChanges(before: Processes, after: Processes): readonly ProtectiveChange[] {
  return after.flatMap(({ id, path, returnStarts }) => {
    const were = before.find((one) => one.id === id)?.returnStarts ?? [];
    return returnStarts
      .filter((elementId) => !were.includes(elementId))
      .map((elementId) => {
        const messageZh = `专管岗位转回的件从“${id}”的“${elementId}”开始，以后和其他件一样给人看。`;
        return { code: 'exclusive', file: path, place: elementId, messageZh } as const;
      });
  });
}

/** A step that took cases over for some roles alone, and no longer does so or does so for more. */
function takeoverChanges(before: Processes, after: Processes): readonly ProtectiveChange[] {
  return before.flatMap(({ id, path, takeovers }) =>
    takeovers.flatMap(({ elementId, roles: was }) => {
      const now = after.find((one) => one.id === id)?.takeovers.find((one) => one.elementId === elementId);
      if (now?.roles.every((role) => was.includes(role))) return [];
      const messageZh = `流程“${id}”的步骤“${elementId}”以后，件不再只给指定岗位看。`;
      return [{ code: 'exclusive', file: path, place: elementId, messageZh } as const];
    }),
  );
}

function processChanges(before: Processes, after: Processes): readonly ProtectiveChange[] {
  return before.flatMap(({ id, path, exclusiveTo: was }) => {
    if (was === undefined) return [];
    const is = after.find((one) => one.id === id)?.exclusiveTo;
    const added = is?.filter((role) => !was.includes(role)) ?? [];
    if (is !== undefined && added.length === 0) return [];
    const text = is === undefined ? '不再只给指定岗位看' : `增加了能看到的岗位 ${added.join('、')}`;
    return [{ code: 'exclusive', file: path, place: id, messageZh: `流程“${id}”的件${text}。` }];
  });
}
