/** A signed-in person at the HTTP interface, as the web app is: session cookie and CSRF token. */
export interface Client {
  get<T>(path: string): Promise<Reply<T>>;
  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply<T>>;
  put<T>(path: string, body?: unknown): Promise<Reply<T>>;
  patch<T>(path: string, body?: unknown): Promise<Reply<T>>;
}

export interface Reply<T> {
  readonly status: number;
  readonly body: T;
}

/** Nobody in particular: what the portal sends. */
export function anonymous(url: string): Client {
  return clientWith(url, {});
}

/** Signs in with a demo account. */
export async function signIn(url: string, username: string, password = 'demo'): Promise<Client> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok) throw new Error(`sign-in of ${username}: ${response.status} ${await response.text()}`);
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return clientWith(url, { cookie, 'x-csrf-token': csrfToken });
}

interface MadeAccount {
  readonly id: string;
  readonly password: string;
  readonly [name: string]: unknown;
}

/** Makes an account, as `proposeAccount` does, whose holder has confirmed its password by changing it there and back. */
export async function makeAccount(url: string, account: MadeAccount): Promise<void> {
  await proposeAccount(url, account);
  const other = `${account.password}.`;
  for (const [current, next] of [
    [account.password, other],
    [other, account.password],
  ] as const) {
    const { status } = await (await signIn(url, account.id, current)).post('/api/session/password', { current, next });
    if (status !== 204) throw new Error(`password of ${account.id}: ${status}`);
  }
}

/** Makes an account as the administrator; the auditor approves it where that is needed. */
export async function proposeAccount(url: string, account: object): Promise<void> {
  const made = await (await signIn(url, 'admin')).post<{ approvalId?: string }>('/api/accounts', account);
  if (made.status > 202) throw new Error(`account: ${made.status} ${JSON.stringify(made.body)}`);
  const { approvalId } = made.body;
  if (approvalId === undefined) return;
  const decision = { decision: 'approve', comment: '同意' };
  const { status } = await (await signIn(url, 'auditor')).post(`/api/studio/approvals/${approvalId}`, decision);
  if (status !== 200) throw new Error(`approval of an account: ${status}`);
}

function clientWith(url: string, identity: Record<string, string>): Client {
  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...identity, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : parse(text)) as T };
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
