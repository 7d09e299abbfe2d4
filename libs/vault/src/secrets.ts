import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** About 40 ms and 16 MB for one hash (RFC 7914: N, r, p). */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const HASH_BYTES = 32;
const MAX_LENGTH = 1_024;

/** Hashes a password: `scrypt$1$N$r$p$salt$hash`, salt and hash base64url. Throws on more than 1,024 characters. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > MAX_LENGTH) throw new RangeError(`Expected at most ${MAX_LENGTH} characters.`);
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ['scrypt', 1, COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Tells whether a password belongs to a stored hash. Without a hash (unknown account) it takes as long and says no, so
 * that the time does not tell who exists.
 */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const parsed = stored ? parse(stored) : undefined;
  const { salt, hash, cost } = parsed ?? { salt: Buffer.alloc(16), hash: Buffer.alloc(HASH_BYTES), cost: COST };
  const found = await derive(password.slice(0, MAX_LENGTH + 1), salt, cost);
  return timingSafeEqual(found, hash) && parsed !== undefined && password.length <= MAX_LENGTH;
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function parse(stored: string): { salt: Buffer; hash: Buffer; cost: Cost } | undefined {
  const match = /^scrypt\$1\$(\d{1,7})\$(\d{1,2})\$(\d)\$([\w-]+)\$([\w-]+)$/.exec(stored);
  const [, N, r, p, salt = '', hash = ''] = match ?? [];
  const bytes = Buffer.from(hash, 'base64url');
  if (!match || bytes.length !== HASH_BYTES) return undefined;
  return { salt: Buffer.from(salt, 'base64url'), hash: bytes, cost: { N: Number(N), r: Number(r), p: Number(p) } };
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const options = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}
