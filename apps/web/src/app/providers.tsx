import { type Query, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { sessionKey } from '../lib/api/session.js';
import { connection, watchNetwork } from '../lib/connection.js';
import { HttpProblem, whenSessionIsLost } from '../lib/http.js';

/** Refusals are final; only a failed way to the server is tried once more. */
function mayTryAgain(count: number, error: unknown): boolean {
  return count < 1 && error instanceof HttpProblem && error.mayRetry && error.status !== 429;
}

const isInError = ({ state }: Query) => state.status === 'error';

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: mayTryAgain, staleTime: 5_000 } } }),
  );
  useEffect(() => {
    whenSessionIsLost(() => client.setQueryData(sessionKey, { user: null, csrfToken: '' }));
  }, [client]);
  useEffect(() => watchNetwork(window), []);
  useEffect(
    () =>
      connection.subscribe(() => {
        if (!connection.isLost()) void client.refetchQueries({ type: 'active', predicate: isInError });
      }),
    [client],
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
