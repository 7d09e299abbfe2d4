import type { ConfigurationSet } from '#configuration';
import {
  type AccountRecord,
  type AccountsRepository,
  createOrganizationQueries,
  type Database,
  KeptReads,
  type OrganizationQueries,
} from '#persistence';
import { mayStandInFor, taskHolder, type TaskHolder } from '../access/signed-in.js';

/** What is read of an account in every request. */
export interface Standing {
  readonly account: AccountRecord;
  /** ISO date. */
  readonly day: string;
  /** In whose place the account stands on that day, as entered: whether it may is for the configuration in force. */
  readonly lenders: readonly AccountRecord[];
}

/**
 * Accounts with those in whose place they stand, kept together: whether anything was committed meanwhile is asked once a
 * request (`KeptReads`).
 */
export class Standings {
  private readonly organization: OrganizationQueries;
  private readonly kept: KeptReads<Standing | undefined>;

  constructor(
    database: Database,
    private readonly accounts: AccountsRepository,
  ) {
    this.organization = createOrganizationQueries(database);
    this.kept = new KeptReads(database, (dayAndId) => {
      const end = dayAndId.indexOf(' ');
      return this.read(dayAndId.slice(end + 1), dayAndId.slice(0, end));
    });
  }

  /** As of an ISO date; undefined where there is no such account. The same object where nothing was committed meanwhile. */
  find(id: string, day: string): Promise<Standing | undefined> {
    return this.kept.get(`${day} ${id}`);
  }

  private async read(id: string, day: string): Promise<Standing | undefined> {
    const account = await this.accounts.find(id);
    if (!account) return undefined;
    const entered = await this.organization.substitutionsBy(id, day);
    const ids = [...new Set(entered.map((substitution) => substitution.account))];
    const lenders = await Promise.all(ids.map((lender) => this.accounts.find(lender)));
    return { account, day, lenders: lenders.filter((lender) => lender !== undefined) };
  }
}

/** Those in whose place the account may stand. What is lent to a lender is not lent on. */
export function lentTo({ account, lenders }: Standing, set: ConfigurationSet): readonly TaskHolder[] {
  if (lenders.length === 0) return [];
  const self = taskHolder(account, set);
  const holders = lenders.filter(({ disabled }) => !disabled).map((lender) => taskHolder(lender, set));
  return holders.filter((holder) => mayStandInFor(self, holder, set));
}
