import { createHmac } from 'node:crypto';
import type { ChatFormat } from '#configuration';
import type { DeliveryResult } from '#runtime';
import type { AllowedHost } from '../outgoing/allowed-hosts.js';
import { guardedRequest, type GuardedAnswer } from '../outgoing/guarded-request.js';
import type { ChatRobot } from '../outgoing/secrets.js';

export interface ChatMessage {
  readonly text: string;
  readonly format: ChatFormat;
  readonly robot: ChatRobot;
  /** The same at every attempt. */
  readonly idempotencyKey: string;
}

export interface ChatSending {
  readonly hosts: readonly AllowedHost[];
  /** Real time in epoch ms: receivers refuse a signature that is an hour old. */
  readonly now: number;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 100_000;
const PASSING = new Set([408, 409, 425, 429]);

/**
 * Tells a group by its robot. Chats answer 200 whatever came of it, so the code in the answer decides: 0 is delivered, one
 * that the format names passes, another is final. What is told of a fault holds neither address nor text.
 */
export async function postChat(message: ChatMessage, sending: ChatSending): Promise<DeliveryResult> {
  const { url, body } = signed(message, sending.now);
  const sent = await guardedRequest(
    {
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': message.idempotencyKey },
      body: JSON.stringify(body),
      timeoutMs: sending.timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      maxRedirects: 0,
    },
    { hosts: sending.hosts },
  );
  if (sent.ok) return resultOf(sent.answer, message.format);
  const isFinal = sent.kind === 'forbidden' || sent.kind === 'tooLarge';
  return { ok: false, message: sent.message, isFinal };
}

interface Signed {
  readonly url: string;
  readonly body: unknown;
}

/** Puts time and signature where the format has them: ms in the address, or s in the body. */
export function signed({ text, format, robot }: Omit<ChatMessage, 'idempotencyKey'>, now: number): Signed {
  const body = filled(format.body, text);
  const { url, signKey } = robot;
  if (signKey === undefined || format.sign === 'none') return { url, body };
  if (format.sign === 'query') {
    const address = new URL(url);
    const timestamp = String(now);
    address.searchParams.set('timestamp', timestamp);
    address.searchParams.set('sign', hmac(signKey, `${timestamp}\n${signKey}`));
    return { url: address.href, body };
  }
  const timestamp = String(Math.floor(now / 1_000));
  return { url, body: { timestamp, sign: hmac(`${timestamp}\n${signKey}`, ''), ...(body as object) } };
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** The shape of the format with the text in place of `{{text}}`. */
function filled(shape: unknown, text: string): unknown {
  if (typeof shape === 'string') return shape.replaceAll('{{text}}', () => text);
  if (Array.isArray(shape)) return shape.map((one: unknown) => filled(one, text));
  if (typeof shape !== 'object' || shape === null) return shape;
  return Object.fromEntries(Object.entries(shape).map(([name, one]) => [name, filled(one, text)]));
}

function resultOf({ status, body }: GuardedAnswer, format: ChatFormat): DeliveryResult {
  if (status < 200 || status >= 300) {
    const isFinal = status >= 400 && status < 500 && !PASSING.has(status);
    return { ok: false, message: `Expected the chat to answer 2xx but it answered ${status}.`, isFinal };
  }
  const code = codeOf(body, format);
  if (code === 0) return { ok: true };
  const names = format.codes.join(' or ');
  if (code === undefined)
    return { ok: false, message: `Expected the chat to answer with a number in ${names} but it did not.` };
  const isFinal = !(format.again ?? []).includes(code);
  return { ok: false, message: `Expected the chat to answer 0 in ${names} but it answered ${code}.`, isFinal };
}

function codeOf(body: Buffer, { codes }: ChatFormat): number | undefined {
  try {
    const answer = JSON.parse(body.toString('utf8')) as Readonly<Record<string, unknown>> | null;
    return codes.map((name) => answer?.[name]).find((code) => typeof code === 'number');
  } catch {
    return undefined;
  }
}
