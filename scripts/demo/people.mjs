// Who acts in the demo: the demo accounts, each with a session of its own, and petitioners without one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib.mjs';

const START_MS = 60_000;
const setting = (name) => JSON.parse(readFileSync(join(root, 'workflows', `${name}.json`), 'utf8'));

export async function peopleOf(url) {
  await untilReady(url);
  const sessions = new Map();
  const session = async (account) => {
    if (!sessions.has(account)) sessions.set(account, await signIn(url, account));
    return sessions.get(account);
  };
  const as = async (account, method, path, body) => send(url, { method, path, body, headers: await session(account) });
  // Petitioners come from many places; a server that trusts no proxy does not read this.
  let place = 0;
  const anonymous = (method, path, body) => {
    place = (place + 1) % 65_536;
    const headers = { 'x-forwarded-for': `10.1.${place >> 8}.${place & 255}` };
    return send(url, { method, path, body, headers });
  };
  const rooms = Object.values(setting('rooms'));
  const { entries, tracking } = setting('portal');
  return {
    as,
    anonymous,
    starts: { entries, launchers: setting('launchers') },
    roomAction: (message) =>
      rooms.flatMap(({ actions = [] }) => actions).find((action) => action.message === message)?.id,
    portalAction: (message) => tracking.actions.find((action) => action.message === message)?.id,
    instancesOf: async (processDefinitionId) => {
      const body = { filter: { processDefinitionId, state: 'ACTIVE' }, page: { limit: 100 } };
      const { items } = await as('admin', 'POST', '/v2/process-instances/search', body);
      return items.map(({ processInstanceKey }) => processInstanceKey);
    },
    // `=name` stands for the variable `name` of the instance.
    variable: async (processInstanceKey, value) => {
      if (typeof value !== 'string' || !/^=\w+$/.test(value)) return value;
      const filter = { processInstanceKey, scopeKey: processInstanceKey, name: value.slice(1) };
      const { items } = await as('admin', 'POST', '/v2/variables/search?truncateValues=false', { filter });
      return items[0] && JSON.parse(items[0].value);
    },
    visitor: ({ code, pin }, { action, data }) =>
      anonymous('POST', `/api/portal/case/actions/${action}`, { code, ...(pin && { pin }), data }),
    setClock: (at) => as('admin', 'PUT', '/v2/clock', { timestamp: at }),
    resetClock: () => as('admin', 'POST', '/v2/clock/reset'),
  };
}

async function untilReady(url) {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The server at ${url} was not ready within ${START_MS / 1000} s.`);
}

async function signIn(url, username) {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'demo' }),
  });
  if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { cookie: cookie.join('; '), 'x-csrf-token': (await answer.json()).csrfToken };
}

async function send(url, { method, path, body, headers = {} }) {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    const message = `${method} ${path} was answered ${answer.status}: ${text}`;
    throw Object.assign(new Error(message), { status: answer.status });
  }
  return text === '' ? undefined : JSON.parse(text);
}
