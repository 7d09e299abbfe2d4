import { useQuery } from '@tanstack/react-query';
import type { Attachment, CopyPage, Person, ReturnTargets } from '../../../lib/api-types.js';
import { queryString, request } from '../../../lib/http.js';

const path = (key: string) => `/api/tasks/${encodeURIComponent(key)}`;

/** Whom a task can be given to, as the server offers them. */
export function usePeople(taskKey: string, text: string) {
  return useQuery({
    queryKey: ['people', taskKey, text],
    queryFn: () => request<{ items: Person[] }>(`${path(taskKey)}/people${queryString({ q: text })}`),
    placeholderData: (known) => known,
  });
}

export function useReturnTargets(taskKey: string) {
  return useQuery({
    queryKey: ['return-targets', taskKey],
    queryFn: () => request<ReturnTargets>(`${path(taskKey)}/return-targets`),
    gcTime: 0,
  });
}

export function useCopies(isShown = true) {
  return useQuery({ queryKey: ['copies'], queryFn: () => request<CopyPage>('/api/copies'), enabled: isShown });
}

export function markCopiesRead(copyKeys: string[]): Promise<void> {
  return request('/api/copies/read', { method: 'POST', body: { copyKeys } });
}

export type ActionBody = Readonly<Record<string, unknown>>;

/** Sends an action; the same key for the same wish, so that a second click does it once. */
export function sendAction(taskKey: string, name: string, body: ActionBody, idempotencyKey: string): Promise<void> {
  return request(`${path(taskKey)}/${name}`, { method: 'POST', body, idempotencyKey });
}

export function removeTurn(taskKey: string, turnId: string, reason: string, idempotencyKey: string): Promise<void> {
  return request(`${path(taskKey)}/signers/${turnId}`, { method: 'DELETE', body: { reason }, idempotencyKey });
}

export async function attachFile(taskKey: string, file: File, idempotencyKey: string): Promise<void> {
  const body = new FormData();
  body.append('file', file);
  const { attachment } = await request<{ attachment: Attachment }>('/api/attachments', { method: 'POST', body });
  await sendAction(taskKey, 'attachments', { attachmentId: attachment.id }, idempotencyKey);
}
