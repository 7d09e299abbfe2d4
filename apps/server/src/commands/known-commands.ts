/** What the command line of the server can do; `npm start --` gives it on, and `npm run audit:verify` and others are short for it. */
export const usage = `
用法 Usage:
  npm start                        启动服务 / starts the server
  npm start -- create-admin <id>   建立管理员，密码从标准输入读取 / makes an administrator; the password is read from standard input
  npm start -- migrate             升级数据库 / brings the database up to date
  npm start -- backup <folder>     在线备份数据库和附件（不含主密钥）/ backs up database and attachments while the server runs, without the master key
  npm start -- restore <folder>    核对后恢复备份 / checks a backup and puts it in place
  npm start -- verify [--sample n] 核对数据库 / checks key, schema, the chain of events and that each history replays to its state
  npm start -- audit-verify [--older-folder]
                                   核对审计日志与库外封存的链头 / checks the audit log against rows, chains and the signed heads in AUDIT_DIR; --older-folder: it is an older copy on purpose
  npm start -- rebuild-ledgers     重新生成台账和指标（SQLite 须先停服务）/ makes the rows of ledgers and indicators again; on SQLite with the server stopped
`;

export type Command =
  | { readonly name: 'create-admin' | 'backup' | 'restore'; readonly what: string }
  | { readonly name: 'verify'; readonly sample: number | undefined }
  | { readonly name: 'audit-verify'; readonly olderFolder: boolean }
  | { readonly name: 'migrate' | 'rebuild-ledgers' };

/** What the words of a command line ask for; undefined where they are no known command, or say more than it takes. */
export function readCommand([name, ...words]: readonly string[]): Command | undefined {
  const [first, second] = words;
  if (name === 'create-admin' || name === 'backup' || name === 'restore')
    return first !== undefined && first !== '' && words.length === 1 ? { name, what: first } : undefined;
  if (name === 'migrate' || name === 'rebuild-ledgers') return words.length === 0 ? { name } : undefined;
  if (name === 'audit-verify') {
    if (words.length === 0) return { name, olderFolder: false };
    return words.length === 1 && first === '--older-folder' ? { name, olderFolder: true } : undefined;
  }
  if (name !== 'verify') return undefined;
  if (words.length === 0) return { name, sample: undefined };
  const isSample = words.length === 2 && first === '--sample' && /^[1-9]\d{0,8}$/.test(second ?? '');
  return isSample ? { name, sample: Number(second) } : undefined;
}

/** Says that the words are no command, and which there are. */
export const unknownCommand = (words: readonly string[]): string =>
  words.length === 0 ? usage : `\n没有这个命令 No such command: ${words.join(' ')}\n${usage}`;
