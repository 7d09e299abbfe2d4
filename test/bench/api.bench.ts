import { startControl } from '../soak/control.js';
import { startServer } from '../support/server-process.js';
import { openLoad, type Load } from './http-load.js';
import { alternating, atLeast, median, plainSeconds, ratios, shown, spread, type Figure } from './measure.js';

const REQUESTS = 4_000;
const CONNECTIONS = 16;
const WARM_UP = 5;
const ROUNDS = 15;
const PATHS = { topology: '/v2/topology', me: '/v2/authentication/me' };

/** Cheap reads of the engine API with a signed-in account, against a request of bare Nest on Fastify that does nothing. */
export async function apiFigures(): Promise<readonly Figure[]> {
  const server = await startServer({ LOG_LEVEL: 'error' });
  const control = await startControl();
  try {
    const bare = await openLoad({ url: control.url }, CONNECTIONS);
    const authorization = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
    const figures: Figure[] = [];
    for (const [key, path] of Object.entries(PATHS)) {
      const ours = await openLoad({ url: server.url + path, headers: { authorization } }, CONNECTIONS);
      figures.push(...(await compared(key, path, ours, bare)));
      ours.close();
    }
    bare.close();
    return figures;
  } finally {
    control.stop();
    await server.dispose();
  }
}

async function compared(key: string, path: string, ours: Load, bare: Load): Promise<readonly Figure[]> {
  const sides = [() => ours.send(REQUESTS), () => bare.send(REQUESTS)];
  for (let round = 0; round < WARM_UP; round++) for (const side of sides) await side();
  const [own = [], other = []] = await alternating(ROUNDS, sides, plainSeconds);
  const byRound = ratios(other, own);
  const perSecond = (times: readonly number[]) => times.map((time) => REQUESTS / time);
  return [
    atLeast(`GET ${path} against a no-op of bare Nest on Fastify`, median(byRound), 0.7, 'times', {
      key: `api.${key}.ratio`,
      beside: spread(byRound, 'times by round'),
    }),
    shown('the same, requests a second', median(perSecond(own)), '', {
      key: `api.${key}.perSecond`,
      beside: `${spread(perSecond(own), '')} beside ${spread(perSecond(other), '')}`,
    }),
  ];
}
