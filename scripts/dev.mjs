// npm run dev: the server rebuilds and restarts on change (port 3000); the web app is served by Vite with hot reload (port 5173).
import { spawn } from 'node:child_process';
import { bin, install, requireNode, root } from './lib.mjs';

requireNode();
install();
const children = [
  spawn(process.execPath, [bin('@nestjs/cli/bin/nest.js'), 'start', 'server', '--watch'], {
    cwd: root,
    stdio: 'inherit',
  }),
  spawn(process.execPath, [bin('vite/bin/vite.js'), '--config', 'apps/web/vite.config.ts'], {
    cwd: root,
    stdio: 'inherit',
  }),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
