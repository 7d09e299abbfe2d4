import { useQuery } from '@tanstack/react-query';
import type { Named, SealedFacts, SealedHandle } from '../../lib/api-types.js';
import { request } from '../../lib/http.js';

export type Recusal = {
  recusalKey: string;
  account: Named;
  reason: SealedHandle;
  enteredBy: Named;
  enteredAt: string;
  undoneBy: Named | null;
  undoneAt: string | null;
  canUndo: boolean;
};
export type Recusals = { items: Recusal[]; sealed: SealedFacts; accounts: Named[] };

export function useRecusals(instanceKey: string) {
  return useQuery({
    queryKey: ['recusals', instanceKey],
    queryFn: () => request<Recusals>(`/api/instances/${instanceKey}/recusals`),
  });
}

export function recuse(instanceKey: string, body: { account?: string; reason: string }): Promise<void> {
  return request(`/api/instances/${instanceKey}/recusals`, { method: 'POST', body });
}

export function undoRecusal(instanceKey: string, key: string): Promise<void> {
  return request(`/api/instances/${instanceKey}/recusals/${key}`, { method: 'DELETE' });
}
