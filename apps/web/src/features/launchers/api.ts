import { useQuery } from '@tanstack/react-query';
import type { FormData, Launched, Launcher, LauncherDetail } from '../../lib/api-types.js';
import { request } from '../../lib/http.js';

export function useLaunchers() {
  return useQuery({ queryKey: ['launchers'], queryFn: () => request<Launcher[]>('/api/launchers'), staleTime: 60_000 });
}

export function useLauncher(id: string) {
  return useQuery({
    queryKey: ['launchers', id],
    queryFn: () => request<LauncherDetail>(`/api/launchers/${encodeURIComponent(id)}`),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function launch(id: string, data: FormData, idempotencyKey: string): Promise<Launched> {
  return request(`/api/launchers/${encodeURIComponent(id)}`, { method: 'POST', body: { data }, idempotencyKey });
}
