import { decrypt, encrypt, pack, unpack } from './authenticated-encryption.js';
import type { Encrypted } from './authenticated-encryption.js';
import type { DraftRow, SealedValueRow, ValueKind } from './rows.js';
import { VaultError } from './vault-error.js';

/** Lengths are rounded up to this many bytes, so that a ciphertext does not tell how long a name is. */
const PADDING_BYTES = 64;

export interface LeafToSeal {
  readonly sealedKey: string;
  /** Path of the field without row numbers. */
  readonly field: string;
  readonly class: string;
  /** Any JSON value. */
  readonly value: unknown;
}

export interface Authorship {
  /** Account id, or `portal`. */
  readonly writtenBy: string;
  /** Epoch ms. */
  readonly writtenAt: number;
  readonly userTaskKey?: string;
}

/** Encrypts and opens what belongs to one case. Lives as long as one request; nobody keeps it. */
export interface CaseCipher {
  readonly caseKey: string;
  seal(leaf: LeafToSeal, by: Authorship): SealedValueRow;
  /** Throws `VaultError` `tampered` when the row, or any column it is bound to, was changed. */
  open(row: SealedValueRow): unknown;
  sealDraft(draft: { userTaskKey: string; account: string; data: unknown; savedAt: number }): DraftRow;
  /** Throws `VaultError` `tampered` when the draft belongs to another task, account or case. */
  openDraft(row: DraftRow): unknown;
  /** For files: encrypts bytes bound to `name` (the attachment's id). */
  sealBytes(bytes: Uint8Array, name: string): Buffer;
  openBytes(sealed: Buffer, name: string): Buffer;
  /** For what is known of a file, such as what its owner calls it: JSON bound to `name`, as text. */
  sealAbout(about: unknown, name: string): string;
  /** Throws `VaultError` `tampered` when it belongs to another file or case. */
  openAbout(sealed: string, name: string): unknown;
}

/** Binds a data key to its case. `dataKey` is 32 bytes. */
export function caseCipher(caseKey: string, version: number, dataKey: Buffer): CaseCipher {
  const draftOf = (userTaskKey: string, account: string): unknown[] => [
    'draft',
    caseKey,
    userTaskKey,
    account,
    version,
  ];
  const fileOf = (name: string): unknown[] => ['file', caseKey, name, version];
  const aboutOf = (name: string): unknown[] => ['about', caseKey, name, version];
  return {
    caseKey,
    seal(leaf, by) {
      const { sealedKey, field, value } = leaf;
      const bound = [caseKey, field, sealedKey, version, leaf.class];
      return {
        sealed_key: sealedKey,
        case_key: caseKey,
        field,
        class: leaf.class,
        kind: kindOf(value),
        key_version: version,
        ...toColumns(encrypt(dataKey, toBytes(value), bound)),
        written_by: by.writtenBy,
        written_at: by.writtenAt,
        user_task_key: by.userTaskKey ?? null,
      };
    },
    open(row) {
      requireVersion(row.key_version, version);
      return toValue(decrypt(dataKey, fromColumns(row), [row.case_key, row.field, row.sealed_key, version, row.class]));
    },
    sealDraft({ userTaskKey, account, data, savedAt }) {
      const columns = toColumns(encrypt(dataKey, toBytes(data), draftOf(userTaskKey, account)));
      return {
        user_task_key: userTaskKey,
        account,
        case_key: caseKey,
        key_version: version,
        ...columns,
        saved_at: savedAt,
      };
    },
    openDraft(row) {
      requireVersion(row.key_version, version);
      return toValue(decrypt(dataKey, fromColumns(row), draftOf(row.user_task_key, row.account)));
    },
    sealBytes: (bytes, name) => pack(encrypt(dataKey, bytes, fileOf(name))),
    openBytes: (sealed, name) => decrypt(dataKey, unpack(sealed), fileOf(name)),
    sealAbout: (about, name) => pack(encrypt(dataKey, toBytes(about), aboutOf(name))).toString('base64'),
    openAbout: (sealed, name) => toValue(decrypt(dataKey, unpack(Buffer.from(sealed, 'base64')), aboutOf(name))),
  };
}

function requireVersion(found: number, expected: number): void {
  if (Number(found) === expected) return;
  throw new VaultError('tampered', `Expected key version ${expected} but found ${found}.`);
}

/** Spaces after JSON mean nothing, so they pad. */
function toBytes(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value ?? null), 'utf8');
  const padding = (PADDING_BYTES - (json.length % PADDING_BYTES)) % PADDING_BYTES;
  return Buffer.concat([json, Buffer.alloc(padding, ' ')]);
}

function toValue(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8')) as unknown;
}

interface Columns {
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

function toColumns({ iv, ciphertext, tag }: Encrypted): Columns {
  return { iv: iv.toString('base64'), ciphertext: ciphertext.toString('base64'), tag: tag.toString('base64') };
}

function fromColumns({ iv, ciphertext, tag }: Columns): Encrypted {
  return {
    iv: Buffer.from(iv, 'base64'),
    ciphertext: Buffer.from(ciphertext, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function kindOf(value: unknown): ValueKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'object' || value === null) return 'text';
  return 'id' in value && 'type' in value ? 'file' : 'group';
}
