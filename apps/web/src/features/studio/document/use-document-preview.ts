import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../../lib/api/client.js';
import type { Problem } from '../api.js';

/** Long enough for a word to be typed to its end. */
const PAUSE_MS = 500;

export type DocumentPreview = { html: string | null; problems: Problem[] };
type Shown = { path: string; source: string; title: string; filled: boolean };

/** The page of a template as the server prints it, shortly after the last change; the last page stays until then. */
export function useDocumentPreview({ path, source, title, filled }: Shown) {
  const [settled, setSettled] = useState(source);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(source), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [source]);
  const preview = useQuery({
    queryKey: ['studio', 'document-preview', path, title, filled, settled],
    queryFn: ({ signal }): Promise<DocumentPreview> =>
      call('POST /api/studio/documents/preview', { body: { path, source: settled, title, filled }, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { ...preview, isStale: settled !== source || preview.isFetching };
}
