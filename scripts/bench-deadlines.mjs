// npm run bench:deadlines [cases]: as many matters of the pack, sent in through the public API of the built server, come due in
// the same minute. How long until every mark is performed, and how the task list answers over HTTP before and meanwhile.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { peopleOf } from './demo/people.mjs';
import { requireNode, root, run, say } from './lib.mjs';

const CASES = Number(process.argv[2] ?? 10_000);
const CONNECTIONS = 24;
const IDLE_LOOKS = 400;
const LOOK_EVERY_MS = 25;
const COME_AGAIN_MS = 1_000;
const LONGEST_S = 300;
const TIMES = 3;
const PATIENCE_MS = 30 * 60_000;
/** A Monday, an hour after work has begun; each matter is to be looked at before the end of the next working day. */
const SENT = Date.parse('2026-03-02T09:00:00+08:00');
const HALF_WAY = Date.parse('2026-03-03T15:00:00+08:00');
const DUE = Date.parse('2026-03-04T00:00:30+08:00');
const PORT = process.env.PORT ?? '3999';

async function measure(url) {
  const people = await peopleOf(url);
  await people.setClock(SENT);
  const entry = people.starts.entries.find(({ formId }) => formId === 'F01-portal');
  let refused = 0;
  const sending = await seconds(() =>
    manyAtOnce(CASES, (count) =>
      untilTaken(
        () => people.anonymous(...matter(entry.id, count)),
        () => (refused += 1),
      ),
    ),
  );
  say(`${CASES} matters sent in ${sending.toFixed(1)} s, ${refused} times told to come again later`);
  const marks = new Database(join(dataDir, 'changtong.sqlite'), { readonly: true });
  await until(() => openDeadlines(marks) >= CASES);
  await people.setClock(HALF_WAY);
  await until(() => left(marks, HALF_WAY) === 0);
  const idle = await looks(people, (count) => count < IDLE_LOOKS);
  let isDone = false;
  const busy = looks(people, () => !isDone);
  const handling = await seconds(async () => {
    await people.setClock(DUE);
    await until(() => left(marks, DUE) === 0);
  });
  isDone = true;
  const meanwhile = await busy;
  const performed = marks
    .prepare("SELECT count(*) AS count FROM deadlines WHERE deadline_id = 'register' AND performed LIKE '%\"1\"%'")
    .get().count;
  marks.close();
  tell(`${performed} of ${CASES} matters, all marks performed`, handling, LONGEST_S, 's');
  const [before, then] = [quantile(idle), quantile(meanwhile)];
  tell(
    `task list p95 ${before.toFixed(1)} ms idle, ${then.toFixed(1)} ms of ${meanwhile.length} looks meanwhile`,
    then / before,
    TIMES,
    'x',
  );
  if (performed !== CASES) throw new Error(`Expected the marks of ${CASES} matters but ${performed} were performed.`);
}

const matter = (entry, count) => [
  'POST',
  `/api/portal/entries/${entry}`,
  {
    data: {
      wish: 'solve',
      subject: `加班工资没有发 ${count}`,
      mainFacts: '去年十二月加班六天，工资里没有算。',
      demands: [{ text: '补发加班工资' }],
      anonymous: false,
      name: '信访人乙',
      phone: `139${String(count).padStart(8, '0')}`,
      consentNotice: true,
      headcount: 1,
      preferredContact: 'code',
      imminentDanger: false,
    },
  },
];

/** A server with a full queue says so; whoever sends comes again. */
async function untilTaken(act, onRefused) {
  for (;;) {
    try {
      return await act();
    } catch (cause) {
      if (cause.status !== 503) throw cause;
      onRefused();
      await after(COME_AGAIN_MS);
    }
  }
}

/** A few connections that are always busy. */
async function manyAtOnce(total, act) {
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < total) await act(next++);
    }),
  );
}

/** Milliseconds of each look at the first page of the office's list, one after the other. */
async function looks(people, goesOn) {
  const times = [];
  while (goesOn(times.length)) {
    times.push(
      (await seconds(() => people.as('xf_clerk', 'GET', '/api/tasks?view=claimable&sort=due&limit=50'))) * 1_000,
    );
    await after(LOOK_EVERY_MS);
  }
  return times;
}

const openDeadlines = (database) =>
  database.prepare("SELECT count(*) AS count FROM deadlines WHERE deadline_id = 'register' AND state = 'OPEN'").get()
    .count;

/** Marks that are due and not performed, and what processes still have to do for those that are. */
const left = (database, at) =>
  database.prepare('SELECT count(*) AS count FROM deadlines WHERE next_at <= ?').get(at).count +
  database.prepare('SELECT count(*) AS count FROM inbox').get().count;

async function until(holds) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await after(100)) if (holds()) return;
  throw new Error(`Expected it to be so within ${PATIENCE_MS / 60_000} minutes.`);
}

async function seconds(act) {
  const begun = performance.now();
  await act();
  return (performance.now() - begun) / 1_000;
}

const quantile = (times) => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1];

function tell(what, measured, most, unit) {
  say(`${measured <= most ? 'met   ' : 'missed'}  ${what}: ${measured.toFixed(2)} ${unit} (target ${most})`);
}

requireNode();
run(process.execPath, ['scripts/build.mjs']);
const dataDir = mkdtempSync(join(tmpdir(), 'changtong-bench-'));
const server = spawn(process.execPath, [join(root, 'dist/apps/server/src/main.js')], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    DATA_DIR: dataDir,
    PORT,
    HOST: '127.0.0.1',
    DEMO: 'true',
    CLOCK_CONTROL: 'true',
    LOG_LEVEL: 'error',
    TRUST_PROXY: 'true',
  },
});
try {
  await measure(`http://127.0.0.1:${PORT}`);
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
