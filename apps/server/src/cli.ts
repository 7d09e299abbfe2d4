import { auditVerify } from './commands/audit-verify.js';
import { backUp } from './commands/back-up.js';
import { createAdministrator } from './commands/create-administrator.js';
import { explain } from './explain-failure.js';
import { rebuildLedgers } from './commands/rebuild-ledgers.js';
import { migrate } from './commands/migrate.js';
import { restore } from './commands/restore.js';
import { rootFolder } from './settings/root-folder.js';
import { readSettings } from './settings/settings.js';
import { verify } from './commands/verify.js';

const usage = `
用法 Usage:
  npm start -- create-admin <id>   建立管理员，密码从标准输入读取 / makes an administrator; the password is read from standard input
  npm start -- migrate             升级数据库 / brings the database up to date
  npm start -- backup <folder>     在线备份数据库和附件（不含主密钥）/ backs up database and attachments while the server runs, without the master key
  npm start -- restore <folder>    核对后恢复备份 / checks a backup and puts it in place
  npm start -- verify [--sample n] 核对数据库 / checks key, schema, the chain of events and that each history replays to its state
  npm start -- audit-verify        核对审计日志与库外封存的链头 / checks the audit log against rows, chains and the signed heads in AUDIT_DIR
  npm start -- rebuild-ledgers     重新生成台账和指标（SQLite 须先停服务）/ makes the rows of ledgers and indicators again; on SQLite with the server stopped
`;

/** The number after `--sample`; undefined: all. */
function sampleOf(words: readonly string[]): number | undefined {
  const [name, count] = words;
  return name === '--sample' && /^[1-9]\d{0,8}$/.test(count ?? '') ? Number(count) : undefined;
}

try {
  const settings = readSettings(process.env, rootFolder());
  const [command, ...words] = process.argv.slice(2);
  if (command === 'create-admin' && words[0]) process.stdout.write(await createAdministrator(settings, words[0]));
  else if (command === 'backup' && words[0]) process.stdout.write(await backUp(settings, words[0]));
  else if (command === 'restore' && words[0]) process.stdout.write(await restore(settings, words[0]));
  else if (command === 'verify') process.stdout.write(await verify(settings, sampleOf(words)));
  else if (command === 'audit-verify') process.stdout.write(await auditVerify(settings));
  else if (command === 'rebuild-ledgers')
    process.stdout.write(await rebuildLedgers(settings, (text) => process.stderr.write(text)));
  else if (command === 'migrate') process.stdout.write(await migrate(settings));
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
