import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SettingsError } from '../settings/settings.js';

/** Ed25519; signs the heads of the audit log. */
export interface SigningKey {
  /** Base64url of the public key (SPKI, DER); stands in each seal. */
  readonly publicKey: string;
  /** Base64url. */
  sign(text: string): string;
}

/**
 * Reads the key; at the first start makes it, readable by its owner alone (0600). Several nodes may start at once: one
 * makes the file, the others read it.
 *
 * @throws SettingsError on any other content.
 */
export function openSigningKey(file: string): SigningKey {
  const key = readKey(file, readIfThere(file) ?? makeKeyFile(file));
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64url');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}

/** What an operator compares: the first 32 hexadecimal digits of the public key's SHA-256. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 32);

function readKey(file: string, text: string): KeyObject {
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw new SettingsError([`AUDIT_KEY_FILE must hold a private Ed25519 key (PKCS#8, PEM) but ${file} does not.`]);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeKeyFile(file: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
  return readFileSync(file, 'utf8');
}
