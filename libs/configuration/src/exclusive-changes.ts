import type { ProcessEntry } from './configuration-set.js';
import type { ProtectiveChange } from './protective-changes.js';

type Processes = readonly Pick<ProcessEntry, 'id' | 'path' | 'exclusiveTo'>[];

/** Cases that were shown to some roles alone (`ct.exclusive`) and would be shown to more; a removed process shows its old ones. */
export function exclusiveChanges(before: Processes, after: Processes): readonly ProtectiveChange[] {
  return before.flatMap(({ id, path, exclusiveTo: was }) => {
    if (was === undefined) return [];
    const is = after.find((one) => one.id === id)?.exclusiveTo;
    const added = is?.filter((role) => !was.includes(role)) ?? [];
    if (is !== undefined && added.length === 0) return [];
    const text = is === undefined ? '不再只给指定岗位看' : `增加了能看到的岗位 ${added.join('、')}`;
    return [{ code: 'exclusive', file: path, place: id, messageZh: `流程“${id}”的件${text}。` }];
  });
}
