// Who acts in the demo: the demo accounts, each with a session of its own, and petitioners without one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib.mjs';
import { DAY } from './moments.mjs';

const START_MS = 60_000;
const setting = (name) => JSON.parse(readFileSync(join(root, 'workflows', `${name}.json`), 'utf8'));

export async function peopleOf(url) {
  await untilReady(url);
  const { accounts } = setting('organization');
  // All come to work at once: a password takes long to check, on every core that there is.
  const sessions = new Map(await Promise.all(accounts.map(async ({ id }) => [id, await signIn(url, id)])));
  const session = (account) => sessions.get(account);
  const as = async (account, method, path, body) => send(url, { method, path, body, headers: session(account) });
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
    accountsWith: (roles) =>
      accounts.filter(({ id, roles: own }) => roles.has(id) || own.some((role) => roles.has(role))).map(({ id }) => id),
    tasksOf: async (account, caseNo) => {
      const q = caseNo ? `&q=${encodeURIComponent(caseNo)}` : '';
      const { items } = await as(account, 'GET', `/api/tasks?view=all&sort=created&limit=200${q}`);
      return items.filter(({ state }) => state === 'CREATED');
    },
    complete: (account, task, data) => as(account, 'POST', `/api/tasks/${task}/completion`, { data }),
    instancesOf: async (processes) => {
      const body = { filter: { processDefinitionId: { $in: processes }, state: 'ACTIVE' }, page: { limit: 100 } };
      return (await as('admin', 'POST', '/v2/process-instances/search', body)).items;
    },
    /** Tasks, as the engine sees them: without what they are about. */
    waitingAt: async (elementIds) => {
      const filter = { type: 'USER_TASK', state: 'ACTIVE', elementId: { $in: elementIds } };
      return (await as('admin', 'POST', '/v2/element-instances/search', { filter, page: { limit: 1000 } })).items;
    },
    recountSchedules: () => as('admin', 'POST', '/api/schedules/recount'),
    /** What comes due until then, but not what comes every day. */
    dueSchedules: async (until) => {
      const schedules = await as('admin', 'GET', '/api/schedules');
      const rare = schedules.filter(({ dueAt, lastAt }) => !lastAt || Date.parse(dueAt) - Date.parse(lastAt) > 2 * DAY);
      return [...new Set(rare.map(({ dueAt }) => Date.parse(dueAt)))].filter((at) => at <= until);
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
  return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
}
