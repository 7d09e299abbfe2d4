import { createAdministrator } from './commands/create-administrator.js';
import { explain } from './explain-failure.js';
import { migrate } from './commands/migrate.js';
import { rootFolder } from './settings/root-folder.js';
import { readSettings } from './settings/settings.js';
import { verify } from './commands/verify.js';

const usage = `
用法 Usage:
  npm start -- create-admin <id>   建立管理员，密码从标准输入读取 / makes an administrator; the password is read from standard input
  npm start -- migrate             升级数据库 / brings the database up to date
  npm start -- verify              核对事件链，断处退出码为 1 / follows the chain of events; exit code 1 where it is broken
`;

try {
  const settings = readSettings(process.env, rootFolder());
  const [command, ...words] = process.argv.slice(2);
  if (command === 'create-admin' && words[0]) process.stdout.write(await createAdministrator(settings, words[0]));
  else if (command === 'migrate') process.stdout.write(await migrate(settings));
  else if (command === 'verify') {
    const { text, isWhole } = await verify(settings);
    process.stdout.write(text);
    if (!isWhole) process.exitCode = 1;
  } else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(explain(error));
  process.exitCode = 1;
}
