import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { AttachmentRecord, WorkQueries } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import { type CaseCipher, type Vault, VaultError } from '#vault';
import { replyOf } from '../problems/refusal.js';
import { RUNTIME, VAULT, WORK_QUERIES } from '../tokens.js';

const BATCH = 200;

export interface AboutFile {
  readonly name: string;
  /** SHA-256 of the bytes in hex. */
  readonly digest: string;
}

/** What was told of a file when it was uploaded. @throws VaultError where it does not belong to the cipher. */
export function aboutFile({ id, sealed, clear }: AttachmentRecord, cipher: CaseCipher): AboutFile {
  return clear ?? (cipher.openAbout(sealed ?? '', id) as AboutFile);
}

/** Seals names and digests that stood in the clear before there was a place for them to be sealed. */
@Injectable()
export class SealedNames implements OnModuleInit {
  constructor(
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(WORK_QUERIES) private readonly queries: WorkQueries,
  ) {}

  onModuleInit(): Promise<void> {
    return this.sealClear();
  }

  /** Also what a node of an older version writes while this one runs; what is sealed already stays as it is. */
  async sealClear(): Promise<void> {
    for (let after = ''; ;) {
      const found = await this.queries.clearAttachments(after, BATCH);
      const last = found.at(-1);
      if (!last) return;
      replyOf(await this.runtime.write(await Promise.all(found.map((record) => this.sealing(record)))));
      after = last.id;
    }
  }

  /** Nothing is kept of a file whose case has no key that opens: nobody could open the file either. */
  private async sealing(record: AttachmentRecord): Promise<RowWrite> {
    const { id, caseKey, clear } = record;
    const cipher = caseKey === null ? this.vault.common : await this.cipherOf(caseKey);
    const sealed = record.sealed ?? (record.removedAt === null ? cipher?.sealAbout(clear, id) : undefined) ?? null;
    return {
      sql: `UPDATE attachments SET sealed = ?, name = '', digest = '' WHERE id = ? AND COALESCE(case_key, '') = ?`,
      params: [sealed, id, caseKey ?? ''],
    };
  }

  private async cipherOf(caseKey: string): Promise<CaseCipher | undefined> {
    try {
      return await this.vault.openCase(caseKey);
    } catch (error) {
      if (error instanceof VaultError) return undefined;
      throw error;
    }
  }
}
