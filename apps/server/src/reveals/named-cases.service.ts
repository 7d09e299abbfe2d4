import { Inject, Injectable } from '@nestjs/common';
import { nameCase, type Queries, type WorkQueries } from '#persistence';
import type { RowWrite } from '#runtime';
import type { Vault } from '#vault';
import { subjectsOf } from '../access/hidden-cases.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { QUERIES, VAULT, WORK_QUERIES } from '../tokens.js';

/**
 * Links a case to the cases whose numbers or tracking codes a form of it gives (`x-names-case`). A number of none, or of
 * one that does not exist for who writes it, links nothing, and nobody is told which of the two it was.
 */
@Injectable()
export class NamedCasesService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly exclusive: ExclusiveCasesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(WORK_QUERIES) private readonly workQueries: WorkQueries,
  ) {}

  /** Commit together with the form. `by`: account id, or a name that is no account's, for which all cases exist. */
  async links(numbers: readonly string[], { caseKey, by }: { caseKey: string; by: string }): Promise<RowWrite[]> {
    const found = (await Promise.all(numbers.map((text) => this.casesOf(text)))).flat();
    const cases = [...new Set(found)].filter((key) => key !== caseKey);
    if (cases.length === 0) return [];
    const hidden = await this.hiddenFrom(by);
    return cases.filter((key) => !hidden.has(key)).map((key) => nameCase(caseKey, key));
  }

  private async casesOf(numberOrCode: string): Promise<readonly string[]> {
    const numbered = await this.queries.instancesByCaseNo(numberOrCode);
    if (numbered.length > 0) return numbered.flatMap(({ caseKey }) => caseKey ?? []);
    const hash = this.vault.trackingHash(numberOrCode);
    const tracked = hash === undefined ? undefined : await this.workQueries.trackedCase(hash);
    return tracked ? [tracked.caseKey] : [];
  }

  private async hiddenFrom(by: string): Promise<ReadonlySet<string>> {
    const account = await this.accounts.signedIn(by);
    if (!account) return new Set();
    const excluding = await this.vault.casesExcluding(subjectsOf(account));
    return new Set([...excluding, ...(await this.exclusive.hiddenFrom(account))]);
  }
}
