import { createApp } from './bootstrap.js';
import { announce } from './announcement.js';
import { unknownCommand } from './commands/known-commands.js';
import { explain } from './explain-failure.js';
import { rootFolder } from './settings/root-folder.js';
import { readSettings } from './settings/settings.js';

const drainMs = 20_000;

// Whoever asks for something else must not get a server: commands belong to cli.js.
const words = process.argv.slice(2);
if (words.length > 0) {
  process.stderr.write(unknownCommand(words));
  process.exit(2);
}

try {
  const settings = readSettings(process.env, rootFolder());
  const running = await createApp(settings, { logLevel: process.env['LOG_LEVEL'] ?? 'info' });
  await running.app.listen(settings.port, settings.host);
  process.stdout.write(announce(running));
  const stop = (signal: string) => {
    running.platform.log.info({ signal }, 'draining');
    setTimeout(() => process.exit(1), drainMs).unref();
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(explain(error));
  process.exit(1);
}
