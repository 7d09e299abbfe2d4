import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { deputiesOfPosts } from '#configuration';
import { type AccountRecord, createOrganizationQueries, type Database, type OrganizationQueries } from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { subjectsOf } from '../access/hidden-cases.js';
import { taskHolder } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The job type `ct.stand-ins`: who may do what somebody cannot come to, by the portfolios and by a list. */
@Injectable()
export class StandInsJob implements OnModuleInit {
  private readonly organization: OrganizationQueries;

  constructor(
    private readonly accounts: AccountsService,
    private readonly configuration: ConfigurationHolder,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
    @Inject(VAULT) private readonly vault: Vault,
  ) {
    this.organization = createOrganizationQueries(database);
  }

  onModuleInit(): void {
    this.runtime.registerJobHandler('ct.stand-ins', (job) => this.standIns(job));
  }

  /**
   * Inputs `absent` (an account), `others` (accounts, in their order), `without` (accounts that are out of the question,
   * too) and `day` (ISO date; default today). Outputs `deputies`: holders of the deputy posts of the portfolios whose
   * posts the absent account holds on the day, and `others`: both without who is absent then, disabled, named by
   * `without` or excluded by the case; nobody stands in both.
   */
  private async standIns({ caseKey, variables }: ActivatedJob): Promise<JobResult> {
    const { absent, others, without = null, day = null } = variables;
    if (typeof absent !== 'string') return failure('Expected the input "absent" to be the id of an account.');
    const on = day === null ? this.accounts.today() : String(day);
    if (!ISO_DAY.test(on)) return failure(`Expected the input "day" to be a date but found "${on}".`);
    const all = await this.accounts.list();
    const barred = new Set([absent, ...textsIn(without), ...(await this.awayOn(on))]);
    const free = await this.notExcluded(
      all.filter(({ id, disabled }) => !disabled && !barred.has(id)),
      caseKey,
    );
    const deputies = this.deputiesOf(absent, all, on).filter((id) => free.has(id));
    const listed = [...new Set(textsIn(others))].filter((id) => free.has(id) && !deputies.includes(id));
    return { variables: { deputies, others: listed } };
  }

  /** In the order of the portfolios; holders of one post by id. */
  private deputiesOf(absent: string, all: readonly AccountRecord[], day: string): readonly string[] {
    const own = all.find(({ id }) => id === absent)?.posts ?? [];
    const posts = deputiesOfPosts(this.configuration.current.portfolios, own, day);
    return [
      ...new Set(
        posts.flatMap((post) =>
          all
            .filter((account) => account.posts.includes(post))
            .map(idOf)
            .toSorted(),
        ),
      ),
    ];
  }

  /** Accounts in whose place somebody stands on the day. */
  private async awayOn(day: string): Promise<readonly string[]> {
    const entered = await this.organization.substitutions(day);
    return entered.filter(({ fromDay }) => fromDay <= day).map(({ account }) => account);
  }

  private async notExcluded(accounts: readonly AccountRecord[], caseKey: string | null): Promise<ReadonlySet<string>> {
    if (caseKey === null) return new Set(accounts.map(idOf));
    const subjects = (account: AccountRecord) => subjectsOf(taskHolder(account, this.configuration.current));
    const free = new Set(await this.vault.notExcluded(caseKey, [...new Set(accounts.flatMap(subjects))]));
    return new Set(accounts.filter((account) => subjects(account).every((one) => free.has(one))).map(idOf));
  }
}

const idOf = ({ id }: AccountRecord): string => id;

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
