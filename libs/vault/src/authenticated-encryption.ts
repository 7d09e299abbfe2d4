import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultError } from './vault-error.js';

/** AES-256-GCM, NIST SP 800-38D: 96-bit vector from the system's randomness, 128-bit tag. */
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Encrypted {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** Encrypts and binds the result to `associated`: opening under anything else fails. */
export function encrypt(key: Buffer, plaintext: Uint8Array, associated: readonly unknown[]): Encrypted {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(associatedData(associated));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

/** Opens what `encrypt` made. Throws `VaultError` `tampered` where a single bit differs. */
export function decrypt(key: Buffer, encrypted: Encrypted, associated: readonly unknown[]): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, encrypted.iv, { authTagLength: TAG_BYTES })
      .setAAD(associatedData(associated))
      .setAuthTag(encrypted.tag);
    return Buffer.concat([decipher.update(encrypted.ciphertext), decipher.final()]);
  } catch (cause) {
    throw new VaultError('tampered', 'Expected an unchanged encrypted value but its check failed.', { cause });
  }
}

/** Vector, tag and ciphertext in one piece. */
export function pack({ iv, tag, ciphertext }: Encrypted): Buffer {
  return Buffer.concat([iv, tag, ciphertext]);
}

/** The reverse of `pack`. */
export function unpack(packed: Buffer): Encrypted {
  const body = IV_BYTES + TAG_BYTES;
  return { iv: packed.subarray(0, IV_BYTES), tag: packed.subarray(IV_BYTES, body), ciphertext: packed.subarray(body) };
}

/** JSON keeps the parts apart, so no two lists of parts look the same. */
function associatedData(parts: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify(parts), 'utf8');
}
