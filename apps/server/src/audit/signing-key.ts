import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { keyFileText } from '#vault';
import { SettingsError } from '../settings/settings.js';

/** Ed25519; signs the heads of the audit log. */
export interface SigningKey {
  /** Base64url of the public key (SPKI, DER); stands in each seal. */
  readonly publicKey: string;
  /** Base64url. */
  sign(text: string): string;
}

/**
 * Reads the key; at the first start makes it, readable by its owner alone (0600).
 *
 * @throws SettingsError on any other content.
 */
export function openSigningKey(file: string): SigningKey {
  const key = readKey(file, keyFileText(file, newKey));
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

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
