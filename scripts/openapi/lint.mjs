// Lints docs/openapi.json: rules of Redocly, and that nothing is without text, example, answer or errors.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { gapsOf } from './gaps.mjs';

const root = join(import.meta.dirname, '../..');
const source = readFileSync(join(root, 'docs/openapi.json'), 'utf8');
/** An operation that always refuses has no success; health and metrics have no refusals; paths of the engine API are given. */
const rules = {
  'info-license': 'off',
  'operation-2xx-response': 'off',
  'operation-4xx-response': 'off',
  'no-ambiguous-paths': 'off',
  'no-server-example.com': 'off',
};
const config = await createConfig({ extends: ['recommended'], rules });
const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
const problems = found.map(
  ({ severity, ruleId, message, location }) => `${severity} ${ruleId} ${location[0]?.pointer ?? ''} ${message}`,
);
const gaps = gapsOf(JSON.parse(source));
for (const line of [...problems, ...gaps]) console.error(line);
console.log(`docs/openapi.json: ${problems.length} problems, ${gaps.length} gaps`);
process.exitCode = problems.length + gaps.length > 0 ? 1 : 0;
