import { useQuery } from '@tanstack/react-query';
import type { Named } from '../../lib/api-types.js';
import { call, type Body } from '../../lib/api/client.js';

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
export type NewSubstitution = Body<'POST /api/substitutions'>;

export function useSubstitutions() {
  return useQuery({
    queryKey: ['substitutions'],
    queryFn: (): Promise<Substitutions> => call('GET /api/substitutions'),
  });
}

export function enterSubstitution(body: NewSubstitution) {
  return call('POST /api/substitutions', { body });
}

export function endSubstitution(key: string): Promise<void> {
  return call('DELETE /api/substitutions/{key}', { params: { key } });
}
