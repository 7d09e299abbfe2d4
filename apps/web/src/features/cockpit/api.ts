import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AccessEntry, Account, InstanceRow, Paged, Supervision } from '../../lib/api-types.js';
import { call, type Body } from '../../lib/api/client.js';

export function useSupervision() {
  return useQuery({
    queryKey: ['supervision'],
    queryFn: (): Promise<Supervision> => call('GET /api/supervision'),
    refetchInterval: 60_000,
  });
}

export type InstanceFilter = { q: string; state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED' | ''; processId: string };

export function useInstances(filter: InstanceFilter) {
  return useInfiniteQuery({
    queryKey: ['instances', filter],
    queryFn: ({ pageParam }): Promise<Paged<InstanceRow>> =>
      call('GET /api/instances', { query: { ...filter, cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known) => known,
  });
}

export function useAccessLog() {
  return useInfiniteQuery({
    queryKey: ['access-log'],
    queryFn: ({ pageParam }): Promise<Paged<AccessEntry>> =>
      call('GET /api/access-log', { query: { cursor: pageParam } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: (): Promise<Account[]> => call('GET /api/accounts'),
  });
}

/** What was asked for of accounts and waits for a second person. */
export function useAwaitedAccounts() {
  return useQuery({
    queryKey: ['accounts', 'awaited'],
    queryFn: async () =>
      (await call('GET /api/studio/approvals')).filter(({ kind, state }) => kind === 'account' && state === 'waiting'),
  });
}

export type NewAccount = Body<'POST /api/accounts'>;

/** The account, or what waits for a second person. */
export type AccountAnswer = Awaited<ReturnType<typeof changeAccount>>;

export function createAccount(account: NewAccount) {
  return call('POST /api/accounts', { body: account });
}

export function changeAccount(id: string, change: Body<'PATCH /api/accounts/{id}'>) {
  return call('PATCH /api/accounts/{id}', { params: { id }, body: change });
}
