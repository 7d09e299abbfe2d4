import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AuditHead, InstanceHead } from '#persistence';

/** What a line of the file of seals says. */
export interface Seal {
  readonly version: 1;
  readonly day: string;
  /** ISO 8601 */
  readonly sealedAt: string;
  readonly log: AuditHead;
  /** File with the heads of instances, its number of lines and SHA-256 (base64url). */
  readonly heads: { readonly file: string; readonly instances: number; readonly digest: string };
  /** Digest of the line before; empty in the first one. */
  readonly previous: string;
  readonly publicKey: string;
}

export interface SignedSeal {
  readonly seal: Seal;
  /** The seal as it was signed. */
  readonly text: string;
  readonly signature: string;
  /** Of the whole line. */
  readonly digest: string;
}

const SEALS = 'seals.jsonl';
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** All seals of the folder, oldest first; none where there is no folder. Lines that cannot be read are told by number. */
export async function readSeals(
  folder: string,
): Promise<{ seals: readonly SignedSeal[]; unreadable: readonly number[] }> {
  const seals: SignedSeal[] = [];
  const unreadable: number[] = [];
  const lines = (await readIfThere(join(folder, SEALS))).split('\n').filter((line) => line !== '');
  lines.forEach((line, index) => {
    const seal = readLine(line);
    if (seal) seals.push(seal);
    else unreadable.push(index + 1);
  });
  return { seals, unreadable };
}

function readLine(line: string): SignedSeal | undefined {
  try {
    const { seal: text, signature } = JSON.parse(line) as { seal: string; signature: string };
    const seal: unknown = JSON.parse(text);
    return isSeal(seal) ? { seal, text, signature, digest: digestOf(line) } : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever edits a line may leave anything behind. Throws where a part is missing. */
function isSeal(value: unknown): value is Seal {
  const { version, day, sealedAt, log, heads, previous, publicKey } = value as Seal;
  const texts = [day, sealedAt, log.hash, heads.file, heads.digest, previous, publicKey];
  const isNamed = /^[\w.+-]+$/.test(heads.file);
  return (
    version === 1 && Number.isSafeInteger(log.position) && isNamed && texts.every((text) => typeof text === 'string')
  );
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Writes one instance a line: key, position, hash. The file is whole on the disk, or not there. */
export async function writeHeads(
  folder: string,
  file: string,
  heads: AsyncIterable<InstanceHead>,
): Promise<Seal['heads']> {
  await mkdir(folder, { recursive: true });
  const hash = createHash('sha256');
  const [path, draft] = [join(folder, file), join(folder, `.${file}`)];
  const target = await open(draft, 'w');
  let instances = 0;
  try {
    for await (const { processInstanceKey, position, hash: head } of heads) {
      const line = `${processInstanceKey} ${position} ${head}\n`;
      hash.update(line);
      await target.write(line);
      instances += 1;
    }
    await target.sync();
  } finally {
    await target.close();
  }
  await rename(draft, path);
  return { file, instances, digest: hash.digest('base64url') };
}

/** Reads what `writeHeads` wrote, and gives its digest at the end. Throws where a line is no head. */
export async function* readHeads(folder: string, file: string): AsyncGenerator<InstanceHead, string> {
  const hash = createHash('sha256');
  for await (const line of createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity })) {
    hash.update(`${line}\n`);
    const [, processInstanceKey, position, head] = /^(\d+) (\d+) (\S+)$/.exec(line) ?? [];
    if (processInstanceKey === undefined) throw new Error(`Expected a head in each line of ${file} but found: ${line}`);
    yield { processInstanceKey, position: Number(position), hash: head! };
  }
  return hash.digest('base64url');
}

/** Appends the seal and waits until it is on the disk; gives its digest. */
export async function appendSeal(folder: string, seal: Seal, sign: (text: string) => string): Promise<string> {
  const text = JSON.stringify(seal);
  const line = JSON.stringify({ seal: text, signature: sign(text) });
  const file = await open(join(folder, SEALS), 'a');
  try {
    await file.write(`${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return digestOf(line);
}
