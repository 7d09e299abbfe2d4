// Preloaded into the server by the crash tests (NODE_OPTIONS=--import): kills the own process at the n-th passing of a
// named edge. The edge stands in CRASH_EDGE from the start, or comes in DATA_DIR/crash-plan.json with the signal SIGUSR2.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { observeEdges } from '#persistence';

let edge = process.env.CRASH_EDGE ?? '';
let left = Number(process.env.CRASH_PASS ?? 1);

observeEdges((passed) => {
  if (passed !== edge) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
});

process.on('SIGUSR2', () => {
  const plan = JSON.parse(readFileSync(join(process.env.DATA_DIR, 'crash-plan.json'), 'utf8'));
  left = plan.pass;
  edge = plan.edge;
});
