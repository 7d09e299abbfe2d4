import { Inject, Injectable } from '@nestjs/common';
import { decideDestruction, forgetFiles, insertDestruction, liftHold, placeHold } from '#persistence';
import type { CaseDestruction, DestructionQueries, Queries, VaultQueries } from '#persistence';
import type { InstanceRecord, Runtime } from '#runtime';
import type { Vault } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { Refusal, found, replyOf } from '../problems/refusal.js';
import { DESTRUCTION_QUERIES, QUERIES, RUNTIME, VAULT, VAULT_QUERIES } from '../tokens.js';

/** What is read of a case before anything is decided on it. */
@Injectable()
export class CaseRecords {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(VAULT_QUERIES) private readonly vault: VaultQueries,
    @Inject(DESTRUCTION_QUERIES) readonly destructions: DestructionQueries,
  ) {}

  /** @throws Refusal `invalidState` where there is no key, or it is destroyed. */
  async requireKey(caseKey: string | null): Promise<string> {
    const key = caseKey === null ? undefined : await this.vault.loadCaseKey(caseKey);
    if (caseKey === null || !key)
      throw new Refusal('invalidState', 'Expected a case with protected content but this has none.', {
        zh: '此件没有受保护的内容。',
      });
    if (key.wrapped_key === null)
      throw new Refusal('invalidState', 'Expected a case whose content is kept but its key is destroyed.', {
        zh: '此件的受保护内容已经销毁。',
      });
    return caseKey;
  }

  /** @throws Refusal `invalidState` where the case is open or must be kept. */
  async requireFree(caseKey: string): Promise<void> {
    const instances = await this.queries.instancesOfCase(caseKey);
    if (instances.some(({ state }) => state === 'ACTIVE'))
      throw new Refusal('invalidState', 'Expected a case that has ended but it is open.', {
        zh: '此件尚未办结，不能销毁。',
      });
    const hold = await this.destructions.holdOn(caseKey);
    if (hold)
      throw new Refusal('invalidState', `Expected a case without legal hold but it is held: ${hold.reason}`, {
        zh: `此件依法保全，不能销毁：${hold.reason}`,
      });
  }
}

/** Destroys the key of a case: one person asks, another decides, a legal hold stops it; all of it stays on record. */
@Injectable()
export class DestructionsService {
  constructor(
    private readonly records: CaseRecords,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  async ask({ caseKey: of, caseNo }: InstanceRecord, reason: string, account: SignedIn): Promise<string> {
    const caseKey = await this.records.requireKey(of);
    await this.records.requireFree(caseKey);
    const key = await this.runtime.nextKey();
    const asked = { key, caseKey, caseNo, reason, askedBy: account.id, askedAt: this.runtime.now() };
    replyOf(await this.runtime.write(insertDestruction(asked)));
    return key;
  }

  async decide(
    destruction: CaseDestruction,
    { approved, comment }: { readonly approved: boolean; readonly comment: string },
    account: SignedIn,
  ): Promise<void> {
    const { key, askedBy, caseKey, state } = destruction;
    if (askedBy === account.id)
      throw new Refusal('forbidden', 'Expected another person than the one who asked.', {
        zh: '须由提出销毁以外的人决定。',
      });
    if (state !== 'waiting')
      throw new Refusal('invalidState', `Expected the destruction ${key} to be waiting but it is ${state}.`);
    const decision = { by: account.id, at: this.runtime.now(), comment };
    if (approved) {
      await this.records.requireKey(caseKey);
      await this.records.requireFree(caseKey);
    }
    const writes = approved
      ? [
          ...this.vault.destroyCase(caseKey),
          forgetFiles(caseKey, decision.at),
          ...decideDestruction(destruction, { ...decision, state: 'destroyed' }),
        ]
      : decideDestruction(destruction, { ...decision, state: 'rejected' });
    replyOf(await this.runtime.write(writes));
  }

  async hold({ caseKey: of, caseNo }: InstanceRecord, reason: string, account: SignedIn): Promise<void> {
    const caseKey = await this.records.requireKey(of);
    const key = await this.runtime.nextKey();
    const placed = { key, caseKey, caseNo, reason, placedBy: account.id, placedAt: this.runtime.now() };
    replyOf(await this.runtime.write(placeHold(placed)));
  }

  async lift({ caseKey, key }: InstanceRecord, reason: string, account: SignedIn): Promise<void> {
    const hold = found(
      caseKey === null ? undefined : await this.records.destructions.holdOn(caseKey),
      `legal hold on the case of process instance ${key}`,
    );
    replyOf(await this.runtime.write(liftHold(hold.key, account.id, this.runtime.now(), reason)));
  }
}
