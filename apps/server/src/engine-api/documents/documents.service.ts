import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  type ClientDocument,
  type ClientDocuments,
  createClientDocuments,
  type Database,
  deleteClientDocument,
  insertClientDocument,
} from '#persistence';
import type { Runtime } from '#runtime';
import type { Vault } from '#vault';
import { InstanceVisibility } from '../../access/instance-visibility.js';
import type { SignedIn } from '../../access/signed-in.js';
import { found, Refusal, replyOf } from '../../problems/refusal.js';
import type { Settings } from '../../settings/settings.js';
import { DATABASE, LOG, RUNTIME, SETTINGS, VAULT } from '../../tokens.js';
import type { DocumentMetadata } from './document-metadata.js';

export interface DocumentUpload {
  /** Absent: a random one. */
  readonly id?: string | undefined;
  readonly bytes: Buffer;
  /** Of the multipart part. */
  readonly fileName: string;
  readonly contentType: string;
  readonly metadata: DocumentMetadata;
}

const sweepMs = 60 * 60_000;

/**
 * Documents that clients of the engine API keep beside process instances. The bytes lie encrypted below
 * `DATA_DIR/attachments/api`, under the installation's key; what is known of them stands in the database.
 */
@Injectable()
export class ClientDocumentsService implements OnModuleInit, OnModuleDestroy {
  private readonly folder: string;
  private readonly documents: ClientDocuments;
  private sweeping: NodeJS.Timeout | undefined;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(DATABASE) database: Database,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) private readonly log: Logger,
    private readonly visibility: InstanceVisibility,
  ) {
    this.folder = join(settings.dataDir, 'attachments', 'api');
    this.documents = createClientDocuments(database);
  }

  onModuleInit(): void {
    this.sweeping = setInterval(() => void this.sweep().catch((error: unknown) => this.report(error)), sweepMs);
    this.sweeping.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeping);
  }

  /** @throws Refusal `alreadyExists` where the id is taken, `invalidArgument` where it ends before it begins. */
  async store(
    { id = randomUUID(), bytes, metadata, ...part }: DocumentUpload,
    account: SignedIn,
  ): Promise<ClientDocument> {
    const now = Date.now();
    const { expiresAt = null, processInstanceKey = null } = metadata;
    if (expiresAt !== null && expiresAt <= now)
      throw new Refusal('invalidArgument', 'Expected metadata.expiresAt to lie in the future.');
    if (processInstanceKey !== null) await this.requireInstance(processInstanceKey, account);
    if (await this.documents.find(id, 0))
      throw new Refusal('alreadyExists', `Expected the document id ${id} to be free.`);
    const document: ClientDocument = {
      id,
      fileName: metadata.fileName ?? (part.fileName || null),
      contentType: metadata.contentType ?? part.contentType,
      size: bytes.length,
      digest: createHash('sha256').update(bytes).digest('hex'),
      customProperties: metadata.customProperties ?? {},
      processDefinitionId: metadata.processDefinitionId ?? null,
      processInstanceKey,
      expiresAt,
      uploadedBy: account.id,
      uploadedAt: now,
    };
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.pathOf(document), this.vault.common.sealBytes(bytes, id), { flush: true });
    const outcome = await this.runtime.write(insertClientDocument(document));
    if (!outcome.ok) await this.withdraw(document);
    replyOf(outcome);
    return document;
  }

  /** The document, for whom may see its instance. @throws Refusal `notFound` */
  async get(id: string, account: SignedIn): Promise<ClientDocument> {
    const name = nameOf(id);
    const document = found(await this.documents.find(id, Date.now()), name);
    if (document.processInstanceKey !== null)
      await this.visibility.requireVisible(document.processInstanceKey, account, name);
    return document;
  }

  /** The document of a link, whoever asks. @throws Refusal `notFound` */
  async linked(id: string): Promise<ClientDocument> {
    return found(await this.documents.find(id, Date.now()), nameOf(id));
  }

  async bytesOf(document: ClientDocument): Promise<Buffer> {
    return this.vault.common.openBytes(await readFile(this.pathOf(document)), document.id);
  }

  async remove(id: string, account: SignedIn): Promise<void> {
    await this.forget(await this.get(id, account));
  }

  /** Removes what has run out. */
  async sweep(): Promise<void> {
    for (const document of await this.documents.expired(Date.now(), 500)) await this.forget(document);
  }

  private async forget(document: ClientDocument): Promise<void> {
    replyOf(await this.runtime.write(deleteClientDocument(document.id)));
    await rm(this.pathOf(document), { force: true });
  }

  /** Removes the bytes of an upload that came after another with the same id. */
  private async withdraw(document: ClientDocument): Promise<void> {
    const path = this.pathOf(document);
    const kept = await this.documents.find(document.id, 0);
    if (kept && this.pathOf(kept) !== path) await rm(path, { force: true });
  }

  private report(error: unknown): void {
    this.log.error({ err: error }, 'documents that have run out could not be removed; they are tried again');
  }

  private requireInstance(key: string, account: SignedIn): Promise<void> {
    return this.visibility.requireVisible(key, account, `process instance ${key}`);
  }

  /** The file's name is a hash, so that an id that a client chose reaches no other file, nor that of another upload. */
  private pathOf({ id, digest, uploadedAt }: ClientDocument): string {
    const name = JSON.stringify([id, digest, uploadedAt]);
    return join(this.folder, createHash('sha256').update(name).digest('hex'));
  }
}

const nameOf = (id: string): string => `document ${JSON.stringify(id.slice(0, 100))}`;
