import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AccessEntry, Account, InstanceRow, Paged, Supervision } from '../../lib/api-types.js';
import { queryString, request } from '../../lib/http.js';

export function useSupervision() {
  return useQuery({
    queryKey: ['supervision'],
    queryFn: () => request<Supervision>('/api/supervision'),
    refetchInterval: 60_000,
  });
}

export type InstanceFilter = { q: string; state: string; processId: string };

export function useInstances(filter: InstanceFilter) {
  return useInfiniteQuery({
    queryKey: ['instances', filter],
    queryFn: ({ pageParam }) =>
      request<Paged<InstanceRow>>(`/api/instances${queryString({ ...filter, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known) => known,
  });
}

export function useAccessLog() {
  return useInfiniteQuery({
    queryKey: ['access-log'],
    queryFn: ({ pageParam }) => request<Paged<AccessEntry>>(`/api/access-log${queryString({ cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useAccounts() {
  return useQuery({
    queryKey: ['accounts'],
    queryFn: async () => {
      const answer = await request<Account[] | { items: Account[] }>('/api/accounts');
      return Array.isArray(answer) ? answer : answer.items;
    },
  });
}

export type NewAccount = { id: string; name: string; roles: string[]; unit: string | null; password: string };

export function createAccount(account: NewAccount): Promise<void> {
  return request('/api/accounts', { method: 'POST', body: account });
}

export function changeAccount(
  id: string,
  change: { disabled?: boolean; password?: string; posts?: string[] },
): Promise<void> {
  return request(`/api/accounts/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });
}
