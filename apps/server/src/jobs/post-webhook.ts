import type { DeliveryResult } from '#runtime';

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

/** Sends one webhook. Follows no redirect and reads no answer but its status. */
export async function postWebhook(request: WebhookRequest): Promise<DeliveryResult> {
  const { url, idempotencyKey, body, timeoutMs = TIMEOUT_MS } = request;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    });
    await response.body?.cancel().catch(() => undefined);
    return resultOf(response.status);
  } catch (error) {
    return { ok: false, message: faultOf(error, timeoutMs) };
  }
}

function resultOf(status: number): DeliveryResult {
  if (status >= 200 && status < 300) return { ok: true };
  const isFinal = status >= 400 && status < 500 && !PASSING.has(status);
  return { ok: false, message: `Expected the receiver to answer 2xx but it answered ${status}.`, isFinal };
}

/** The text of an error of `fetch` may hold the address: its code alone is told. */
function faultOf(error: unknown, timeoutMs: number): string {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return `Expected the receiver to answer within ${timeoutMs} ms but it did not.`;
  const code = typeof cause?.code === 'string' ? ` (${cause.code})` : '';
  return `Expected the receiver to be reached but it was not${code}.`;
}
