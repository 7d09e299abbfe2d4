import { Inject, Injectable } from '@nestjs/common';
import type { TaskActionQueries } from '#persistence';
import type { InstanceRecord, RowWrite, Runtime } from '#runtime';
import type { Vault } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { revealRefusal } from '../documents/documents.service.js';
import { replyOf } from '../problems/refusal.js';
import { RUNTIME, TASK_ACTION_QUERIES, VAULT } from '../tokens.js';

export interface RevealWish {
  readonly sealedKeys: readonly string[];
  readonly reason: string;
  readonly processInstanceKey: string;
}

/** Opens protected values for a person who works on the case: allowed by role, with a reason, recorded first. */
@Injectable()
export class RevealsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly access: CaseAccessService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(TASK_ACTION_QUERIES) private readonly taskActions: TaskActionQueries,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  async reveal(wish: RevealWish, account: SignedIn): Promise<ReadonlyMap<string, unknown>> {
    const instance = await this.readable(wish, account);
    const request = {
      caseKey: instance.caseKey ?? instance.key,
      sealedKeys: wish.sealedKeys,
      account: account.id,
      roles: (await this.access.acting(instance, account)).roles,
      reason: wish.reason,
      purpose: 'screen' as const,
      processInstanceKey: instance.key,
    };
    const commit = async (writes: readonly RowWrite[]): Promise<void> => void replyOf(await this.runtime.write(writes));
    const opened = await this.vault.reveal(request, this.configuration.current.roles.roles, commit);
    if (!opened.ok) throw revealRefusal(opened.code);
    return opened.values;
  }

  /** A copy is read by whom it was sent to, though the case may not be theirs; the class decides as everywhere. */
  private async readable({ processInstanceKey, sealedKeys }: RevealWish, account: SignedIn): Promise<InstanceRecord> {
    const isSent = await this.taskActions.areSentTo(account.id, processInstanceKey, sealedKeys);
    return isSent
      ? this.access.requireUnexcluded(processInstanceKey, account)
      : this.access.requireInvolved(processInstanceKey, account);
  }
}
