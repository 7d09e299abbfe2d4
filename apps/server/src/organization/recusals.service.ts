import { Inject, Injectable } from '@nestjs/common';
import {
  createOrganizationQueries,
  type Database,
  insertRecusal,
  type OrganizationQueries,
  type RecusalRecord,
  undoRecusal,
} from '#persistence';
import type { InstanceRecord, Runtime } from '#runtime';
import type { Vault } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { SealingService } from '../reveals/sealing.service.js';
import { DATABASE, RUNTIME, VAULT } from '../tokens.js';
import { AttendanceService } from './attendance.service.js';

/** May recuse others from a case and undo recusals of others. */
export const RECUSAL = 'recusal';
const REASON_FIELD = 'recusal.reason';

export interface RecusalWish {
  readonly account: string;
  readonly reason: string;
}

/** What a recusal needs beside the case and its accounts. */
@Injectable()
export class RecusalParts {
  constructor(
    readonly configuration: ConfigurationHolder,
    readonly sealing: SealingService,
    readonly attendance: AttendanceService,
    @Inject(VAULT) readonly vault: Vault,
  ) {}
}

/**
 * Recusal from a case: a sealed reason whose hash excludes the account, so that whatever hides a case from the accused
 * hides it from the recused. What the account has taken up of the case goes back to the candidates.
 */
@Injectable()
export class RecusalsService {
  private readonly queries: OrganizationQueries;

  constructor(
    private readonly access: CaseAccessService,
    private readonly accounts: AccountsService,
    private readonly parts: RecusalParts,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createOrganizationQueries(database);
  }

  async list(instanceKey: string, by: SignedIn): Promise<readonly RecusalRecord[]> {
    const { caseKey } = await this.access.requireVisible(instanceKey, by);
    return caseKey === null ? [] : this.queries.recusalsOf(caseKey);
  }

  async recuse(instanceKey: string, { account, reason }: RecusalWish, by: SignedIn): Promise<void> {
    const instance = await this.access.requireVisible(instanceKey, by);
    if (account !== by.id) requirePermission(by);
    const caseKey = caseKeyOf(instance);
    await this.accounts.get(account);
    await this.requireNew(caseKey, account);
    const leaf = { field: REASON_FIELD, class: this.reasonClass(), value: reason, excludes: [account] };
    const { sealedKey, writes } = await this.parts.sealing.sealValue(leaf, { caseKey, by: by.id });
    const recusalKey = await this.runtime.nextKey();
    const entered = { enteredBy: by.id, enteredAt: this.runtime.now() };
    const record = insertRecusal({ recusalKey, caseKey, account, sealedKey, ...entered });
    replyOf(await this.runtime.write([...writes, record]));
    await this.parts.attendance.checkCase(caseKey);
  }

  async undo(instanceKey: string, recusalKey: string, by: SignedIn): Promise<void> {
    const { caseKey } = await this.access.requireVisible(instanceKey, by);
    requirePermission(by);
    const name = `recusal ${recusalKey}`;
    const known = /^\d{1,19}$/.test(recusalKey) ? await this.queries.recusal(recusalKey) : undefined;
    const recusal = found(known?.caseKey === caseKey ? known : undefined, name);
    if (recusal.account === by.id || recusal.enteredBy === by.id)
      throw new Refusal(
        'forbidden',
        'Expected another person: nobody undoes the own recusal, nor one that they entered.',
        {
          zh: '回避须由他人撤销。',
        },
      );
    const writes = [
      undoRecusal(recusalKey, by.id, this.runtime.now()),
      this.parts.vault.liftExclusions(recusal.sealedKey),
    ];
    replyOf(await this.runtime.write(writes));
    await this.parts.attendance.checkCase(recusal.caseKey);
  }

  private async requireNew(caseKey: string, account: string): Promise<void> {
    const recusals = await this.queries.recusalsOf(caseKey);
    if (!recusals.some((one) => one.account === account && one.undoneAt === null)) return;
    throw new Refusal('alreadyExists', `Expected ${account} not to be recused from this case yet.`, {
      zh: '此人已经回避。',
    });
  }

  private reasonClass(): string {
    const reasonClass = this.parts.configuration.current.organization.recusal?.reasonClass;
    if (reasonClass !== undefined) return reasonClass;
    throw new Refusal('invalidState', 'Expected "recusal" in organization.json, which names the class of reasons.', {
      zh: '尚未配置回避理由的类别，请联系管理员。',
    });
  }
}

function requirePermission({ permissions }: SignedIn): void {
  if (!permissions.has(RECUSAL)) throw new Refusal('forbidden', `Expected the permission ${RECUSAL}.`);
}

function caseKeyOf({ key, caseKey }: InstanceRecord): string {
  if (caseKey !== null) return caseKey;
  throw new Refusal('invalidState', `Expected process instance ${key} to belong to a case.`, {
    zh: '此流程不属于任何案件，无需回避。',
  });
}
