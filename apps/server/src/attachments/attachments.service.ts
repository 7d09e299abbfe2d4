import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { AttachmentRecord, WorkQueries } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import type { CaseCipher, Vault } from '#vault';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { RUNTIME, SETTINGS, VAULT, WORK_QUERIES } from '../tokens.js';
import { mediaTypeOf } from './media-type.js';
import { plainFile } from './plain/plain-file.js';
import { type AboutFile, aboutFile } from './sealed-names.service.js';
import { VirusScanner } from './virus-scanner.service.js';

export interface Attachment {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
}

export interface ReadFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

interface OpenedFile {
  readonly record: AttachmentRecord;
  readonly about: AboutFile;
  readonly bytes: Buffer;
}

export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  /** Account id, or null from the portal. */
  readonly by: string | null;
}

export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;
const UNCLAIMED_MS = 60 * 60 * 1000;

/**
 * Files that people add to forms. They lie encrypted below `DATA_DIR/attachments`: under the installation's key until a
 * submission names them, then under the key of their case. What no submission names within an hour is removed.
 */
@Injectable()
export class AttachmentsService {
  private readonly folder: string;

  constructor(
    private readonly scanner: VirusScanner,
    @Inject(SETTINGS) settings: Settings,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(WORK_QUERIES) private readonly queries: WorkQueries,
  ) {
    this.folder = join(settings.dataDir, 'attachments');
  }

  /**
   * The type is told by the content, never by the name; anything but PNG, JPEG and PDF is refused. What the file tells of
   * place, time, device and author is not kept.
   */
  async upload({ name, bytes, by }: Upload): Promise<Attachment> {
    if (bytes.length === 0)
      throw new Refusal('invalidArgument', 'Expected a file that is not empty.', { zh: '文件是空的。' });
    if (bytes.length > MAX_ATTACHMENT_BYTES)
      throw new Refusal('payloadTooLarge', 'Expected at most 10 MB.', { zh: '单个文件不超过 10 MB。' });
    const type = mediaTypeOf(bytes);
    if (!type)
      throw new Refusal('unsupportedMediaType', 'Expected a PNG, JPEG or PDF file.', {
        zh: '只能上传 PNG、JPEG 图片或 PDF 文件。视频、录音和 HEIC 照片不能上传，可以截屏后再传。',
      });
    await this.scanner.requireClean(bytes);
    const plain = plainFile(type, bytes);
    if (!plain)
      throw new Refusal('invalidArgument', 'Expected a whole picture but found a damaged one.', {
        zh: '图片不完整或已损坏，请重新拍照或另存后再传。',
      });
    return this.store({ name, bytes: plain, by }, type);
  }

  private async store({ name, bytes, by }: Upload, type: string): Promise<Attachment> {
    const id = randomUUID();
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.pathOf(id), this.vault.common.sealBytes(bytes, id), { flag: 'wx', flush: true });
    const about = { name: safeName(name), digest: createHash('sha256').update(bytes).digest('hex') };
    const row = {
      id,
      name: '',
      media_type: type,
      size: bytes.length,
      digest: '',
      sealed: this.vault.common.sealAbout(about, id),
      case_key: null,
      uploaded_by: by,
      uploaded_at: Date.now(),
      claimed_at: null,
    };
    replyOf(await this.runtime.write([{ insert: 'attachments', rows: [row] }]));
    return { id, name: about.name, size: row.size, type };
  }

  /** What the account has uploaded and no case has yet. */
  async uploadedBy(account: string, id: string): Promise<Attachment | undefined> {
    const record = await this.queries.attachment(id);
    if (!record || record.uploadedBy !== account || record.caseKey !== null) return undefined;
    return { id, name: aboutFile(record, this.vault.common).name, size: record.size, type: record.mediaType };
  }

  /** Ids of attachments that form data names, wherever they stand in it. */
  idsIn(data: unknown): readonly string[] {
    const ids = new Set<string>();
    const pending: unknown[] = [data];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      const { id, type, size } = value as Record<string, unknown>;
      if (typeof id === 'string' && typeof type === 'string' && typeof size === 'number') ids.add(id);
      pending.push(...Object.values(value).filter((member) => member !== null && member !== undefined));
    }
    return [...ids];
  }

  /**
   * Encrypts the files anew under the key of the case; the writes make them part of it. A file that another case holds
   * is refused by its write: a submission that is sent again never writes, and gets the reply of the first.
   */
  async claim(ids: readonly string[], cipher: CaseCipher): Promise<readonly RowWrite[]> {
    const writes: RowWrite[] = [];
    for (const id of ids) {
      const record = await this.queries.attachment(id);
      if (record?.caseKey === cipher.caseKey) continue;
      if (!record) throw missingFile();
      const about = record.caseKey === null ? aboutFile(record, this.vault.common) : undefined;
      writes.push({
        sql: `UPDATE attachments SET case_key = ?, claimed_at = ?, sealed = ?, name = '', digest = ''
          WHERE id = ? AND case_key IS NULL`,
        params: [cipher.caseKey, Date.now(), about ? cipher.sealAbout(about, id) : null, id],
        expectRows: 1,
      });
      if (!about) continue;
      const bytes = this.vault.common.openBytes(await readFile(this.pathOf(id)), id);
      await writeFile(this.pathOf(id, cipher.caseKey), cipher.sealBytes(bytes, id), { flush: true });
    }
    return writes;
  }

  /** Encrypts the files of one case anew under the key of another; with the writes they belong to that one alone. */
  async move(
    ids: readonly string[],
    { from, into }: { readonly from: string; readonly into: CaseCipher },
  ): Promise<readonly RowWrite[]> {
    const writes: RowWrite[] = [];
    for (const id of ids) {
      const { about, bytes } = await this.opened(id, from);
      await writeFile(this.pathOf(id, into.caseKey), into.sealBytes(bytes, id), { flush: true });
      writes.push({
        sql: `UPDATE attachments SET case_key = ?, sealed = ?, name = '', digest = '' WHERE id = ? AND case_key = ?`,
        params: [into.caseKey, into.sealAbout(about, id), id, from],
        expectRows: 1,
      });
    }
    return writes;
  }

  /** A file that belongs to a case. */
  async read(id: string, caseKey: string): Promise<ReadFile> {
    const { record, about, bytes } = await this.opened(id, caseKey);
    return { name: about.name, type: record.mediaType, bytes };
  }

  private async opened(id: string, caseKey: string): Promise<OpenedFile> {
    const record = found(await this.queries.attachment(id), `attachment ${id}`);
    if (record.caseKey !== caseKey) throw missingFile();
    if (record.removedAt !== null) throw removedFile();
    const cipher = await this.vault.openCase(caseKey);
    const bytes = cipher.openBytes(await readFile(this.pathOf(id, caseKey)), id);
    return { record, about: aboutFile(record, cipher), bytes };
  }

  /** Removes what was uploaded and never used; also the first copy of what was, and the copy in a case that it left. */
  async sweep(): Promise<number> {
    const old = await this.queries.unclaimedAttachments(Date.now() - UNCLAIMED_MS);
    for (const { id } of old) await rm(this.pathOf(id), { force: true });
    if (old.length > 0) {
      const marks = old.map(() => '?').join(', ');
      replyOf(
        await this.runtime.write([
          {
            sql: `DELETE FROM attachments WHERE claimed_at IS NULL AND id IN (${marks})`,
            params: old.map(({ id }) => id),
          },
        ]),
      );
    }
    await this.removeFirstCopies();
    await this.removeLeftCopies();
    await this.removeForgotten();
    return old.length;
  }

  /** Removes the bytes of what was forgotten; what an outage left behind is removed the next time. */
  async removeForgotten(): Promise<void> {
    const forgotten = new Set(await this.queries.removedAttachments());
    const names = forgotten.size === 0 ? [] : await readdir(this.folder).catch(() => []);
    for (const name of names) if (forgotten.has(idOf(name))) await rm(join(this.folder, name), { force: true });
  }

  /** Under the installation's key a file would outlive the key of its case, and with it the deletion of the case. */
  private async removeFirstCopies(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const id of names.filter((name) => !name.includes('.'))) {
      const record = await this.queries.attachment(id);
      if (record && record.caseKey !== null) await rm(this.pathOf(id), { force: true });
    }
  }

  /** What moved to another case; what lies there for less than an hour may be on its way still. */
  private async removeLeftCopies(): Promise<void> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => name.includes('.'));
    const copies = new Map<string, string[]>();
    for (const name of names) copies.set(idOf(name), [...(copies.get(idOf(name)) ?? []), name]);
    for (const [id, found] of copies) {
      const record = found.length < 2 ? undefined : await this.queries.attachment(id);
      for (const name of record ? found.filter((one) => one !== `${id}.${record.caseKey}`) : [])
        if ((await stat(join(this.folder, name))).mtimeMs < Date.now() - UNCLAIMED_MS)
          await rm(join(this.folder, name), { force: true });
    }
  }

  private pathOf(id: string, caseKey?: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw missingFile();
    return join(this.folder, caseKey === undefined ? id : `${id}.${caseKey}`);
  }
}

const idOf = (name: string): string => name.split('.')[0] ?? '';

function missingFile(): Refusal {
  return new Refusal('invalidForm', 'Expected an uploaded file.', { zh: '附件已失效，请重新上传。' });
}

function removedFile(): Refusal {
  return new Refusal('invalidState', 'Expected the file to be kept still, but its time of keeping is over.', {
    zh: '保存期已满，文件已按规定删除。',
  });
}

/** The last part of a path, without control characters, at most 200 characters. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = [...last.normalize('NFC')].filter((character) => !/\p{C}/u.test(character)).join('');
  return clean.slice(0, 200) || 'file';
}
