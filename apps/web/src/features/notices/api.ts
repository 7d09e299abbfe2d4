import { useQuery } from '@tanstack/react-query';
import type { Notice } from '../../lib/api-types.js';
import { call } from '../../lib/api/client.js';
import { readPreferences, savePreference } from '../../lib/preferences.js';

/** Fetched again when the server says that there is another one. */
export function useNotices() {
  return useQuery({
    queryKey: ['notices'],
    queryFn: async (): Promise<Notice[]> => (await call('GET /api/notices')).items,
  });
}

/** Keys are decimal numbers that grow. */
export function isNewer(key: string, than: string | undefined): boolean {
  return than === undefined || BigInt(key) > BigInt(than);
}

/** Key of the newest notice that the account has opened on this device. */
export function readSeen(account: string): string | undefined {
  return readPreferences().seenNotices?.[account];
}

export function saveSeen(account: string, noticeKey: string): void {
  savePreference({ seenNotices: { ...readPreferences().seenNotices, [account]: noticeKey } });
}
