import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, type Routes } from '../../lib/api/client.js';
import type { Named } from '../../lib/api-types.js';
import type { FileKind } from '../../lib/file-kind.js';

export type AuditEntry = {
  position: number;
  at: string;
  subject?: string;
  change?: string;
  actor: Named | null;
  /** Null where the matter does not exist for the reader. */
  facts: Readonly<Record<string, string | null>> | null;
  /** What the accounts among the facts are called. */
  names: Readonly<Record<string, string>>;
};

export type AuditSeal = { day: string; sealedAt: string; position: number; instances: number };

export type AuditCheck = {
  entries: number;
  events: number;
  seals: number;
  keys: string[];
  faults: string[];
};

export type AuditSubject = NonNullable<Routes['GET /api/audit/entries']['query']['subject']>;

export function useAuditEntries(subject: AuditSubject | '') {
  return useInfiniteQuery({
    queryKey: ['audit', 'entries', subject],
    queryFn: ({ pageParam }): Promise<{ items: AuditEntry[]; nextCursor: number | null }> =>
      call('GET /api/audit/entries', { query: { subject, before: pageParam } }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (known) => known,
  });
}

/** What a publication changed; an absent text: the file was not there. */
export type Publication = {
  previousSetId: number | null;
  files: { path: string; kind: FileKind; before: string | null; after: string | null }[];
};

export function usePublication(setId: number) {
  return useQuery({
    queryKey: ['audit', 'publication', setId],
    queryFn: (): Promise<Publication> =>
      call('GET /api/audit/publications/{setId}', { params: { setId: String(setId) } }),
    staleTime: Infinity,
  });
}

export function useLastSeal() {
  return useQuery({
    queryKey: ['audit', 'seals'],
    queryFn: async (): Promise<AuditSeal | null> => (await call('GET /api/audit/seals')).items[0] ?? null,
  });
}

export function useSealNow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (): Promise<AuditSeal> => call('POST /api/audit/seals'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['audit'] }),
  });
}

export function useVerification() {
  return useMutation({
    mutationFn: (): Promise<AuditCheck> => call('POST /api/audit/verification'),
  });
}
