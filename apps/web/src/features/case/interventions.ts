import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Awaiting } from '../../lib/api/schema.js';
import { request } from '../../lib/http.js';

/** What an operator does to an instance from outside its own course. */
export type InterventionKind = 'suspend' | 'resume' | 'variables' | 'steps' | 'migration' | 'cancel';
export type Variables = Record<string, unknown>;
export type OpenVariable = { name: string; value: string };

/** `given`: what its kind asks for, as the API takes it. */
type Wish = { kind: InterventionKind; reason?: string; given?: Record<string, unknown> };

const operations = {
  suspend: 'suspension',
  resume: 'resumption',
  steps: 'modification',
  migration: 'migration',
  cancel: 'cancellation',
};

/** Done where nothing comes back; else it waits for a second person. */
export function intervene(instanceKey: string, { kind, reason, given }: Wish): Promise<Awaiting | undefined> {
  const body = { ...given, ...(reason !== undefined && { reason }) };
  if (kind === 'variables') return request(`/v2/element-instances/${instanceKey}/variables`, { method: 'PUT', body });
  return request(`/v2/process-instances/${instanceKey}/${operations[kind]}`, { method: 'POST', body });
}

/** The open variables of the instance itself, by name, as JSON; protected ones are not among them. */
export function useOpenVariables(instanceKey: string) {
  return useQuery({
    queryKey: ['instance', instanceKey, 'variables'],
    queryFn: async () => {
      const filter = { processInstanceKey: instanceKey, scopeKey: instanceKey };
      const body = { filter, sort: [{ field: 'name' }], page: { limit: 1000 } };
      const path = '/v2/variables/search?truncateValues=false';
      return (await request<{ items: OpenVariable[] }>(path, { method: 'POST', body })).items;
    },
  });
}

export function useIntervened(instanceKey: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['instance', instanceKey] });
}
