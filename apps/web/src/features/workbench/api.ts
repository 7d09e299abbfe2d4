import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { FormData, TaskDetail, TaskPage } from '../../lib/api-types.js';
import { queryString, request } from '../../lib/http.js';

export const views = ['mine', 'claimable', 'done', 'all'] as const;
export type View = (typeof views)[number];
export type TaskFilter = { view: View; q: string; lamp: string; sort: 'due' | 'created' };

const path = (key: string) => `/api/tasks/${encodeURIComponent(key)}`;

export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: ['tasks', filter],
    queryFn: ({ pageParam }) =>
      request<TaskPage>(`/api/tasks${queryString({ ...filter, cursor: pageParam, limit: 50 })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known) => known,
  });
}

export function useTask(key: string) {
  return useQuery({
    queryKey: ['task', key],
    queryFn: () => request<TaskDetail>(path(key)),
    refetchOnWindowFocus: false,
  });
}

export function claimTask(key: string): Promise<void> {
  return request(`${path(key)}/claim`, { method: 'POST' });
}

export function unclaimTask(key: string): Promise<void> {
  return request(`${path(key)}/unclaim`, { method: 'POST' });
}

export function saveTaskDraft(key: string, data: FormData): Promise<{ savedAt: string }> {
  return request(`${path(key)}/draft`, { method: 'PUT', body: { data } });
}

/** `isAction`: no form was sent. */
export type Completed = { next: string | null; caseNo: string | null; isAction?: true };

export function completeTask(key: string, data: FormData, idempotencyKey: string): Promise<Completed> {
  return request(`${path(key)}/completion`, { method: 'POST', body: { data }, idempotencyKey });
}
