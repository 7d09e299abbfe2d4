import { useQuery } from '@tanstack/react-query';
import type { FormData, Portal, PortalEntryDetail, PublicCase, PublicText, Receipt } from '../api-types.js';
import { request } from '../http.js';

const anonymous = true;

export function usePortal() {
  return useQuery({
    queryKey: ['portal'],
    queryFn: () => request<Portal>('/api/portal', { anonymous }),
    staleTime: 300_000,
  });
}

export function usePortalEntry(id: string) {
  return useQuery({
    queryKey: ['portal', 'entry', id],
    queryFn: () => request<PortalEntryDetail>(`/api/portal/entries/${encodeURIComponent(id)}`, { anonymous }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

export type ReportBody = { data: FormData; pin?: string };

export function postReport(entryId: string, body: ReportBody, idempotencyKey: string): Promise<Receipt> {
  const path = `/api/portal/entries/${encodeURIComponent(entryId)}`;
  return request(path, { method: 'POST', body, idempotencyKey, anonymous });
}

/** Code and PIN travel in the body alone; no address, history or log of the way ever holds them. */
export type CaseCredentials = { code: string; pin?: string };

export function fetchPublicCase(credentials: CaseCredentials): Promise<PublicCase> {
  return request('/api/portal/case', { method: 'POST', body: credentials, anonymous });
}

export function fetchPublicDocument(credentials: CaseCredentials, key: string): Promise<{ html: string }> {
  return request('/api/portal/case/document', { method: 'POST', body: { ...credentials, key }, anonymous });
}

/** Opens the texts of the conversation; the opening is recorded. */
export async function fetchPublicThread(credentials: CaseCredentials): Promise<PublicText[]> {
  const path = '/api/portal/case/thread';
  return (await request<{ items: PublicText[] }>(path, { method: 'POST', body: credentials, anonymous })).items;
}

/** What is said, and the number of the case of its own that was started. */
export type ActionDone = { done: string | null; caseNo: string | null };

export function postPublicAction(
  actionId: string,
  body: CaseCredentials & { data: FormData },
  idempotencyKey: string,
): Promise<ActionDone> {
  const path = `/api/portal/case/actions/${encodeURIComponent(actionId)}`;
  return request(path, { method: 'POST', body, idempotencyKey, anonymous });
}
