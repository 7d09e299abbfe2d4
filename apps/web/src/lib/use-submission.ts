import { useCallback, useEffect, useRef, useState } from 'react';
import { HttpProblem, newIdempotencyKey } from './http.js';

/** Seconds to wait before the first, second, … automatic retry of a failed sending. */
const RETRY_AFTER_SECONDS = [5, 15, 30, 60];

export type Submission<T> = {
  send: (body: T) => void;
  isSending: boolean;
  problem: unknown;
  /** Epoch ms of the next automatic retry; null when none is planned. */
  retryAt: number | null;
  retryNow: () => void;
};

type Options<T, R> = { post: (body: T, idempotencyKey: string) => Promise<R>; done: (result: R) => void };

/**
 * Sends a submission until it is saved. One content keeps one idempotency key through all retries, so that it is never
 * saved twice; a changed content gets a new key. What was typed stays with the caller in every case.
 */
export function useSubmission<T, R>({ post, done }: Options<T, R>): Submission<T> {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [retryAt, setRetryAt] = useState<number | null>(null);
  const current = useRef<{ text: string; body: T; key: string; attempts: number } | null>(null);
  const latest = useRef({ post, done });
  useEffect(() => {
    latest.current = { post, done };
  });

  const attempt = useCallback(async () => {
    const submission = current.current;
    if (!submission) return;
    setSending(true);
    setRetryAt(null);
    try {
      const result = await latest.current.post(submission.body, submission.key);
      current.current = null;
      setProblem(null);
      latest.current.done(result);
    } catch (error) {
      setProblem(error);
      if (error instanceof HttpProblem && error.mayRetry) {
        const seconds = RETRY_AFTER_SECONDS[Math.min(submission.attempts, RETRY_AFTER_SECONDS.length - 1)] ?? 60;
        submission.attempts += 1;
        setRetryAt(Date.now() + seconds * 1000);
      }
    } finally {
      setSending(false);
    }
  }, []);

  useEffect(() => {
    if (retryAt === null) return undefined;
    const timer = setTimeout(() => void attempt(), Math.max(0, retryAt - Date.now()));
    return () => clearTimeout(timer);
  }, [retryAt, attempt]);

  const send = (body: T) => {
    const text = JSON.stringify(body);
    if (current.current?.text !== text) current.current = { text, body, key: newIdempotencyKey(), attempts: 0 };
    void attempt();
  };
  return { send, isSending, problem, retryAt, retryNow: () => void attempt() };
}
