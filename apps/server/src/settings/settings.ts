import { isAbsolute, join, resolve, sep } from 'node:path';
import { parseDuration } from '#calendar';
import { readClamdAddress, type ClamdAddress } from '../attachments/clamd.js';
import { isMailAddress } from '../mail/letter.js';
import { addressFault, readAllowedHosts, readOrigins, type AllowedHost } from '../outgoing/allowed-hosts.js';
import { readRobots, readSecrets, type ChatRobot, type Secret } from '../outgoing/secrets.js';

export type Role = 'all' | 'api' | 'worker';

/** What an operator sets by environment variables (README, "Settings"). */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** `sqlite:<file>` or `postgres://...`. */
  readonly databaseUrl: string;
  /** Folder that holds `workflows/` and `forms/`. */
  readonly configDir: string;
  readonly dataDir: string;
  readonly role: Role;
  /** How long other nodes wait for a silent one before they take its work. */
  readonly leaseSeconds: number;
  /** How long PostgreSQL may take for a statement before the request is answered 503. */
  readonly databaseTimeoutSeconds: number;
  /** Demo organization and accounts. */
  readonly demo: boolean;
  /** `/v2/clock` may be used. */
  readonly clockControl: boolean;
  /** ISO 8601 duration; absent: the history of ended instances is kept. */
  readonly historyTimeToLive?: string;
  readonly masterKeyFile: string;
  /** Folder for the signed heads of the audit log; best on another machine. */
  readonly auditDir: string;
  /** Private key that signs them. */
  readonly auditKeyFile: string;
  /** Folder for a backup a night (SQLite); absent: none is made. */
  readonly backupDir?: string;
  /** Days that a nightly backup is kept. */
  readonly backupKeepDays: number;
  /** Fingerprints of keys between which the operator changed on purpose. */
  readonly auditKnownKeys: readonly string[];
  /** What a reader of `/metrics` must send as `Authorization: Bearer …`; absent: anybody who reaches the port may read. */
  readonly metricsToken?: string;
  /** Rounds of 2,000 instructions before a process that never rests becomes an incident. */
  readonly maxRounds: number;
  /** Calls, messages and signals by which instances may cause one another before one becomes an incident. */
  readonly maxCascade: number;
  /** As Fastify's `trustProxy`: false, true, or addresses of proxies. */
  readonly trustProxy: boolean | readonly string[];
  /** Address under which people reach the server, without a slash at the end. */
  readonly baseUrl: string;
  /** Origins that the job type `ct.webhook` may send to; none: it sends nowhere. */
  readonly webhookOrigins: readonly AllowedHost[];
  /** Where the job type `ct.http` and group chats may send to, and what they send there by name. */
  readonly outgoing: Outgoing;
  /** Server and sender of notices by e-mail; absent: none is sent. */
  readonly mail?: { readonly url: string; readonly from: string };
  /** Scanner that looks at each upload; absent: none does. */
  readonly clamd?: ClamdAddress;
  /** Folder of the built web app. */
  readonly webDir: string;
}

/** What the operator alone decides about what leaves the server (`OUTGOING_…`, `CHAT_ROBOT_…`). */
export interface Outgoing {
  readonly hosts: readonly AllowedHost[];
  /** By name. Their values are in no variable, log, incident or history. */
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly robots: ReadonlyMap<string, ChatRobot>;
}

/** All faults of the environment at once, one sentence each. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings; relative paths start at `root`, the folder of package.json.
 *
 * @throws SettingsError with every fault found.
 */
export function readSettings(environment: Environment, root: string): Settings {
  const faults: string[] = [];
  const reader = new EnvironmentReader(environment, faults);
  const port = reader.port('PORT', 3000);
  const host = reader.text('HOST', '127.0.0.1');
  const dataDir = absolute(root, reader.text('DATA_DIR', 'data'));
  const settings: Settings = {
    port,
    host,
    dataDir,
    databaseUrl: databaseUrl(reader.text('DATABASE_URL', `sqlite:${join(dataDir, 'changtong.sqlite')}`), root, faults),
    configDir: absolute(root, reader.text('CONFIG_DIR', '.')),
    role: reader.oneOf('ROLE', ['all', 'api', 'worker'], 'all'),
    leaseSeconds: reader.wholeNumber('LEASE_SECONDS', { from: 2, to: 300, fallback: 10 }),
    databaseTimeoutSeconds: reader.wholeNumber('DATABASE_TIMEOUT_SECONDS', { from: 1, to: 600, fallback: 15 }),
    demo: reader.flag('DEMO', true),
    clockControl: reader.flag('CLOCK_CONTROL', false),
    ...reader.duration('HISTORY_TIME_TO_LIVE', 'historyTimeToLive'),
    masterKeyFile: absolute(root, reader.text('MASTER_KEY_FILE', join(dataDir, 'master.key'))),
    auditDir: absolute(root, reader.text('AUDIT_DIR', join(dataDir, 'audit'))),
    auditKeyFile: absolute(root, reader.text('AUDIT_KEY_FILE', join(dataDir, 'audit.key'))),
    ...reader.folder('BACKUP_DIR', 'backupDir', root),
    backupKeepDays: reader.wholeNumber('BACKUP_KEEP_DAYS', { from: 1, to: 31, fallback: 14 }),
    auditKnownKeys: reader.fingerprints('AUDIT_KNOWN_KEYS'),
    ...reader.token('METRICS_TOKEN', 'metricsToken'),
    maxRounds: reader.count('MAX_ROUNDS', 2_500),
    maxCascade: reader.count('MAX_CASCADE', 10_000),
    trustProxy: trustProxy(reader.text('TRUST_PROXY', 'false')),
    baseUrl: reader.url('BASE_URL', `http://${host.includes(':') ? `[${host}]` : host}:${port}`),
    webhookOrigins: reader.origins('WEBHOOK_ORIGINS'),
    outgoing: readOutgoing(environment, faults),
    ...reader.mail('SMTP_URL', 'MAIL_FROM'),
    ...reader.clamd('CLAMD'),
    webDir: join(root, 'dist', 'web'),
  };
  faults.push(...loopbackFaults(settings), ...backupFaults(settings));
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

/** Tells whether a host can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function loopbackFaults({ host, demo, clockControl }: Settings): string[] {
  if (isLoopback(host)) return [];
  const faults: string[] = [];
  if (demo) {
    faults.push(
      `DEMO=true has accounts with known passwords, so HOST must be a loopback address but it is ${host}: set DEMO=false or HOST=127.0.0.1.`,
    );
  }
  if (clockControl) faults.push(`CLOCK_CONTROL=true is allowed on a loopback HOST alone but HOST is ${host}.`);
  return faults;
}

function backupFaults({ backupDir, dataDir, databaseUrl: url }: Settings): string[] {
  if (backupDir === undefined) return [];
  if (!url.startsWith('sqlite:'))
    return ['BACKUP_DIR is for SQLite alone: back up PostgreSQL with pg_dump or an archive of its log, and unset it.'];
  const attachments = join(dataDir, 'attachments');
  return `${resolve(backupDir)}${sep}`.startsWith(`${attachments}${sep}`)
    ? [`BACKUP_DIR must not lie in ${attachments}, of which a backup is made, but it is ${backupDir}.`]
    : [];
}

function readOutgoing(environment: Environment, faults: string[]): Outgoing {
  const report = (fault: string) => void faults.push(fault);
  const { hosts, faulty } = readAllowedHosts(environment['OUTGOING_HOSTS'] ?? '');
  for (const entry of faulty)
    report(
      `OUTGOING_HOSTS must be hosts such as https://erp.example.org, https://*.example.org:8443 or http://scale.local=10.1.0.0/16, parted by commas, but one is ${JSON.stringify(entry)}.`,
    );
  const secrets = readSecrets(environment, report);
  const robots = readRobots(environment, report);
  for (const [name, { url }] of robots)
    if (addressFault(url, hosts) !== undefined)
      report(`CHAT_ROBOT_${name} must be an address on a host of OUTGOING_HOSTS.`);
  return { hosts, secrets, robots };
}

function absolute(root: string, path: string): string {
  return isAbsolute(path) ? path : resolve(root, path);
}

function databaseUrl(url: string, root: string, faults: string[]): string {
  if (url === 'sqlite::memory:') {
    faults.push('DATABASE_URL must name a file: two connections cannot share a database in memory.');
    return url;
  }
  if (url.startsWith('sqlite:')) return `sqlite:${absolute(root, url.slice('sqlite:'.length))}`;
  if (!/^postgres(ql)?:\/\/./.test(url)) faults.push('DATABASE_URL must begin with sqlite: or postgres://.');
  return url;
}

function trustProxy(text: string): boolean | readonly string[] {
  if (text === 'true') return true;
  return text === 'false' || text === '' ? false : text.split(',').map((address) => address.trim());
}

class EnvironmentReader {
  constructor(
    private readonly environment: Environment,
    private readonly faults: string[],
  ) {}

  text(name: string, fallback: string): string {
    return this.environment[name]?.trim() || fallback;
  }

  /** Both or none; what is told of a fault does not repeat the address, which may hold a password. */
  mail(urlName: string, fromName: string): Pick<Settings, 'mail'> {
    const [url, from] = [this.text(urlName, ''), this.text(fromName, '')];
    if (url === '' && from === '') return {};
    if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || new URL(url).hostname === '')
      this.faults.push(`${urlName} must be an address such as smtp://user:password@mail.example.org:587 or smtps://….`);
    if (!isMailAddress(from)) this.faults.push(`${fromName} must be a mailbox such as desk@example.org.`);
    return { mail: { url, from } };
  }

  clamd(name: string): Pick<Settings, 'clamd'> {
    const text = this.text(name, '');
    if (text === '') return {};
    const clamd = readClamdAddress(text);
    if (!clamd) this.faults.push(`${name} must be host:port or unix:/path of clamd but it is ${JSON.stringify(text)}.`);
    return clamd ? { clamd } : {};
  }

  port(name: string, fallback: number): number {
    const text = this.text(name, String(fallback));
    const port = Number(text);
    if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
    this.faults.push(`${name} must be a number from 0 to 65535 but it is ${JSON.stringify(text)}.`);
    return fallback;
  }

  count(name: string, fallback: number): number {
    const text = this.text(name, String(fallback));
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    this.faults.push(`${name} must be a whole number from 1 but it is ${JSON.stringify(text)}.`);
    return fallback;
  }

  wholeNumber(name: string, { from, to, fallback }: { from: number; to: number; fallback: number }): number {
    const text = this.text(name, String(fallback));
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= from && number <= to) return number;
    this.faults.push(`${name} must be a whole number from ${from} to ${to} but it is ${JSON.stringify(text)}.`);
    return fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    return this.oneOf(name, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const text = this.text(name, fallback);
    const found = values.find((value) => value === text);
    if (found === undefined)
      this.faults.push(`${name} must be one of ${values.join(', ')} but it is ${JSON.stringify(text)}.`);
    return found ?? fallback;
  }

  duration<K extends string>(name: string, key: K): { readonly [P in K]?: string } {
    const text = this.text(name, '');
    if (text === '') return {};
    if (!text.startsWith('-') && parseDuration(text)) return { [key]: text } as { readonly [P in K]: string };
    this.faults.push(`${name} must be an ISO 8601 duration such as P2Y but it is ${JSON.stringify(text)}.`);
    return {};
  }

  origins(name: string): readonly AllowedHost[] {
    const { hosts, faulty } = readOrigins(this.text(name, ''));
    for (const text of faulty)
      this.faults.push(
        `${name} must be origins such as https://erp.example.org, parted by commas, but one is ${JSON.stringify(text)}.`,
      );
    return hosts;
  }

  /** What is told of a fault does not repeat the token. */
  token<K extends string>(name: string, key: K): { readonly [P in K]?: string } {
    const text = this.text(name, '');
    if (text === '') return {};
    if (!/^[\w.~+/=-]{16,}$/.test(text))
      this.faults.push(`${name} must have at least 16 letters, digits or - . _ ~ + / = alone.`);
    return { [key]: text } as { readonly [P in K]: string };
  }

  folder<K extends string>(name: string, key: K, root: string): { readonly [P in K]?: string } {
    const path = this.text(name, '');
    return path === '' ? {} : ({ [key]: absolute(root, path) } as { readonly [P in K]: string });
  }

  fingerprints(name: string): readonly string[] {
    const words = this.text(name, '')
      .split(',')
      .map((word) => word.trim().toLowerCase())
      .filter((word) => word !== '');
    for (const word of words.filter((one) => !/^[0-9a-f]{32}$/.test(one)))
      this.faults.push(
        `${name} must be fingerprints of 32 hexadecimal digits, parted by commas, but one is ${JSON.stringify(word)}.`,
      );
    return words;
  }

  url(name: string, fallback: string): string {
    const text = this.text(name, fallback);
    if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
    this.faults.push(`${name} must be an http or https address but it is ${JSON.stringify(text)}.`);
    return fallback;
  }
}
