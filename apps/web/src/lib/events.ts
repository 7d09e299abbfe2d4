import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

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
    const source = new EventSource('/api/events');
    for (const [name, keys] of Object.entries(affected))
      source.addEventListener(name, () => {
        for (const key of keys) void client.invalidateQueries({ queryKey: [key] });
      });
    return () => source.close();
  }, [client, isSignedIn]);
}
