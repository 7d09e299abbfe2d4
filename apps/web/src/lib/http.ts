import type { FieldProblem } from './api-types.js';
import { comesFromServer, connection } from './connection.js';

/** After this time without an answer the page asks whether the server is there at all. */
const SLOW_MS = 20_000;

/** A refusal or failure of the server, or of the way to it (status 0), with a sentence a person can act on. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly fields: FieldProblem[] = [],
    readonly code: string | null = null,
  ) {
    super(message);
    this.name = 'HttpProblem';
  }

  /** True when sending the same again may work: no connection, overload or a fault on the server's side. */
  get mayRetry(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Portal requests carry neither cookie nor token. */
  anonymous?: boolean;
};

let csrfToken = '';
let sessionLost: () => void = () => undefined;

export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

/** Says whom to tell when the server no longer knows the session. */
export function whenSessionIsLost(listener: () => void): void {
  sessionLost = listener;
}

/** Sends one request and gives its JSON; throws HttpProblem for everything that is not 2xx. */
export async function request<T>(path: string, options: Request = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 401 && !options.anonymous) sessionLost();
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Sends one request and gives its text as it is. */
export async function requestText(path: string): Promise<string> {
  const response = await send(path, {});
  if (response.status === 401) sessionLost();
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

/** Sends one request and gives the file that comes back, with the name that the server gave it. */
export async function requestFile(path: string, body: unknown): Promise<{ blob: Blob; name: string }> {
  const response = await send(path, { method: 'POST', body });
  if (response.status === 401) sessionLost();
  if (!response.ok) throw await problemOf(response);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return { blob: await response.blob(), name: name ? decodeURIComponent(name) : 'export' };
}

async function send(path: string, options: Request): Promise<Response> {
  const method = options.method ?? 'GET';
  const isMultipart = options.body instanceof FormData;
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (options.body !== undefined && !isMultipart) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && !options.anonymous && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  const slow = setTimeout(connection.missed, SLOW_MS);
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: options.anonymous ? 'omit' : 'same-origin',
      cache: 'no-store',
      ...(options.body === undefined ? {} : { body: bodyOf(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (comesFromServer(response)) connection.heard();
    else connection.missed();
    return response;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    connection.missed();
    throw new HttpProblem(0, '');
  } finally {
    clearTimeout(slow);
  }
}

function bodyOf(body: unknown): BodyInit {
  return body instanceof FormData ? body : JSON.stringify(body);
}

async function problemOf(response: Response): Promise<HttpProblem> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const message = typeof body.detail === 'string' ? body.detail : typeof body.title === 'string' ? body.title : '';
  const fields = Array.isArray(body.fields) ? (body.fields as FieldProblem[]) : [];
  return new HttpProblem(response.status, message, fields, typeof body.code === 'string' ? body.code : null);
}

/** `?a=1&b=2` from the values that are set. */
export function queryString(values: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** A key that marks all sendings of one submission, so that a retry never saves it twice. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}
