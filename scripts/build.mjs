// npm run build: compiles the server to dist/ and bundles the web app to dist/web.
import { bin, buildWhenChanged, install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
buildServer();
buildWeb();

function buildServer() {
  buildWhenChanged(
    'server',
    ['apps/server', 'libs', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'],
    () => {
      say('building the server …');
      run(process.execPath, [bin('@nestjs/cli/bin/nest.js'), 'build', 'server']);
    },
  );
}

function buildWeb() {
  buildWhenChanged('web', ['apps/web', 'libs/forms', 'libs/feel', 'libs/calendar', 'package.json'], () => {
    say('building the web app …');
    run(process.execPath, [
      bin('vite/bin/vite.js'),
      'build',
      '--config',
      'apps/web/vite.config.ts',
      '--logLevel',
      'warn',
    ]);
  });
}
