import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FileChange, isSafePath, maxFileBytes } from './files.js';

/** A change that the configuration folder refuses; `code` is `unsafePath`, `fileTooLarge` or `duplicatePath`. */
export class RefusedFileChange extends Error {
  constructor(
    readonly code: 'unsafePath' | 'fileTooLarge' | 'duplicatePath',
    readonly path: string,
  ) {
    super(refusals[code](path));
    this.name = 'RefusedFileChange';
  }
}

const refusals = {
  unsafePath: (path: string) =>
    `Expected a path of a known kind inside workflows/ or forms/ but found ${JSON.stringify(path)}.`,
  fileTooLarge: (path: string) => `Expected ${path} to hold at most ${maxFileBytes} bytes.`,
  duplicatePath: (path: string) => `Expected one change for ${path} but found two.`,
};

interface Prepared {
  readonly path: string;
  readonly target: string;
  /** Holds the new content beside the target; absent where the file is taken away. */
  readonly temporary?: string;
  /** What stood there before; undefined where there was no file. */
  readonly before: Buffer | undefined;
}

/**
 * Writes and takes away files of a configuration folder, all or none: new contents are written beside their targets
 * first, then renamed over them; where one step fails, what was done before is undone.
 *
 * @throws RefusedFileChange before anything is touched; else what the file system threw, after undoing.
 */
export async function writeFiles(dir: string, changes: readonly FileChange[]): Promise<void> {
  await refuseBadChanges(dir, changes);
  const prepared: Prepared[] = [];
  const done: Prepared[] = [];
  try {
    for (const change of changes) prepared.push(await prepare(dir, change));
    for (const one of prepared) {
      done.push(one);
      await carryOut(one);
    }
  } catch (error) {
    await Promise.all(done.map(restore));
    throw error;
  } finally {
    await Promise.all(prepared.map(({ temporary }) => temporary && rm(temporary, { force: true })));
  }
}

async function refuseBadChanges(dir: string, changes: readonly FileChange[]): Promise<void> {
  const seen = new Set<string>();
  for (const { path, content } of changes) {
    if (!isSafePath(path) || (await passesLink(dir, path))) throw new RefusedFileChange('unsafePath', path);
    if (seen.has(path)) throw new RefusedFileChange('duplicatePath', path);
    if (content !== null && Buffer.byteLength(content) > maxFileBytes)
      throw new RefusedFileChange('fileTooLarge', path);
    seen.add(path);
  }
}

/** A link below the folder could lead a safe-looking path out of it. */
async function passesLink(dir: string, path: string): Promise<boolean> {
  const parts = path.split('/');
  const steps = parts.map((_, index) => join(dir, ...parts.slice(0, index + 1)));
  const links = await Promise.all(steps.map(async (step) => (await statOrNothing(step))?.isSymbolicLink() ?? false));
  return links.some(Boolean);
}

async function prepare(dir: string, { path, content }: FileChange): Promise<Prepared> {
  const target = join(dir, ...path.split('/'));
  const before = (await statOrNothing(target)) ? await readFile(target) : undefined;
  if (content === null) return { path, target, before };
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(temporary, content, { flag: 'wx', flush: true });
  return { path, target, temporary, before };
}

async function carryOut({ target, temporary }: Prepared): Promise<void> {
  if (temporary) await rename(temporary, target);
  else await rm(target, { force: true });
}

async function restore({ target, before }: Prepared): Promise<void> {
  if (before === undefined) await rm(target, { force: true });
  else await writeFile(target, before);
}

async function statOrNothing(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
