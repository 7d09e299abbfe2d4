import type { DeliveryResult } from '#runtime';
import { guardedRequest, type Guard } from '../outgoing/guarded-request.js';

export interface WebhookRequest {
  readonly url: URL;
  readonly idempotencyKey: string;
  readonly body: unknown;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** Refusals that pass: timeout, conflict, too early, too many requests. */
const PASSING = new Set([408, 409, 425, 429]);

/** Sends one webhook to a host of the list. Follows no redirect and reads no answer but its status. */
export async function postWebhook(request: WebhookRequest, guard: Guard): Promise<DeliveryResult> {
  const { url, idempotencyKey, body, timeoutMs = TIMEOUT_MS } = request;
  const sent = await guardedRequest(
    {
      url: url.href,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
      timeoutMs,
      maxBytes: 0,
      maxRedirects: 0,
    },
    { ...guard, setting: 'WEBHOOK_ORIGINS' },
  );
  if (sent.ok) return resultOf(sent.answer.status);
  return { ok: false, message: sent.message, ...(sent.kind === 'forbidden' && { isFinal: true }) };
}

function resultOf(status: number): DeliveryResult {
  if (status >= 200 && status < 300) return { ok: true };
  const isFinal = status >= 400 && status < 500 && !PASSING.has(status);
  return { ok: false, message: `Expected the receiver to answer 2xx but it answered ${status}.`, isFinal };
}
