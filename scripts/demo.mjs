// npm run demo: a mine in the middle of its work. Starts the server on a data folder of its own; the first time the
// stories of demo/stories.json are played through the public API, with the clock where each of them happened.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, follow, requireNode, run, say } from './lib.mjs';
import { play } from './demo/play.mjs';

requireNode();
run(process.execPath, ['scripts/build.mjs']);
const dataDir = process.env.DATA_DIR ?? join(root, 'data', 'demo');
const port = process.env.PORT ?? '3000';
const url = `http://127.0.0.1:${port}`;
const server = join(root, 'dist/apps/server/src/main.js');
const done = join(dataDir, '.played');
const environment = { DATA_DIR: dataDir, PORT: port, HOST: '127.0.0.1', DEMO: 'true' };

if (!existsSync(done)) {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  say('playing the stories of demo/stories.json …');
  const stage = spawn(process.execPath, [server], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment, CLOCK_CONTROL: 'true', LOG_LEVEL: 'error' },
  });
  try {
    const played = await play(url);
    writeFileSync(done, `${new Date().toISOString()}\n`);
    say(`${played.cases} cases, ${played.steps} steps`);
  } finally {
    const ended = new Promise((resolve) => stage.once('exit', resolve));
    stage.kill('SIGTERM');
    await ended;
  }
}
say('starting …');
follow(process.execPath, ['--enable-source-maps', server], environment);
