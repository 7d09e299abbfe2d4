import type { Runtime } from '#runtime';

/** What is told of an instance, to accounts and groups. */
export interface Told {
  readonly recipients: readonly string[];
  readonly text: string;
  readonly processInstanceKey: string;
  /** Of another case that it tells of too: only who may open both reads it. */
  readonly otherInstanceKey?: string;
}

/** Rows of `notices`, one for each recipient. */
export async function noticeRows(runtime: Pick<Runtime, 'nextKey' | 'now'>, told: readonly Told[]) {
  const rows = told.map(({ recipients, text, processInstanceKey, otherInstanceKey }) =>
    Promise.all(
      [...new Set(recipients)].map(async (recipient) => ({
        notice_key: await runtime.nextKey(),
        recipient,
        text,
        process_instance_key: processInstanceKey,
        other_instance_key: otherInstanceKey ?? null,
        created_at: runtime.now(),
      })),
    ),
  );
  return (await Promise.all(rows)).flat();
}
