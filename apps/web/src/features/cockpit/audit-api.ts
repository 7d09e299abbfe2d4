import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryString, request } from '../../lib/http.js';
import type { Named } from '../../lib/api-types.js';

export type AuditEntry = {
  position: number;
  at: string;
  subject: string;
  change: 'insert' | 'update' | 'delete';
  actor: Named | null;
  /** Null where the matter does not exist for the reader. */
  facts: Readonly<Record<string, string | null>> | null;
};

export type AuditSeal = { day: string; sealedAt: string; position: number; instances: number };

export type AuditCheck = {
  entries: number;
  events: number;
  seals: number;
  keys: string[];
  sealedElsewhere: string[];
  faults: string[];
};

export function useAuditEntries(subject: string) {
  return useInfiniteQuery({
    queryKey: ['audit', 'entries', subject],
    queryFn: ({ pageParam }) =>
      request<{ items: AuditEntry[]; nextCursor: number | null }>(
        `/api/audit/entries${queryString({ subject, before: pageParam })}`,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor?.toString(),
    placeholderData: (known) => known,
  });
}

export function useLastSeal() {
  return useQuery({
    queryKey: ['audit', 'seals'],
    queryFn: async () => (await request<{ items: AuditSeal[] }>('/api/audit/seals')).items[0] ?? null,
  });
}

export function useSealNow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<AuditSeal>('/api/audit/seals', { method: 'POST', body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['audit'] }),
  });
}

export function useVerification() {
  return useMutation({
    mutationFn: () => request<AuditCheck>('/api/audit/verification', { method: 'POST', body: {} }),
  });
}
