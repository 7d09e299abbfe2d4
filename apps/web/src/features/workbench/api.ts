import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { FormData, LampColor, TaskDetail, TaskPage } from '../../lib/api-types.js';
import { call } from '../../lib/api/client.js';

export const views = ['mine', 'claimable', 'done', 'all'] as const;
export type View = (typeof views)[number];
export type TaskFilter = { view: View; q: string; lamp: LampColor | ''; sort: 'due' | 'created' };

export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: ['tasks', filter],
    queryFn: ({ pageParam }): Promise<TaskPage> =>
      call('GET /api/tasks', { query: { ...filter, cursor: pageParam, limit: 50 } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known) => known,
  });
}

export function useTask(key: string) {
  return useQuery({
    queryKey: ['task', key],
    queryFn: (): Promise<TaskDetail> => call('GET /api/tasks/{key}', { params: { key } }),
    refetchOnWindowFocus: false,
  });
}

export function claimTask(key: string): Promise<void> {
  return call('POST /api/tasks/{key}/claim', { params: { key } });
}

export function unclaimTask(key: string): Promise<void> {
  return call('POST /api/tasks/{key}/unclaim', { params: { key } });
}

export function saveTaskDraft(key: string, data: FormData): Promise<{ savedAt: string }> {
  return call('PUT /api/tasks/{key}/draft', { params: { key }, body: { data } });
}

/** `isAction`: no form was sent. */
export type Completed = { next: string | null; caseNo: string | null; isAction?: true };

export function completeTask(key: string, data: FormData, idempotencyKey: string): Promise<Completed> {
  return call('POST /api/tasks/{key}/completion', { params: { key }, body: { data }, idempotencyKey });
}
