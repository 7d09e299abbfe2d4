import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from './settings.js';

describe('settings', () => {
  it('start with SQLite in the data folder, demo accounts and a loopback address', () => {
    const settings = readSettings({}, '/app');

    expect(settings).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: 'sqlite:/app/data/changtong.sqlite',
      configDir: '/app',
      demo: true,
      clockControl: false,
      maxRounds: 2_500,
      maxCascade: 10_000,
      role: 'all',
      masterKeyFile: '/app/data/master.key',
      auditDir: '/app/data/audit',
      auditKeyFile: '/app/data/audit.key',
      auditKnownKeys: [],
      baseUrl: 'http://127.0.0.1:3000',
    });
  });

  it('make no nightly backup until the operator names a folder; of SQLite alone, for a month at most', () => {
    const { backupDir } = readSettings({}, '/app');
    const { backupDir: named, backupKeepDays } = readSettings({ BACKUP_DIR: 'copies' }, '/app');
    const faults = faultsOf(() =>
      readSettings({ BACKUP_DIR: 'copies', BACKUP_KEEP_DAYS: '90', DATABASE_URL: 'postgres://db/changtong' }, '/app'),
    );

    expect([backupDir, named, backupKeepDays]).toEqual([undefined, '/app/copies', 14]);
    expect(faults).toEqual([
      expect.stringMatching(/^BACKUP_KEEP_DAYS must be a whole number from 1 to 31/),
      expect.stringMatching(/^BACKUP_DIR is for SQLite alone/),
    ]);
  });

  it('refuse nightly backups within what a backup copies', () => {
    const faults = ['data/attachments', '/app/data/attachments/copies/', '/app/data/x/../attachments'].map((folder) =>
      faultsOf(() => readSettings({ BACKUP_DIR: folder }, '/app')),
    );

    expect(faults).toEqual(Array(3).fill([expect.stringMatching(/^BACKUP_DIR must not lie in .app.data.attachments/)]));
    expect(readSettings({ BACKUP_DIR: 'data/attachments-copies' }, '/app').backupDir).toBe(
      '/app/data/attachments-copies',
    );
  });

  it('name a virus scanner by port or socket, or none', () => {
    const named = [undefined, 'clamav:3310', '[::1]:3310', 'unix:/run/clamav/clamd.ctl'].map(
      (CLAMD) => readSettings({ CLAMD }, '/app').clamd,
    );
    const faults = ['clamav', 'http://clamav:3310', 'clamav:70000', 'unix:clamd'].map((CLAMD) =>
      faultsOf(() => readSettings({ CLAMD }, '/app')),
    );

    expect(named).toEqual([
      undefined,
      { host: 'clamav', port: 3310 },
      { host: '::1', port: 3310 },
      { path: '/run/clamav/clamd.ctl' },
    ]);
    expect(faults).toEqual(Array(4).fill([expect.stringMatching(/^CLAMD must be host:port or unix:.path/)]));
  });

  it('refuse demo accounts on an address that others can reach', () => {
    const read = () => readSettings({ HOST: '0.0.0.0' }, '/app');

    expect(read).toThrow(/DEMO=true has accounts with known passwords/);
  });

  it('refuse control of the clock on an address that others can reach', () => {
    const read = () => readSettings({ HOST: '10.0.0.5', DEMO: 'false', CLOCK_CONTROL: 'true' }, '/app');

    expect(read).toThrow(/CLOCK_CONTROL=true/);
  });

  it('name every fault at once', () => {
    const environment = {
      PORT: 'http',
      ROLE: 'boss',
      DATABASE_URL: 'mysql://x',
      BASE_URL: 'example',
      DEMO: 'yes',
      MAX_ROUNDS: '0',
      MAX_CASCADE: 'many',
      LEASE_SECONDS: '1',
      DATABASE_TIMEOUT_SECONDS: '0',
    };

    const faults = faultsOf(() => readSettings(environment, '/app'));

    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(
      expect.arrayContaining([
        'PORT',
        'ROLE',
        'DATABASE_URL',
        'BASE_URL',
        'DEMO',
        'MAX_ROUNDS',
        'MAX_CASCADE',
        'LEASE_SECONDS',
        'DATABASE_TIMEOUT_SECONDS',
      ]),
    );
  });

  it('let webhooks go nowhere unless origins are named', () => {
    const text = 'https://erp.example.org/, http://10.0.0.7:8080, http://scale.local=10.1.0.0/16';

    const named = readSettings({ WEBHOOK_ORIGINS: text }, '/app');

    expect(readSettings({}, '/app').webhookOrigins).toEqual([]);
    expect(named.webhookOrigins).toMatchObject([
      { scheme: 'https', host: 'erp.example.org', port: 443, networks: [] },
      { scheme: 'http', host: '10.0.0.7', port: 8080, networks: [{ address: '10.0.0.7', prefix: 32 }] },
      { scheme: 'http', host: 'scale.local', port: 80, networks: [{ address: '10.1.0.0', prefix: 16 }] },
    ]);
  });

  it.each([
    '*',
    'erp.example.org',
    'ftp://erp.example.org',
    'https://erp.example.org/hooks',
    'https://li:s@erp.org',
    'https://*.example.org',
  ])('refuse %s as an origin of webhooks', (origin) => {
    const faults = faultsOf(() => readSettings({ WEBHOOK_ORIGINS: origin }, '/app'));

    expect(faults).toEqual([expect.stringMatching(/^WEBHOOK_ORIGINS must be origins such as/)]);
  });

  it('let nothing go out unless hosts are named, and read secrets and robots by their names', () => {
    const { outgoing } = readSettings(
      {
        OUTGOING_HOSTS: 'https://erp.example.org, http://scale.local:81=10.1.0.0/16',
        OUTGOING_SECRET_ERP: 'https://erp.example.org Bearer abc',
        CHAT_ROBOT_OFFICE: 'https://erp.example.org/send?key=k SECkey',
      },
      '/app',
    );

    expect(readSettings({}, '/app').outgoing.hosts).toEqual([]);
    expect(outgoing.hosts.map(({ host, port }) => `${host}:${port}`)).toEqual([
      'erp.example.org:443',
      'scale.local:81',
    ]);
    expect([...outgoing.secrets]).toEqual([['ERP', { origin: 'https://erp.example.org', value: 'Bearer abc' }]]);
    expect([...outgoing.robots]).toEqual([
      ['OFFICE', { url: 'https://erp.example.org/send?key=k', signKey: 'SECkey' }],
    ]);
  });

  it('refuse hosts, secrets and robots that cannot be meant, without repeating what is secret', () => {
    const faults = faultsOf(() =>
      readSettings(
        {
          OUTGOING_HOSTS: 'erp.example.org',
          OUTGOING_SECRET_A: 'canary-without-origin',
          OUTGOING_SECRET_B: 'https://a.org/path canary',
          CHAT_ROBOT_C: 'https://elsewhere.example.org/?key=canary',
          CHAT_ROBOT_D: 'canary',
        },
        '/app',
      ),
    );

    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'OUTGOING_HOSTS',
      'OUTGOING_SECRET_A',
      'OUTGOING_SECRET_B',
      'CHAT_ROBOT_D',
      'CHAT_ROBOT_C',
    ]);
    expect(faults.join()).not.toContain('canary');
  });

  it('read addresses of proxies', () => {
    const settings = readSettings({ TRUST_PROXY: '10.0.0.1, 10.0.0.2' }, '/app');

    expect(settings.trustProxy).toEqual(['10.0.0.1', '10.0.0.2']);
  });
});

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return (error as SettingsError).faults;
  }
}
