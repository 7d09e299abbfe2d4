import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Reference, Session, User } from '../api-types.js';
import { rememberCsrfToken } from '../http.js';
import { call } from './client.js';

export const sessionKey = ['session'];

async function fetchSession(): Promise<Session> {
  return remember(await call('GET /api/session'));
}

function remember(session: Session): Session {
  rememberCsrfToken(session.csrfToken ?? '');
  return session;
}

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: Infinity });
}

export function useReference() {
  return useQuery({
    queryKey: ['reference'],
    queryFn: (): Promise<Reference> => call('GET /api/reference', { anonymous: true }),
    staleTime: 300_000,
  });
}

/** Signing in and out; both forget everything that the account before could see. */
export function useSignInOut() {
  const client = useQueryClient();
  return {
    signIn: async (username: string, password: string) => {
      const session = await call('POST /api/session', { body: { username, password } });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference' });
      client.setQueryData(sessionKey, remember(session));
      void client.invalidateQueries({ queryKey: ['reference'] });
    },
    signOut: async () => {
      await call('DELETE /api/session');
      client.clear();
      client.setQueryData(sessionKey, remember({ user: null, csrfToken: '' }));
    },
  };
}

export function may(user: User | null | undefined, permission: string): boolean {
  return user?.permissions.includes(permission) ?? false;
}
