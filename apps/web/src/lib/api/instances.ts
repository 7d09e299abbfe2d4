import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Diagram, InstanceDetail, TimelineEntry } from '../api-types.js';
import { request } from '../http.js';

const path = (key: string) => `/api/instances/${encodeURIComponent(key)}`;

export function useInstance(key: string) {
  return useQuery({ queryKey: ['instance', key], queryFn: () => request<InstanceDetail>(path(key)) });
}

export function useTimeline(key: string) {
  return useQuery({
    queryKey: ['instance', key, 'timeline'],
    queryFn: async () => {
      const answer = await request<TimelineEntry[] | { items: TimelineEntry[] }>(`${path(key)}/timeline`);
      return Array.isArray(answer) ? answer : answer.items;
    },
  });
}

export function useDiagram(key: string) {
  return useQuery({ queryKey: ['instance', key, 'diagram'], queryFn: () => request<Diagram>(`${path(key)}/diagram`) });
}

/** Opens a document; its protected values are read in the name of the user, which the server records. */
export function openDocument(instanceKey: string, id: string, reason: string): Promise<{ html: string }> {
  return request(`${path(instanceKey)}/documents/${encodeURIComponent(id)}`, { method: 'POST', body: { reason } });
}

export type ActionBody = { data: Record<string, unknown> };

export function postAction(instanceKey: string, actionId: string, body: ActionBody, idempotencyKey: string) {
  return request<void>(`${path(instanceKey)}/actions/${encodeURIComponent(actionId)}`, {
    method: 'POST',
    body,
    idempotencyKey,
  });
}

export function useInvalidateInstance(key: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['instance', key] });
}
