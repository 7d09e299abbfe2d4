import { useQuery } from '@tanstack/react-query';
import type { FormData, Launched, Launcher, LauncherDetail } from '../../lib/api-types.js';
import { call } from '../../lib/api/client.js';

export function useLaunchers() {
  return useQuery({
    queryKey: ['launchers'],
    queryFn: (): Promise<Launcher[]> => call('GET /api/launchers'),
    staleTime: 60_000,
  });
}

export function useLauncher(id: string) {
  return useQuery({
    queryKey: ['launchers', id],
    queryFn: (): Promise<LauncherDetail> => call('GET /api/launchers/{id}', { params: { id } }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function launch(id: string, data: FormData, idempotencyKey: string): Promise<Launched> {
  return call('POST /api/launchers/{id}', { params: { id }, body: { data }, idempotencyKey });
}
