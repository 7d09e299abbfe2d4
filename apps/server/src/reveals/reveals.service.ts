import { Inject, Injectable } from '@nestjs/common';
import type { TaskActionQueries } from '#persistence';
import type { InstanceRecord, RowWrite, Runtime } from '#runtime';
import type { Vault } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { revealRefusal } from '../documents/documents.service.js';
import { replyOf } from '../problems/refusal.js';
import { RUNTIME, TASK_ACTION_QUERIES, VAULT } from '../tokens.js';
import { CaseSight } from './case-sight.service.js';

export interface RevealWish {
  readonly sealedKeys: readonly string[];
  readonly reason: string;
  readonly processInstanceKey: string;
}

/**
 * Opens protected values for a person who works on the case: allowed by role, with a reason, recorded first. Who is
 * denied is on record too.
 */
@Injectable()
export class RevealsService {
  constructor(
    private readonly access: CaseAccessService,
    private readonly sight: CaseSight,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(TASK_ACTION_QUERIES) private readonly taskActions: TaskActionQueries,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  async reveal(wish: RevealWish, account: SignedIn): Promise<ReadonlyMap<string, unknown>> {
    const instance = await this.readable(wish, account);
    const acting = await this.access.acting(instance, account);
    const request = {
      caseKey: instance.caseKey ?? instance.key,
      sealedKeys: wish.sealedKeys,
      account: account.id,
      roles: acting.roles,
      reason: wish.reason,
      purpose: 'screen' as const,
      processInstanceKey: instance.key,
    };
    const commit = async (writes: readonly RowWrite[]): Promise<void> => void replyOf(await this.runtime.write(writes));
    const opened = await this.vault.reveal(request, await this.sight.roles(request.caseKey, acting), commit);
    if (opened.ok) return opened.values;
    await commit(await this.sight.denial(request));
    throw revealRefusal(opened.code);
  }

  /** A copy is read by whom it was sent to, though the case may not be theirs; the class decides as everywhere. */
  private async readable({ processInstanceKey, sealedKeys }: RevealWish, account: SignedIn): Promise<InstanceRecord> {
    const isSent = await this.taskActions.areSentTo(account.id, processInstanceKey, sealedKeys);
    return isSent
      ? this.access.requireUnexcluded(processInstanceKey, account)
      : this.access.requireInvolved(processInstanceKey, account);
  }
}
