import { Inject, Injectable } from '@nestjs/common';
import type { UserTaskView, VaultQueries } from '#persistence';
import type { Runtime } from '#runtime';
import type { CaseCipher, DraftRow, Vault } from '#vault';
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
    const cipher = await this.cipherOf(task);
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
    const cipher = await this.cipherOf(task);
    const data = cipher.openDraft({
      ...(row as unknown as DraftRow),
      key_version: Number(row['key_version']),
      saved_at: Number(row['saved_at']),
    });
    return { data, savedAt: Number(row['saved_at']) };
  }

  private cipherOf(task: UserTaskView): Promise<CaseCipher> | CaseCipher {
    return task.caseKey === null ? this.vault.common : this.vault.openCase(task.caseKey);
  }
}
