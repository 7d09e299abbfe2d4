import { useQuery } from '@tanstack/react-query';
import type { CopyPage, Person, ReturnTargets } from '../../../lib/api-types.js';
import { call, type Body } from '../../../lib/api/client.js';

/** Whom a task can be given to, as the server offers them. */
export function usePeople(taskKey: string, text: string) {
  return useQuery({
    queryKey: ['people', taskKey, text],
    queryFn: (): Promise<{ items: Person[] }> =>
      call('GET /api/tasks/{key}/people', { params: { key: taskKey }, query: { q: text } }),
    placeholderData: (known) => known,
  });
}

export function useReturnTargets(taskKey: string) {
  return useQuery({
    queryKey: ['return-targets', taskKey],
    queryFn: (): Promise<ReturnTargets> => call('GET /api/tasks/{key}/return-targets', { params: { key: taskKey } }),
    gcTime: 0,
  });
}

export function useCopies(isShown = true) {
  return useQuery({
    queryKey: ['copies'],
    queryFn: (): Promise<CopyPage> => call('GET /api/copies'),
    enabled: isShown,
  });
}

export function markCopiesRead(copyKeys: string[]): Promise<void> {
  return call('POST /api/copies/read', { body: { copyKeys } });
}

type ActionName =
  | 'transfer'
  | 'delegation'
  | 'signers'
  | 'turn'
  | 'return'
  | 'withdrawal'
  | 'copies'
  | 'urges'
  | 'comments'
  | 'attachments';

/** Sends an action; the same key for the same wish, so that a second click does it once. */
export function sendAction<N extends ActionName>(
  taskKey: string,
  name: N,
  body: Body<`POST /api/tasks/{key}/${N}`>,
  idempotencyKey: string,
): Promise<void> {
  const route: `POST /api/tasks/{key}/${ActionName}` = `POST /api/tasks/{key}/${name}`;
  return call(route, { params: { key: taskKey }, body: body as never, idempotencyKey });
}

export function removeTurn(taskKey: string, turnId: string, reason: string, idempotencyKey: string): Promise<void> {
  return call('DELETE /api/tasks/{key}/signers/{turnId}', {
    params: { key: taskKey, turnId },
    body: { reason },
    idempotencyKey,
  });
}

export async function attachFile(taskKey: string, file: File, idempotencyKey: string): Promise<void> {
  const body = new FormData();
  body.append('file', file);
  const { attachment } = await call('POST /api/attachments', { body });
  await sendAction(taskKey, 'attachments', { attachmentId: attachment.id }, idempotencyKey);
}
