import { parseArgs } from 'node:util';
import { postgresPrograms } from './cluster.js';
import { runRaces } from './run-races.js';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '4' },
    jobs: { type: 'string', default: '20000' },
    pauses: { type: 'string', default: '200' },
    kills: { type: 'string', default: '100' },
    'restarts-minutes': { type: 'string', default: '10' },
    'lease-seconds': { type: 'string', default: '3' },
    'at-most-minutes': { type: 'string', default: '120' },
    seed: { type: 'string', default: '20261125' },
  },
});

const RESTART_EVERY_MS = 10_000;
const programs = postgresPrograms();
if (!programs) {
  process.stderr.write('The races need the programs of PostgreSQL (initdb, pg_ctl): install the package postgresql.\n');
  process.exit(2);
}
const leaseMs = Number(values['lease-seconds']) * 1_000;
const result = await runRaces({
  programs,
  nodes: Number(values.nodes),
  jobs: Number(values.jobs),
  pauses: Number(values.pauses),
  kills: Number(values.kills),
  restarts: Math.round((Number(values['restarts-minutes']) * 60_000) / RESTART_EVERY_MS),
  restartEveryMs: RESTART_EVERY_MS,
  leaseMs,
  withinMs: Number(values['at-most-minutes']) * 60_000,
  seed: Number(values.seed),
  openAtMost: 300,
  settleMs: 15 * 60_000,
  say: (text) => void process.stdout.write(`${text}\n`),
});
for (const law of result.broken) process.stdout.write(`BROKEN ${law}\n`);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = result.broken.length > 0 || result.takeovers.maxMs > leaseMs + 5_000 ? 1 : 0;
