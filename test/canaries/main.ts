import { parseArgs } from 'node:util';
import { startServer } from '../support/server-process.js';
import { runCanaries } from './run-canaries.js';

const { values } = parseArgs({
  options: { petitioners: { type: 'string', default: '2000' }, 'cases-each': { type: 'string', default: '50' } },
});
const server = await startServer({ LOG_LEVEL: 'debug', CLOCK_CONTROL: 'true', TRUST_PROXY: 'true' });
try {
  const { url, dataDir, output: log } = server;
  const place = { url, dataDir, log, casesEach: Number(values['cases-each']) };
  const result = await runCanaries(place, Number(values.petitioners));
  for (const { where, fields } of result.finds) process.stdout.write(`FOUND ${fields.join(', ')} in ${where}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  const { opened, marked, entries } = result.reveals;
  const isEmpty = marked === 0 || result.files.claimed === 0;
  process.exitCode = result.finds.length > 0 || opened !== entries || isEmpty ? 1 : 0;
} finally {
  await server.dispose();
}
