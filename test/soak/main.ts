import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../support/server-process.js';
import { Cases } from './cases.js';
import { startControl } from './control.js';
import { type Minute, percentile, verdictOf } from './windows.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '20' },
    settled: { type: 'string', default: '5' },
  },
});
const [length, rate, settled] = [Number(values.minutes), Number(values.rate), Number(values.settled)];
const MINUTE_MS = 60_000;
const SAMPLE_MS = 2_000;
const MEGABYTE = 1024 * 1024;
/** Growth after the first minutes that still counts as flat. */
const FLAT = 0.1;
/** Growth of p99 against the control that still counts as none. */
const STEADY = 1.25;

const control = await startControl();
const server = await startServer({ LOG_LEVEL: 'error' });
const failures: string[] = [];
let times: number[] = [];
let controlTimes: number[] = [];
let memory: { readonly resident: number; readonly heap: number }[] = [];
let finished = 0;
const cases = new Cases(server.url, (step, ms) => {
  if (step !== 'search') times.push(ms);
});

async function runCase(order: number): Promise<void> {
  const begin = performance.now();
  const noOp = fetch(control.url, { method: 'POST' }).then(async (response) => {
    await response.text();
    controlTimes.push(performance.now() - begin);
  });
  await Promise.all([cases.runOne(order), noOp]).then(
    () => (finished += 1),
    (error: unknown) => failures.push(String(error)),
  );
}

/** Closes the figures of a minute. */
function takeMinute(minute: number): Minute {
  const figures = {
    minute,
    cases: finished,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    controlP99: percentile(controlTimes, 0.99),
    heap: Math.min(...memory.map(({ heap }) => heap)) / MEGABYTE,
    resident: percentile(
      memory.map(({ resident }) => resident / MEGABYTE),
      0.5,
    ),
  };
  [times, controlTimes, memory, finished] = [[], [], [], 0];
  return figures;
}

const shown = ({ minute, cases: count, p50, p99, controlP99, heap, resident }: Minute) =>
  `minute ${minute}: ${count} cases, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, control ${controlP99.toFixed(1)} ms, heap ${heap.toFixed(1)} MB, resident ${resident.toFixed(0)} MB`;

const minutes: Minute[] = [];
try {
  await cases.deploy();
  const begin = performance.now();
  const sampling = setInterval(() => void cases.memory().then((sample) => memory.push(sample), String), SAMPLE_MS);
  const running = new Set<Promise<void>>();
  for (let order = 0; order < length * 60 * rate && failures.length < 100; order += 1) {
    // Cases begin when their turn has come, whether the earlier ones have ended or not.
    const early = begin + (order * 1000) / rate - performance.now();
    if (early > 0) await new Promise((done) => setTimeout(done, early));
    const one = runCase(order).finally(() => running.delete(one));
    running.add(one);
    if (performance.now() - begin >= (minutes.length + 1) * MINUTE_MS) {
      const minute = takeMinute(minutes.length);
      minutes.push(minute);
      console.log(shown(minute));
    }
  }
  clearInterval(sampling);
  await Promise.all(running);
  if (times.length > rate * 60) minutes.push(takeMinute(minutes.length));
} finally {
  await server.dispose();
  control.stop();
}

const verdict = verdictOf(minutes, settled);
const isFlat = verdict.heapGrowth <= FLAT && verdict.residentGrowth <= FLAT;
const isSteady = verdict.p99Growth <= STEADY;
mkdirSync('test-results', { recursive: true });
writeFileSync(join('test-results', 'soak.json'), `${JSON.stringify({ rate, minutes, verdict, failures }, null, 2)}\n`);
failures.slice(0, 5).forEach((text) => console.error(text));
console.log(`${isFlat ? 'met   ' : 'missed'}  memory flat after minute ${settled} (growth <= ${FLAT})`);
console.log(`${isSteady ? 'met   ' : 'missed'}  p99 against the control does not grow (<= ${STEADY})`);
console.log(`${failures.length === 0 ? 'met   ' : 'missed'}  each case ends (${failures.length} failed)`);
console.log(JSON.stringify(verdict));
process.exitCode = isFlat && isSteady && failures.length === 0 ? 0 : 1;
