import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connection } from './connection.js';

/** What to fetch again when the server says that something changed; events carry no content. */
const affected: Record<string, string[]> = {
  tasks: ['tasks', 'task', 'supervision', 'instances'],
  instance: ['instance', 'instances', 'supervision'],
  configuration: ['launchers', 'reference', 'studio'],
  notice: ['notices'],
};

/** Keeps what is on the page fresh while somebody is signed in. */
export function useLiveUpdates(isSignedIn: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const refresh = (keys: readonly string[]) => {
      for (const key of keys) void client.invalidateQueries({ queryKey: [key] });
    };
    let source = listen(refresh);
    const stop = connection.subscribe(() => {
      if (connection.isLost() || source.readyState !== EventSource.CLOSED) return;
      source = listen(refresh);
      refresh(everything);
    });
    return () => {
      stop();
      source.close();
    };
  }, [client, isSignedIn]);
}

const everything = [...new Set(Object.values(affected).flat())];

/** What happened while nobody listened is not sent again, so that all is asked for anew when the events come back. */
function listen(refresh: (keys: readonly string[]) => void): EventSource {
  const source = new EventSource('/api/events');
  let isBroken = false;
  for (const [name, keys] of Object.entries(affected)) source.addEventListener(name, () => refresh(keys));
  source.addEventListener('error', () => {
    isBroken = true;
    connection.missed();
  });
  source.addEventListener('open', () => {
    if (isBroken) refresh(everything);
    isBroken = false;
  });
  return source;
}
