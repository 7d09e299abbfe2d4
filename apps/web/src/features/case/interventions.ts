import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Awaiting } from '../../lib/api/schema.js';
import { request } from '../../lib/http.js';

/** What an operator does to an instance from outside its own course. */
export type InterventionKind = 'suspend' | 'resume' | 'variables' | 'cancel';
export type Variables = Record<string, unknown>;
export type OpenVariable = { name: string; value: string };

type Wish = { kind: InterventionKind; reason?: string; variables?: Variables };

const operations = { suspend: 'suspension', resume: 'resumption', cancel: 'cancellation' };

/** Done where nothing comes back; else it waits for a second person. */
export function intervene(instanceKey: string, { kind, ...body }: Wish): Promise<Awaiting | undefined> {
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
