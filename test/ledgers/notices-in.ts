import type { RowWrite, Runtime } from '#runtime';
import { noticeRows, type Told } from '../../apps/server/src/notices/notice-rows.js';

/** Notices under the bell alone, as where nothing leaves the application. */
export const noticesIn =
  (runtime: Runtime) =>
  async (told: readonly Told[]): Promise<readonly RowWrite[]> => {
    const rows = await noticeRows(runtime, told);
    return rows.length === 0 ? [] : [{ insert: 'notices', rows }];
  };
