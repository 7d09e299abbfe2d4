import { useQuery } from '@tanstack/react-query';
import type { Named } from '../../lib/api-types.js';
import { request } from '../../lib/http.js';

export type Substitution = {
  substitutionKey: string;
  account: Named;
  substitute: Named;
  from: string;
  until: string;
  reason: string;
  enteredBy: Named;
  inForce: boolean;
  canEnd: boolean;
};
export type Substitutions = { items: Substitution[]; eligible: Named[]; arrangesForOthers: boolean };
export type NewSubstitution = { account?: string; substitute: string; from: string; until: string; reason: string };

export function useSubstitutions() {
  return useQuery({ queryKey: ['substitutions'], queryFn: () => request<Substitutions>('/api/substitutions') });
}

export function enterSubstitution(body: NewSubstitution): Promise<void> {
  return request('/api/substitutions', { method: 'POST', body });
}

export function endSubstitution(key: string): Promise<void> {
  return request(`/api/substitutions/${key}`, { method: 'DELETE' });
}
