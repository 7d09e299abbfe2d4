import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const OPENAPI = 'docs/openapi.json';
/** Pages that open protected content by themselves; each opening is recorded. */
const REVEALING = new Set(['/api/attachments/{id}', '/api/documents/{id}']);
const STREAMS = new Set(['/api/events']);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
}

/** A page or search that somebody may ask for. */
export interface Address {
  readonly method: 'GET' | 'POST';
  /** With names in braces for keys. */
  readonly path: string;
}

/** Every page and search of the described API that opens nothing protected. */
export function addresses(): readonly Address[] {
  const { paths } = JSON.parse(readFileSync(resolve(OPENAPI), 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  return Object.entries(paths).flatMap(([path, methods]): Address[] => {
    if (REVEALING.has(path) || STREAMS.has(path)) return [];
    const needs = methods['get']?.parameters?.some((one) => one.in === 'query' && one.required) ?? false;
    return [
      ...(methods['get'] && !needs ? [{ method: 'GET' as const, path }] : []),
      ...(methods['post'] && path.endsWith('/search') ? [{ method: 'POST' as const, path }] : []),
    ];
  });
}

/** One of the demo accounts, signed in. */
export class Visitor {
  private constructor(
    readonly account: string,
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  static async signedIn(url: string, account: string): Promise<Visitor> {
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: account, password: 'demo' }),
    });
    if (!answer.ok) throw new Error(`Expected ${account} to sign in but the answer was ${answer.status}.`);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    const { csrfToken } = (await answer.json()) as { readonly csrfToken: string };
    return new Visitor(account, url, { cookie: cookie.join('; '), 'x-csrf-token': csrfToken });
  }

  async ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: Buffer }> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${this.account}: ${method} ${path} was answered ${answer.status}: ${answer.body.toString()}`);
    return JSON.parse(answer.body.toString()) as T;
  }
}
