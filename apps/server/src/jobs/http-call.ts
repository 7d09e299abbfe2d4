import { isHeaderText, namesSecret, withoutSecrets, withSecrets, type Secret } from '../outgoing/secrets.js';
import type { GuardedAnswer, GuardedRequest } from '../outgoing/guarded-request.js';

/** What the input mappings of a task with `ct.http` give. */
export interface HttpCallInputs {
  readonly method?: unknown;
  readonly url?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
}

export interface HttpCall {
  readonly request: Omit<GuardedRequest, 'timeoutMs' | 'maxBytes' | 'maxRedirects'>;
  /** Values of the secrets that go with it. */
  readonly secrets: readonly string[];
}

/** What a process learns of an answer. */
export interface HttpCallResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON by its media type as a value, everything else as text; null where there is none. */
  readonly body: unknown;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
/** Names of headers by which a request would become another one, or which the server sets itself. */
const OWN_HEADERS =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|idempotency-key|proxy-.*|accept-encoding)$/i;
const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const LONGEST_BODY = 1_000_000;

/** The request that the inputs describe, or what is wrong with them in one sentence. */
export function httpCallOf(
  inputs: HttpCallInputs,
  { idempotencyKey, secrets }: { readonly idempotencyKey: string; readonly secrets: ReadonlyMap<string, Secret> },
): HttpCall | { readonly fault: string } {
  const method = String(inputs.method ?? 'GET').toUpperCase();
  if (!METHODS.includes(method)) return { fault: `Expected the input "method" to be one of ${METHODS.join(', ')}.` };
  const { url } = inputs;
  if (typeof url !== 'string' || !URL.canParse(url)) return { fault: 'Expected the input "url" to be an address.' };
  const given = headersOf(inputs.headers);
  if (typeof given === 'string') return { fault: given };
  const body = bodyOf(inputs.body);
  if (body && body.text.length > LONGEST_BODY)
    return { fault: `Expected the input "body" to have at most ${LONGEST_BODY} characters.` };
  if (namesSecret(url) || (body && namesSecret(body.text)))
    return { fault: 'Expected secrets to be named in header values alone but "url" or "body" names one.' };
  const filled = withSecrets(given, { origin: new URL(url).origin, secrets });
  if ('fault' in filled) return filled;
  const hasType = Object.keys(given).some((name) => name.toLowerCase() === 'content-type');
  const headers = {
    ...(body && !hasType && { 'content-type': body.type }),
    ...filled.headers,
    'idempotency-key': idempotencyKey,
  };
  return { request: { url, method, headers, ...(body && { body: body.text }) }, secrets: filled.used };
}

function headersOf(value: unknown): Readonly<Record<string, string>> | string {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    return 'Expected the input "headers" to be a context of texts.';
  const entries = Object.entries(value).filter(([, text]) => text !== null);
  for (const [name, text] of entries) {
    if (!TOKEN.test(name) || OWN_HEADERS.test(name)) return `Expected no header "${name}" among the input "headers".`;
    const isText = ['string', 'number', 'boolean'].includes(typeof text);
    if (!isText || !isHeaderText(String(text)))
      return `Expected the header "${name}" to be a text of visible ASCII signs.`;
  }
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

function bodyOf(value: unknown): { readonly text: string; readonly type: string } | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return { text: value, type: 'text/plain; charset=utf-8' };
  return { text: JSON.stringify(value), type: 'application/json' };
}

const DEEPEST = 50;
/** What a server hands to a browser to sign in with, or asks for. */
const KEPT_BACK = new Set(['set-cookie', 'www-authenticate', 'proxy-authenticate']);

/**
 * What the process gets of an answer, or why it gets nothing. Secrets that a receiver sends back are masked; nothing of it
 * may look like a handle of protected content.
 */
export function httpCallResult(
  { status, headers, body }: GuardedAnswer,
  secrets: readonly string[],
): HttpCallResult | { readonly fault: string } {
  const text = body.toString('utf8');
  const isJson = /^application\/([\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '');
  const read = text === '' ? null : isJson ? jsonOf(text) : text;
  if (read === undefined) return { fault: 'Expected the body of the answer to be JSON as its media type says.' };
  if (isTooDeep(read)) return { fault: `Expected a body nested at most ${DEEPEST} deep.` };
  if (holdsHandle(read)) return { fault: 'Expected an answer without the name "$sealed", which is reserved.' };
  const told = Object.fromEntries(Object.entries(headers).filter(([name]) => !KEPT_BACK.has(name)));
  return withoutSecrets({ status, headers: told, body: read }, secrets);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

function holdsHandle(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return '$sealed' in value || Object.values(value).some(holdsHandle);
}
