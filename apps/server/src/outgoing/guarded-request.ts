import { lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { mayReach } from './addresses.js';
import { addressFault, allowedHost, type AllowedHost } from './allowed-hosts.js';

export interface GuardedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For everything, redirects too. */
  readonly timeoutMs: number;
  /** Of the body of the answer; 0: nothing of it is read. */
  readonly maxBytes: number;
  /** 0: a redirect is an answer like others. */
  readonly maxRedirects: number;
}

export interface Guard {
  readonly hosts: readonly AllowedHost[];
  /** Where the operator names them, for what is told of faults; default: `OUTGOING_HOSTS`. */
  readonly setting?: string;
  /** As `dns.lookup` with `all: true`; default: the system's. */
  readonly lookup?: typeof systemLookup;
}

export interface GuardedAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type GuardedResult =
  | { readonly ok: true; readonly answer: GuardedAnswer }
  /** `forbidden`: a rule is against it, and trying again does not help. `message` holds no path, no header, no secret. */
  | {
      readonly ok: false;
      readonly kind: 'forbidden' | 'tooLarge' | 'timeout' | 'unreachable';
      readonly message: string;
    };

type Failed = Extract<GuardedResult, { ok: false }>;

class Stopped extends Error {
  constructor(readonly result: Failed) {
    super(result.message);
  }
}

/**
 * The one way out of the server for what configuration asks for: to hosts of the operator's list alone, looked at again
 * when the address is resolved (the connection goes to the address that was looked at) and at each redirect. Never throws.
 */
export async function guardedRequest(request: GuardedRequest, guard: Guard): Promise<GuardedResult> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    return { ok: true, answer: await follow(request, guard, signal) };
  } catch (error) {
    return failureOf(error, { signal, timeoutMs: request.timeoutMs });
  }
}

async function follow(first: GuardedRequest, guard: Guard, signal: AbortSignal): Promise<GuardedAnswer> {
  let request = first;
  for (let left = first.maxRedirects; ; left--) {
    const answer = await sendOnce(request, guard, signal);
    const location = answer.headers['location'];
    if (first.maxRedirects === 0 || ![301, 302, 303, 307, 308].includes(answer.status) || location === undefined)
      return answer;
    if (left === 0) throw forbidden(`Expected at most ${first.maxRedirects} redirects but the receiver sent one more.`);
    request = redirected(request, { status: answer.status, location });
  }
}

/** As browsers do it (Fetch, "HTTP-redirect fetch"); to another origin goes nothing but what kind of body it is. */
function redirected(
  request: GuardedRequest,
  { status, location }: { readonly status: number; readonly location: string },
): GuardedRequest {
  if (!URL.canParse(location, request.url)) throw forbidden('Expected the receiver to redirect to an address.');
  const url = new URL(location, request.url);
  const isSameOrigin = url.origin === new URL(request.url).origin;
  const keepsBody = status >= 307 || request.method === 'GET' || request.method === 'HEAD';
  const headers = Object.entries(request.headers).filter(([name]) => {
    const lower = name.toLowerCase();
    if (!keepsBody && lower.startsWith('content-')) return false;
    return isSameOrigin || lower === 'content-type' || lower === 'accept';
  });
  const { body, ...rest } = request;
  return {
    ...rest,
    url: url.href,
    method: keepsBody ? request.method : 'GET',
    headers: Object.fromEntries(headers),
    ...(keepsBody && body !== undefined && { body }),
  };
}

function sendOnce(request: GuardedRequest, guard: Guard, signal: AbortSignal): Promise<GuardedAnswer> {
  const { setting = 'OUTGOING_HOSTS', lookup = systemLookup } = guard;
  const fault = addressFault(request.url, guard.hosts, setting);
  const url = fault === undefined ? new URL(request.url) : undefined;
  const host = url && allowedHost(url, guard.hosts);
  if (!url || !host) throw forbidden(fault ?? 'Expected an allowed host.');
  const refusal = notReachable(host, setting);
  if (!mayReachLiteral(url, host)) throw refusal;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: request.method,
      headers: withLength(request),
      agent: false,
      lookup: guardedLookup({ host, refusal, lookup }),
      signal,
    };
    const sent = send(url, options, (response) => answerOf(response, request.maxBytes).then(resolve, reject));
    sent.on('error', reject);
    sent.end(request.body);
  });
}

/** Without a length a body would go out in chunks, which some servers do not take. */
function withLength({ headers, body, method }: GuardedRequest): Record<string, string> {
  const hasBody = body !== undefined || !['GET', 'HEAD', 'DELETE'].includes(method);
  return { ...headers, ...(hasBody && { 'content-length': String(Buffer.byteLength(body ?? '')) }) };
}

/** An address that stands in the URL itself is never looked up. */
function mayReachLiteral({ hostname }: URL, host: AllowedHost): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) === 0 || mayReach(literal, host.networks);
}

interface LookupGuard {
  readonly host: AllowedHost;
  readonly refusal: Stopped;
  readonly lookup: typeof systemLookup;
}

/** Gives the connection the addresses that were looked at and no others; one that must not be reached is enough for a no. */
function guardedLookup({ host, refusal, lookup }: LookupGuard): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !mayReach(address, host.networks))) return callback(refusal, '', 0);
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
}

function notReachable({ networks }: AllowedHost, setting: string): Stopped {
  return forbidden(
    networks.length > 0
      ? `Expected the address of the receiver to lie in the networks that ${setting} names for it but it does not.`
      : `Expected a public address of the receiver but it is one of this machine or of a private network. An operator must name the host with its networks in ${setting}.`,
  );
}

const forbidden = (message: string): Stopped => new Stopped({ ok: false, kind: 'forbidden', message });

async function answerOf(response: IncomingMessage, maxBytes: number): Promise<GuardedAnswer> {
  const headers = Object.entries(response.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  const body = await bodyOf(response, maxBytes);
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body };
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (maxBytes === 0) {
    response.destroy();
    return Buffer.alloc(0);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      response.destroy();
      const message = `Expected an answer of at most ${maxBytes} bytes but it is longer.`;
      throw new Stopped({ ok: false, kind: 'tooLarge', message });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The text of an error of the network may hold the address: its code alone is told. */
function failureOf(error: unknown, { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number }): Failed {
  if (error instanceof Stopped) return error.result;
  if (signal.aborted)
    return {
      ok: false,
      kind: 'timeout',
      message: `Expected the receiver to answer within ${timeoutMs} ms but it did not.`,
    };
  const { code } = error as { code?: unknown };
  const why = typeof code === 'string' ? ` (${code})` : '';
  return { ok: false, kind: 'unreachable', message: `Expected the receiver to be reached but it was not${why}.` };
}
