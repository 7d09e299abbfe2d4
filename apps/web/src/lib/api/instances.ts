import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Diagram, InstanceDetail, TimelineEntry } from '../api-types.js';
import { call, callForFile, type Body } from './client.js';

export function useInstance(key: string) {
  return useQuery({
    queryKey: ['instance', key],
    queryFn: (): Promise<InstanceDetail> => call('GET /api/instances/{key}', { params: { key } }),
  });
}

export function useTimeline(key: string) {
  return useQuery({
    queryKey: ['instance', key, 'timeline'],
    queryFn: (): Promise<TimelineEntry[]> => call('GET /api/instances/{key}/timeline', { params: { key } }),
  });
}

export function useDiagram(key: string) {
  return useQuery({
    queryKey: ['instance', key, 'diagram'],
    queryFn: (): Promise<Diagram> => call('GET /api/instances/{key}/diagram', { params: { key } }),
  });
}

/** Opens a document; its protected values are read in the name of the user, which the server records. */
export function openDocument(instanceKey: string, id: string, reason: string): Promise<{ html: string }> {
  return call('POST /api/instances/{key}/documents/{id}', { params: { key: instanceKey, id }, body: { reason } });
}

/** The same page as a Word file; opened and recorded once more. */
export function documentAsWord(instanceKey: string, id: string, reason: string): Promise<{ blob: Blob; name: string }> {
  return callForFile('POST /api/instances/{key}/documents/{id}/word', {
    params: { key: instanceKey, id },
    body: { reason },
  });
}

export type ActionBody = Body<'POST /api/instances/{key}/actions/{actionId}'>;

export function postAction(instanceKey: string, actionId: string, body: ActionBody, idempotencyKey: string) {
  return call('POST /api/instances/{key}/actions/{actionId}', {
    params: { key: instanceKey, actionId },
    body,
    idempotencyKey,
  });
}

export function useInvalidateInstance(key: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['instance', key] });
}
