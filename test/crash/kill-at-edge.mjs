// Preloaded into the server by the crash tests (NODE_OPTIONS=--import): kills the own process at the n-th passing of a
// named edge. The edge stands in CRASH_EDGE from the start, or comes in the file CRASH_PLAN with the signal SIGUSR2.
import { readFileSync } from 'node:fs';
import { observeEdges } from '#persistence';

let edge = process.env.CRASH_EDGE ?? '';
let left = Number(process.env.CRASH_PASS ?? 1);

observeEdges((passed) => {
  if (passed !== edge) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
});

process.on('SIGUSR2', () => {
  const plan = JSON.parse(readFileSync(process.env.CRASH_PLAN, 'utf8'));
  left = plan.pass;
  edge = plan.edge;
});
