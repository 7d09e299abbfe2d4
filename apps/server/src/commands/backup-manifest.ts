import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SettingsError } from '../settings/settings.js';

export const databaseName = 'changtong.sqlite';
export const attachmentsName = 'attachments';
const manifestName = 'manifest.json';

/** What a backup folder holds. The master key is never part of it. */
export interface BackupManifest {
  readonly format: 1;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Names the master key without telling it. */
  readonly masterKeyFingerprint: string;
  /** Path below the folder to SHA-256 of the content, in hexadecimal digits. */
  readonly files: Readonly<Record<string, string>>;
}

export const manifestPath = (folder: string): string => join(folder, manifestName);

/** Reads the manifest of a backup. @throws SettingsError where there is none that can be read. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(manifestPath(folder), 'utf8').catch(() => undefined);
  if (text === undefined) throw new SettingsError([`Expected a backup in ${folder} but it holds no ${manifestName}.`]);
  const manifest = parse(text);
  if (manifest?.format === 1 && typeof manifest.masterKeyFingerprint === 'string' && manifest.files) return manifest;
  throw new SettingsError([`Expected ${manifestName} in ${folder} to be one of this program but it is not.`]);
}

function parse(text: string): BackupManifest | undefined {
  try {
    return JSON.parse(text) as BackupManifest;
  } catch {
    return undefined;
  }
}

/** The digests of all files below a folder but for the manifest. */
export async function digestsBelow(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const digests: [string, string][] = [];
  for (const path of paths.filter((each) => each !== manifestName).toSorted())
    digests.push([path, await digestOf(join(folder, path))]);
  return Object.fromEntries(digests);
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Where a backup folder is no longer what its manifest says, one sentence for each file. */
export async function damageOf(folder: string, { files }: BackupManifest): Promise<readonly string[]> {
  const found = await digestsBelow(folder);
  const changed = Object.keys(files).filter((path) => found[path] !== files[path]);
  return changed.map(
    (path) => `Expected ${path} as it was backed up but it ${found[path] ? 'has changed' : 'is missing'}.`,
  );
}
