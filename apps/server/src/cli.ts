import { auditVerify } from './commands/audit-verify.js';
import { backUp } from './commands/back-up.js';
import { createAdministrator } from './commands/create-administrator.js';
import { type Command, readCommand, unknownCommand } from './commands/known-commands.js';
import { explain } from './explain-failure.js';
import { rebuildLedgers } from './commands/rebuild-ledgers.js';
import { migrate } from './commands/migrate.js';
import { restore } from './commands/restore.js';
import { rootFolder } from './settings/root-folder.js';
import { readSettings, type Settings } from './settings/settings.js';
import { verify } from './commands/verify.js';

async function carryOut(settings: Settings, command: Command): Promise<string> {
  if (command.name === 'create-admin') return createAdministrator(settings, command.what);
  if (command.name === 'backup') return backUp(settings, command.what);
  if (command.name === 'restore') return restore(settings, command.what);
  if (command.name === 'verify') return verify(settings, command.sample);
  if (command.name === 'audit-verify') return auditVerify(settings, command);
  if (command.name === 'migrate') return migrate(settings);
  return rebuildLedgers(settings, (text) => process.stderr.write(text));
}

try {
  const words = process.argv.slice(2);
  const command = readCommand(words);
  if (command) process.stdout.write(await carryOut(readSettings(process.env, rootFolder()), command));
  else {
    process.stderr.write(unknownCommand(words));
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
