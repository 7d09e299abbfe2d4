import { createTransport } from 'nodemailer';
import type { DeliveryResult } from '#runtime';
import type { Letter } from './letter.js';

export interface MailServer {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly url: string;
  /** Address of the sender; its domain stands in the Message-ID. */
  readonly from: string;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/**
 * Sends one letter by SMTP. The Message-ID is made of the idempotency key, so that a second attempt is known as a
 * repetition. An answer 5xx is final, everything else passes. What is told of a fault holds no address and no password.
 */
export async function postLetter(
  letter: Letter,
  { url, from, timeoutMs = TIMEOUT_MS }: MailServer,
): Promise<DeliveryResult> {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { to, subject, text, idempotencyKey } = letter;
  try {
    await transport.sendMail({
      from,
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${idempotencyKey}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { ok: true };
  } catch (error) {
    return faultOf(error);
  } finally {
    transport.close();
  }
}

function faultOf(error: unknown): DeliveryResult {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number')
    return {
      ok: false,
      message: `Expected the mail server to take the letter but it answered ${responseCode}.`,
      isFinal: responseCode >= 500,
    };
  const why = typeof code === 'string' ? ` (${code})` : '';
  return { ok: false, message: `Expected the mail server to be reached but it was not${why}.` };
}
