import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormData } from '../../lib/api-types.js';
import { saveTaskDraft } from './api.js';

const QUIET_MS = 1500;
const RETRY_MS = 10_000;

type Options = { taskKey: string; data: FormData; isActive: boolean; savedAt: string | null };

/** Saves a draft on the server when typing pauses, and again later when that failed; not while the form is on its way. */
export function useAutosave({ taskKey, data, isActive, savedAt }: Options) {
  const [saved, setSaved] = useState(savedAt);
  const [isFailing, setFailing] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const isStopped = useRef(false);
  const text = JSON.stringify(data);
  useEffect(() => {
    if (!isActive) return undefined;
    let isGone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const timer = setTimeout(async () => {
      if (isStopped.current) return;
      try {
        const answer = await saveTaskDraft(taskKey, JSON.parse(text) as FormData);
        if (isGone) return;
        setSaved(answer.savedAt);
        setFailing(false);
      } catch {
        if (isGone || isStopped.current) return;
        setFailing(true);
        retry = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
      }
    }, QUIET_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
      clearTimeout(retry);
    };
  }, [taskKey, text, isActive, attempt]);
  const stop = useCallback(() => {
    isStopped.current = true;
  }, []);
  const resume = useCallback(() => {
    isStopped.current = false;
    setAttempt((count) => count + 1);
  }, []);
  return { savedAt: saved, isFailing, stop, resume };
}
