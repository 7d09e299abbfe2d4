import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, type Answer } from '../../lib/api/client.js';

export type Keeping = Answer<'GET /api/destructions'>;
export type Destruction = Keeping['destructions'][number];
export type Hold = Keeping['holds'][number];

/** The destructions and legal holds of all cases that may be seen, or of one. */
export function useKeeping(instanceKey?: string) {
  return useQuery({
    queryKey: ['keeping', instanceKey ?? ''],
    queryFn: (): Promise<Keeping> =>
      instanceKey === undefined
        ? call('GET /api/destructions')
        : call('GET /api/instances/{key}/destructions', { params: { key: instanceKey } }),
  });
}

export function useKept() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['keeping'] });
}

/** What can be done to a case: `destruction` waits for a second person, a hold is in force at once. */
export type Act = 'destruction' | 'hold' | 'hold/lift';

export async function act(instanceKey: string, what: Act, reason: string): Promise<void> {
  const given = { params: { key: instanceKey }, body: { reason } };
  if (what === 'destruction') await call('POST /api/instances/{key}/destruction', given);
  else if (what === 'hold') await call('POST /api/instances/{key}/hold', given);
  else await call('POST /api/instances/{key}/hold/lift', given);
}

export function decide(destructionKey: string, approved: boolean, comment: string): Promise<void> {
  const body = { approved, comment };
  return call('POST /api/destructions/{destructionKey}/decision', { params: { destructionKey }, body });
}
