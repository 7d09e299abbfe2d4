import type { ConfigurationSet } from '#configuration';
import type { DeadlineStore } from '#persistence';
import type { Runtime } from '#runtime';

interface Surroundings {
  readonly deadlines: DeadlineStore;
  readonly runtime: Pick<Runtime, 'write' | 'now'>;
  readonly set: Pick<ConfigurationSet, 'hash' | 'roles'>;
}

const TEXT = '日历、参数或期限有变更，未到期限已重新计算完毕，结果见“督办”中的“时限”。';

/**
 * Tells whoever published a set, and those who supervise, that the open deadlines it moved are all computed again. Once
 * for a set, on whichever node comes first. The notice has no numbers: each reader gets those of the cases that exist
 * for them.
 */
export async function tellPublication(setId: number, { deadlines, runtime, set }: Surroundings): Promise<void> {
  const counts = await deadlines.untold(setId);
  if (!counts) return;
  const published = await deadlines.setOf(set.hash);
  const roles = set.roles.roles.filter(({ permissions = [] }) => permissions.includes('supervise'));
  const recipients = [...new Set([...roles.map(({ id }) => id), ...(published?.by ? [published.by] : [])])];
  const now = runtime.now();
  await runtime.write([
    { insert: 'deadline_publications', rows: [{ set_id: setId, done_at: now, ...counts }] },
    {
      insert: 'notices',
      rows: recipients.map((recipient) => ({
        notice_key: `deadlines/${setId}/${recipient}`,
        recipient,
        text: TEXT,
        process_instance_key: null,
        created_at: now,
      })),
    },
  ]);
}
