import { useQuery } from '@tanstack/react-query';
import type { FormData, Portal, PortalEntryDetail, PublicCase, PublicText, Receipt } from '../api-types.js';
import type { PublishedPage } from '../public-types.js';
import { call } from './client.js';

const anonymous = true;

export function usePortal() {
  return useQuery({
    queryKey: ['portal'],
    queryFn: (): Promise<Portal> => call('GET /api/portal', { anonymous }),
    staleTime: 300_000,
  });
}

export function usePortalEntry(id: string) {
  return useQuery({
    queryKey: ['portal', 'entry', id],
    queryFn: (): Promise<PortalEntryDetail> => call('GET /api/portal/entries/{id}', { params: { id }, anonymous }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

export function usePublishedPage(id: string) {
  return useQuery({
    queryKey: ['portal', 'page', id],
    queryFn: (): Promise<PublishedPage> => call('GET /api/portal/pages/{id}', { params: { id }, anonymous }),
    staleTime: 60_000,
  });
}

export type ReportBody = { data: FormData; pin?: string };

export function postReport(entryId: string, body: ReportBody, idempotencyKey: string): Promise<Receipt> {
  return call('POST /api/portal/entries/{id}', { params: { id: entryId }, body, idempotencyKey, anonymous });
}

/** Code and PIN travel in the body alone; no address, history or log of the way ever holds them. */
export type CaseCredentials = { code: string; pin?: string; caseNo?: string };

export function fetchPublicCase(credentials: CaseCredentials): Promise<PublicCase> {
  return call('POST /api/portal/case', { body: credentials, anonymous });
}

export function fetchPublicDocument(credentials: CaseCredentials, key: string): Promise<{ html: string }> {
  return call('POST /api/portal/case/document', { body: { ...credentials, key }, anonymous });
}

/** Opens the texts of the conversation; the opening is recorded. */
export async function fetchPublicThread(credentials: CaseCredentials): Promise<PublicText[]> {
  return (await call('POST /api/portal/case/thread', { body: credentials, anonymous })).items;
}

/** What is said, number and code of the case of its own that was started, and what is offered on top of it. */
export type ActionDone = {
  done: string | null;
  caseNo: string | null;
  trackingCode: string | null;
  offer: { actionId: string; text: string } | null;
};

export function postPublicAction(
  actionId: string,
  body: CaseCredentials & { data: FormData; requestKey?: string },
  idempotencyKey: string,
): Promise<ActionDone> {
  return call('POST /api/portal/case/actions/{id}', { params: { id: actionId }, body, idempotencyKey, anonymous });
}

/** Calendars that everybody may subscribe to. */
export function usePublicCalendars() {
  return useQuery({
    queryKey: ['portal', 'calendars'],
    queryFn: () => call('GET /api/portal/calendars', { anonymous }),
  });
}
