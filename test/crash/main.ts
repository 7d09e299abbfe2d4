import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRun } from './kill-run.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '250' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    from: { type: 'string', default: '0' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const [kills, seed, from] = [Number(values.kills), Number(values.seed), Number(values.from)];
const database = values.database === 'postgres' ? 'postgres' : 'sqlite';
const startedAt = Date.now();
const report = await killRun({ kills, seed, from, database, say: console.log });
const seconds = Math.round((Date.now() - startedAt) / 1000);
const result = { date: new Date().toISOString().slice(0, 10), database, seed, from, ...report, seconds };
const folder = join(process.cwd(), 'test-results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `crash-${database}-${seed}-${from}.json`), `${JSON.stringify(result, null, 2)}\n`);
const commands = Object.values(report.acknowledged).reduce((sum, count) => sum + count, 0);
console.log(
  `| ${result.date} | ${database} | ${seed} | ${from}–${from + report.kills - 1} | ${report.kills} | ${commands} | ${report.interrupted} | ${report.faults.length} |`,
);
console.log(JSON.stringify(result));
process.exitCode = report.faults.length === 0 ? 0 : 1;
