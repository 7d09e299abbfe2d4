import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { BatchItem, BatchOperation, DeadLetter, Schedule } from '../../lib/api-types.js';
import { call } from '../../lib/api/client.js';
import { request } from '../../lib/http.js';

const WATCH_MS = 3_000;
const LOOK_MS = 30_000;
/** Failed items of one operation that are shown. */
const FAILED_SHOWN = 50;
const moves = ['CREATED', 'ACTIVE'];

type Found<T> = { items: T[]; page: { endCursor?: string | null; hasMoreTotalItems?: boolean; totalItems: number } };

const search = <T>(path: string, body: object) => request<Found<T>>(path, { method: 'POST', body });

/** Newest first; looked at often while one of them moves. */
export function useBatchOperations() {
  return useInfiniteQuery({
    queryKey: ['batch-operations'],
    queryFn: ({ pageParam }) =>
      search<BatchOperation>('/v2/batch-operations/search', {
        sort: [{ field: 'startDate', order: 'DESC' }],
        page: { limit: 50, ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: (page, pages) =>
      page.page.hasMoreTotalItems || pages.flatMap(({ items }) => items).length < page.page.totalItems
        ? (page.page.endCursor ?? undefined)
        : undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((batch) => moves.includes(batch.state))) ? WATCH_MS : LOOK_MS,
  });
}

export function useFailedItems(batchOperationKey: string) {
  return useQuery({
    queryKey: ['batch-operations', batchOperationKey, 'failed'],
    queryFn: async () =>
      (
        await search<BatchItem>('/v2/batch-operation-items/search', {
          filter: { batchOperationKey, state: 'FAILED' },
          page: { limit: FAILED_SHOWN },
        })
      ).items,
  });
}

export type BatchChange = 'suspension' | 'resumption' | 'cancellation';

export function changeBatchOperation(key: string, change: BatchChange): Promise<void> {
  return request(`/v2/batch-operations/${key}/${change}`, { method: 'POST', body: {} });
}

export function useDeadLetters() {
  return useQuery({
    queryKey: ['dead-letters'],
    queryFn: async (): Promise<DeadLetter[]> => (await call('GET /api/dead-letters')).items,
    refetchInterval: LOOK_MS,
  });
}

export function useSchedules() {
  return useQuery({
    queryKey: ['schedules'],
    queryFn: (): Promise<Schedule[]> => call('GET /api/schedules'),
    refetchInterval: LOOK_MS,
  });
}

export function settleDeadLetter(deadLetterKey: string, how: 'retry' | 'discard'): Promise<void> {
  return call(`POST /api/dead-letters/{deadLetterKey}/${how}`, { params: { deadLetterKey } });
}
