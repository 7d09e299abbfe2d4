import { queryString, request, requestFile } from '../http.js';
import type { Routes } from './schema.js';

export type { Routes } from './schema.js';
export type Route = keyof Routes;
/** What comes back from a route. */
export type Answer<R extends Route> = Routes[R]['answer'];
type Given<R extends Route, Part extends string> = Routes[R] extends { [P in Part]: infer T } ? T : undefined;
export type Body<R extends Route> = Given<R, 'body'>;
/** A value that is not set is left out of the address. */
type Unset<Q> = { [Name in keyof Q]: Q[Name] | null | '' };

type Params<R extends Route> = Routes[R] extends { params: infer T } ? { params: T } : { params?: undefined };
type Query<R extends Route> = Routes[R] extends { query: infer T }
  ? Record<string, never> extends T
    ? { query?: Unset<T> }
    : { query: Unset<T> }
  : { query?: undefined };
type WithBody<R extends Route> = Routes[R] extends { body: infer T } ? { body: T } : { body?: undefined };

export type Options = {
  idempotencyKey?: string;
  signal?: AbortSignal | undefined;
  /** Portal requests carry neither cookie nor token. */
  anonymous?: boolean;
};
type Input<R extends Route> = Params<R> & Query<R> & WithBody<R> & Options;
/** Nothing has to be given where all of it may be left out. */
type Arguments<R extends Route> = Partial<Input<R>> extends Input<R> ? [input?: Input<R>] : [input: Input<R>];

type Parts = Options & {
  params?: Record<string, string>;
  query?: Record<string, string | number | null | undefined>;
  body?: unknown;
};

/** Sends one request of `/api` and gives what comes back; throws HttpProblem for everything that is not 2xx. */
export function call<R extends Route>(route: R, ...[input]: Arguments<R>): Promise<Answer<R>> {
  const { params, query, body, idempotencyKey, signal, anonymous } = (input ?? {}) as Parts;
  return request<Answer<R>>(addressOf(route, params, query), {
    method: methodOf(route),
    ...(body !== undefined && { body }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(signal && { signal }),
    ...(anonymous && { anonymous }),
  });
}

/** The same for a route that answers with a file. */
export function callForFile<R extends Route>(
  route: Answer<R> extends Blob ? R : never,
  ...[input]: Arguments<R>
): Promise<{ blob: Blob; name: string }> {
  const { params, query, body } = (input ?? {}) as Parts;
  return requestFile(addressOf(route, params, query), body);
}

function addressOf(route: string, params: Parts['params'] = {}, query: Parts['query'] = {}): string {
  const path = route.slice(route.indexOf(' ') + 1);
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')) + queryString(query);
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const methodOf = (route: string): Method => route.slice(0, route.indexOf(' ')) as Method;
