import { Inject, Injectable } from '@nestjs/common';
import type { Key } from '#engine';
import type { Queries, SearchRequest } from '#persistence';
import type { CaseQuery } from '#runtime';
import type { Vault } from '#vault';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { notFound } from '../problems/refusal.js';
import { QUERIES, VAULT } from '../tokens.js';
import { casesHiddenFrom } from './hidden-cases.js';
import type { SignedIn } from './signed-in.js';
import { TaskVisibility, withoutInstances } from './task-visibility.js';

/**
 * Which process instances exist for an overseer or operator: none of a case that names the account or its unit as those
 * who are complained about, and none in the hands of an exclusive role that is another's.
 */
@Injectable()
export class InstanceVisibility {
  constructor(
    private readonly tasks: TaskVisibility,
    private readonly exclusive: ExclusiveCasesService,
    private readonly configuration: ConfigurationHolder,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  /** Keys of the cases that do not exist for the account. */
  async hiddenCases(account: SignedIn): Promise<ReadonlySet<string>> {
    return new Set([...(await this.tasks.excludedCases(account)), ...(await this.exclusive.hiddenFrom(account))]);
  }

  /** A query of the same keys, for a statement that must leave them out at the moment it is carried out. */
  hiddenCasesQuery(account: SignedIn): CaseQuery {
    return casesHiddenFrom(account, this.vault, this.configuration.current);
  }

  /** Keys of the instances of those cases. */
  async hiddenInstances(account: SignedIn): Promise<readonly Key[]> {
    const cases = [...(await this.hiddenCases(account))];
    const instances = await Promise.all(cases.map((caseKey) => this.queries.instancesOfCase(caseKey)));
    return instances.flat().map(({ key }) => key);
  }

  /** A search of something that has a `processInstanceKey`, narrowed to what exists for the account. */
  async narrowed(request: SearchRequest, account: SignedIn): Promise<SearchRequest> {
    const keys = await this.hiddenInstances(account);
    return keys.length === 0 ? request : { ...request, filter: withoutInstances(request.filter ?? {}, keys) };
  }

  /** @throws Refusal `notFound` for `name` where the instance does not exist for the account. */
  async requireVisible(processInstanceKey: Key, account: SignedIn, name: string): Promise<void> {
    const caseKey = (await this.queries.instance(processInstanceKey))?.caseKey ?? null;
    if (caseKey !== null && (await this.hiddenCases(account)).has(caseKey)) throw notFound(name);
  }
}
