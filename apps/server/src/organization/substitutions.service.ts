import { Inject, Injectable } from '@nestjs/common';
import {
  type AccountRecord,
  createOrganizationQueries,
  type Database,
  endSubstitution,
  insertSubstitution,
  type OrganizationQueries,
  type SubstitutionRecord,
} from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import { mayStandInFor, type SignedIn, taskHolder } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found, notFound, Refusal, replyOf } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';
import { substitutionFaults } from './substitution-faults.js';
import { toAccount } from '../notices/to-account.js';

export interface SubstitutionWish {
  readonly account: string;
  readonly substitute: string;
  /** ISO dates, both included. */
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

/** May enter and end substitutions of others. */
export const SUBSTITUTES = 'substitutes';

/** Who stands in for whom: entered by the account itself or by who has the permission, kept for ever, ended early by both. */
@Injectable()
export class SubstitutionsService {
  private readonly queries: OrganizationQueries;

  constructor(
    private readonly accounts: AccountsService,
    private readonly configuration: ConfigurationHolder,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createOrganizationQueries(database);
  }

  /** Those that are or will be in force: all of them for who arranges for others, else those that concern the account. */
  list(account: SignedIn): Promise<readonly SubstitutionRecord[]> {
    const all = account.permissions.has(SUBSTITUTES);
    return this.queries.substitutions(this.accounts.today(), all ? undefined : account.id);
  }

  /** Accounts that may stand in for others. */
  async eligible(): Promise<readonly AccountRecord[]> {
    return (await this.accounts.list()).filter((account) => !account.disabled && !this.isExternal(account));
  }

  async enter(wish: SubstitutionWish, by: SignedIn): Promise<string> {
    this.requireAuthority(wish, by);
    const fields = await this.faults(wish);
    if (fields.length > 0) throw new Refusal('invalidForm', 'Expected a substitution without faults.', { fields });
    const substitutionKey = await this.runtime.nextKey();
    const { account, substitute, from: fromDay, until: untilDay, reason } = wish;
    const entered = { enteredBy: by.id, enteredAt: this.runtime.now() };
    const record = { substitutionKey, account, substitute, fromDay, untilDay, reason, ...entered };
    replyOf(await this.runtime.write([insertSubstitution(record), await this.notices(wish, by)]));
    return substitutionKey;
  }

  async end(key: string, by: SignedIn): Promise<void> {
    const name = `substitution ${key}`;
    if (!/^\d{1,19}$/.test(key)) throw notFound(name);
    const { account } = found(await this.queries.substitution(key), name);
    if (account !== by.id && !by.permissions.has(SUBSTITUTES)) throw notFound(name);
    replyOf(await this.runtime.write([endSubstitution(key, by.id, this.runtime.now())]));
  }

  /** Nobody gives the work of another to oneself. */
  private requireAuthority({ account, substitute }: SubstitutionWish, by: SignedIn): void {
    if (account === by.id) return;
    if (!by.permissions.has(SUBSTITUTES))
      throw new Refusal('forbidden', `Expected the own account or the permission ${SUBSTITUTES}.`);
    if (substitute === by.id)
      throw new Refusal('forbidden', 'Expected another substitute: nobody takes the work of another for oneself.', {
        zh: '不能把他人的工作安排给自己代理。',
      });
  }

  private async faults(wish: SubstitutionWish) {
    const accounts = new Map((await this.accounts.list()).map((one) => [one.id, one]));
    const [account, substitute] = [accounts.get(wish.account), accounts.get(wish.substitute)];
    const set = this.configuration.current;
    const holders = account && substitute && ([taskHolder(substitute, set), taskHolder(account, set)] as const);
    return substitutionFaults(wish, {
      today: this.accounts.today(),
      isKnown: account !== undefined && !account.disabled,
      isEligible: substitute !== undefined && !substitute.disabled && !this.isExternal(substitute),
      isLendable: holders === undefined || mayStandInFor(...holders, set),
      others: await this.queries.substitutions(this.accounts.today(), wish.account),
    });
  }

  private isExternal({ unit }: AccountRecord): boolean {
    return this.configuration.current.organization.units.some(({ id, external }) => id === unit && external === true);
  }

  private async notices({ account, substitute, from, until }: SubstitutionWish, by: SignedIn): Promise<RowWrite> {
    const nameOf = async (id: string) => (await this.accounts.nameOf(id)) ?? id;
    const text = `代理安排：${from} 至 ${until}，${await nameOf(account)}的待办由${await nameOf(substitute)}代办。`;
    const recipients = [account, substitute].filter((id) => id !== by.id);
    const rows = await Promise.all(
      recipients.map(async (recipient) => ({
        notice_key: await this.runtime.nextKey(),
        recipient: toAccount(recipient),
        text,
        process_instance_key: null,
        created_at: this.runtime.now(),
      })),
    );
    return { insert: 'notices', rows };
  }
}
