import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { checkChanges, type Problem } from './api.js';
import type { Drafts } from './drafts.js';

const PAUSE_MS = 800;

export type Check = {
  problems: Problem[];
  /** Why a second person would have to approve it; empty where nobody has to. */
  why: readonly string[];
  /** True while the shown problems do not yet speak of the latest change. */
  isStale: boolean;
  error: unknown;
  retry: () => void;
};

/** Checks the whole configuration with all drafts in it, shortly after the last change. */
export function useCheck(drafts: Drafts): Check {
  const [settled, setSettled] = useState(drafts);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(drafts), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [drafts]);
  const check = useQuery({
    queryKey: ['studio', 'check', settled],
    queryFn: ({ signal }) =>
      checkChanges(
        Object.values(settled).map(({ path, content }) => ({ path, content })),
        signal,
      ),
    placeholderData: (known) => known,
    gcTime: 60_000,
  });
  return {
    problems: check.data?.problems ?? [],
    why: check.data?.why ?? [],
    isStale: settled !== drafts || check.isFetching,
    error: check.isError ? check.error : null,
    retry: () => void check.refetch(),
  };
}

/** An error or a warning; the rest is for information. */
export const isFault = ({ severity }: Problem): boolean => severity !== 'information';

export function countErrors(problems: readonly Problem[], file?: string): number {
  return problems.filter((problem) => problem.severity === 'error' && (!file || problem.file === file)).length;
}
