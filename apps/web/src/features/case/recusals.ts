import { useQuery } from '@tanstack/react-query';
import type { Named, SealedFacts, SealedHandle } from '../../lib/api-types.js';
import { call, type Body } from '../../lib/api/client.js';

export type Recusal = {
  recusalKey: string;
  account: Named | null;
  reason: SealedHandle;
  enteredBy: Named | null;
  enteredAt: string;
  undoneBy: Named | null;
  undoneAt: string | null;
  canUndo: boolean;
};
export type Recusals = { items: Recusal[]; sealed: SealedFacts; accounts: Named[] };

export function useRecusals(instanceKey: string) {
  return useQuery({
    queryKey: ['recusals', instanceKey],
    queryFn: (): Promise<Recusals> => call('GET /api/instances/{key}/recusals', { params: { key: instanceKey } }),
  });
}

export function recuse(instanceKey: string, body: Body<'POST /api/instances/{key}/recusals'>): Promise<void> {
  return call('POST /api/instances/{key}/recusals', { params: { key: instanceKey }, body });
}

export function undoRecusal(instanceKey: string, recusalKey: string): Promise<void> {
  return call('DELETE /api/instances/{key}/recusals/{recusalKey}', { params: { key: instanceKey, recusalKey } });
}
