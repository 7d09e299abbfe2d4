import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { decrypt, encrypt, pack, unpack } from './authenticated-encryption.js';
import { keyFileText } from './key-file.js';
import { VaultError } from './vault-error.js';

const KEY_BYTES = 32;

/** The one secret of an installation. It never leaves this object; what others need is derived from it. */
export interface MasterKey {
  /** Names the key without telling it; stored in the database. */
  readonly fingerprint: string;
  wrap(dataKey: Buffer, caseKey: string, version: number): string;
  /** Throws `VaultError` `tampered` where the wrapped key or its case was changed. */
  unwrap(wrapped: string, caseKey: string, version: number): Buffer;
  /** Keyed hash for predicates; the same everywhere in one installation, useless outside. */
  indexHash(kind: string, text: string): string;
  /** Key for what belongs to no case. */
  readonly commonKey: Buffer;
}

/**
 * Reads the master key file; at the first start makes it, readable by its owner alone (0600). Several nodes may start at
 * once: one makes the file, the others read it. Throws `VaultError` `keyFileInvalid` on any other content.
 */
export function createMasterKey(file: string): MasterKey {
  const text = keyFileText(file, () => `${randomBytes(KEY_BYTES).toString('hex')}\n`);
  if (!/^[0-9a-f]{64}\s*$/.test(text)) {
    throw new VaultError('keyFileInvalid', `Expected ${file} to hold 64 hexadecimal digits.`);
  }
  return masterKeyOf(Buffer.from(text.trim(), 'hex'));
}

/** The master key made of 32 secret bytes. */
export function masterKeyOf(secret: Buffer): MasterKey {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `changtong/${purpose}`, KEY_BYTES));
  const wrapping = derive('wrap');
  const index = derive('index');
  return {
    fingerprint: derive('fingerprint').toString('hex').slice(0, 32),
    commonKey: derive('common'),
    wrap: (dataKey, caseKey, version) =>
      pack(encrypt(wrapping, dataKey, ['caseKey', caseKey, version])).toString('base64'),
    unwrap: (wrapped, caseKey, version) =>
      decrypt(wrapping, unpack(Buffer.from(wrapped, 'base64')), ['caseKey', caseKey, version]),
    indexHash: (kind, text) =>
      createHmac('sha256', index)
        .update(JSON.stringify([kind, text]))
        .digest('base64'),
  };
}
