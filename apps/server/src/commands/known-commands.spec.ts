import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCommand } from './known-commands.js';

describe('the command line', () => {
  it.each([
    ['backup /tmp/b', { name: 'backup', what: '/tmp/b' }],
    ['verify', { name: 'verify', sample: undefined }],
    ['verify --sample 20', { name: 'verify', sample: 20 }],
    ['audit-verify', { name: 'audit-verify', olderFolder: false }],
    ['audit-verify --older-folder', { name: 'audit-verify', olderFolder: true }],
    ['migrate', { name: 'migrate' }],
  ])('knows %s', (line, command) => {
    expect(readCommand(line.split(' '))).toEqual(command);
  });

  it.each(['audit:verify', 'audit-verify --older', 'verify --sample', 'verify 20', 'backup', 'migrate now', 'serve'])(
    'refuses %s',
    (line) => {
      expect(readCommand(line.split(' '))).toBeUndefined();
    },
  );

  it.each(['main', 'cli'])('of the built %s ends with the list of known ones where a word is unknown', (program) => {
    const file = resolve(`dist/apps/server/src/${program}.js`);
    // Settings that no server starts with: the words are read first.
    const env = { ...process.env, PORT: 'none' };
    const { status, stderr } = spawnSync(process.execPath, [file, 'audit:verify'], {
      encoding: 'utf8',
      env,
      timeout: 60_000,
    });

    expect(status).toBe(2);
    expect(stderr).toMatch(/No such command: audit:verify[^]*npm start -- audit-verify/);
  });
});
