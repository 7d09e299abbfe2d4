import { Inject, Injectable } from '@nestjs/common';
import type { UserTaskView, VaultQueries } from '#persistence';
import type { Runtime } from '#runtime';
import type { CaseCipher, DraftRow, Vault } from '#vault';
import { VaultError } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { replyOf } from '../problems/refusal.js';
import { RUNTIME, VAULT, VAULT_QUERIES } from '../tokens.js';

/** What somebody has typed into a task's form so far: encrypted under the case's key, readable by its author alone. */
@Injectable()
export class DraftsService {
  constructor(
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(VAULT_QUERIES) private readonly queries: VaultQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** Epoch ms at which it was saved. */
  async save(task: UserTaskView, account: SignedIn, data: unknown): Promise<number> {
    const savedAt = Date.now();
    const cipher = await this.cipherFor(task);
    const row = cipher.sealDraft({ userTaskKey: task.userTaskKey, account: account.id, data, savedAt });
    const remove = {
      sql: 'DELETE FROM drafts WHERE user_task_key = ? AND account = ?',
      params: [task.userTaskKey, account.id],
    };
    replyOf(await this.runtime.write([remove, { insert: 'drafts', rows: [{ ...row }] }]));
    return savedAt;
  }

  async load(task: UserTaskView, account: SignedIn): Promise<{ data: unknown; savedAt: number } | undefined> {
    const row = await this.queries.draft(task.userTaskKey, account.id);
    if (!row) return undefined;
    const isOfCase = row['case_key'] !== this.vault.common.caseKey;
    const cipher = isOfCase ? await this.vault.openCase(String(row['case_key'])) : this.vault.common;
    const data = cipher.openDraft({
      ...(row as unknown as DraftRow),
      key_version: Number(row['key_version']),
      saved_at: Number(row['saved_at']),
    });
    return { data, savedAt: Number(row['saved_at']) };
  }

  /** Under the case's key; under the installation's where the case has none yet. */
  private async cipherFor({ caseKey }: UserTaskView): Promise<CaseCipher> {
    if (caseKey === null) return this.vault.common;
    try {
      return await this.vault.openCase(caseKey);
    } catch (error) {
      if (error instanceof VaultError && error.code === 'caseKeyMissing') return this.vault.common;
      throw error;
    }
  }
}
