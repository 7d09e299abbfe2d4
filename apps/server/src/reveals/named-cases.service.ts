import { Inject, Injectable } from '@nestjs/common';
import { nameCase, partCase, type Queries, type WorkQueries } from '#persistence';
import type { SplitForm } from '#forms';
import type { RowWrite } from '#runtime';
import type { Vault } from '#vault';
import { subjectsOf } from '../access/hidden-cases.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { QUERIES, VAULT, WORK_QUERIES } from '../tokens.js';

type NamedCases = Pick<SplitForm, 'named' | 'related' | 'unrelated'>;

/** What stands in a form in place of a tracking code. */
const CODE_MASK = '****-****-****';

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

  /**
   * Commit together with the form, whose word is the last: a case that it relates, or says to be unrelated, is no longer of
   * the matter that an earlier form named. `by`: account id, or a name that is no account's, for which all cases exist.
   */
  async links(given: NamedCases, { caseKey, by }: { caseKey: string; by: string }): Promise<RowWrite[]> {
    if (textsOf(given).length === 0) return [];
    const hidden = await this.hiddenFrom(by);
    const visible = async (texts: readonly string[]): Promise<string[]> => {
      const found = (await Promise.all(texts.map((text) => this.casesOf(text)))).flat();
      return [...new Set(found)].filter((key) => key !== caseKey && !hidden.has(key));
    };
    const related = await visible(given.related);
    return [
      ...[...(await visible(given.unrelated)), ...related].flatMap((key) => partCase(caseKey, key)),
      ...(await visible(given.named)).map((key) => nameCase(caseKey, key, 'named')),
      ...related.map((key) => nameCase(caseKey, key, 'related')),
    ];
  }

  /** The data without the tracking codes that name a case: with one, whoever reads the form could act as who wrote it. */
  async withoutCodes(data: unknown, given: NamedCases): Promise<unknown> {
    const texts = textsOf(given);
    const isCode = await Promise.all(texts.map(async (text) => (await this.trackedBy(text)) !== undefined));
    const codes = new Set(texts.filter((_text, index) => isCode[index]));
    return codes.size === 0 ? data : masked(data, codes);
  }

  /** The number or code of the case itself, where it is given as one that is related: that would lead nobody anywhere. */
  async ownAmong({ related }: NamedCases, { caseKey }: { caseKey: string }): Promise<string | undefined> {
    const isOwn = await Promise.all(related.map(async (text) => (await this.casesOf(text)).includes(caseKey)));
    return related.find((_text, index) => isOwn[index]);
  }

  private async casesOf(numberOrCode: string): Promise<readonly string[]> {
    const numbered = await this.queries.instancesByCaseNo(numberOrCode);
    if (numbered.length > 0) return numbered.flatMap(({ caseKey }) => caseKey ?? []);
    const tracked = await this.trackedBy(numberOrCode);
    return tracked ? [tracked.caseKey] : [];
  }

  private async trackedBy(code: string) {
    const hash = this.vault.trackingHash(code);
    return hash === undefined ? undefined : this.workQueries.trackedCase(hash);
  }

  private async hiddenFrom(by: string): Promise<ReadonlySet<string>> {
    const account = await this.accounts.signedIn(by);
    if (!account) return new Set();
    const excluding = await this.vault.casesExcluding(subjectsOf(account));
    return new Set([...excluding, ...(await this.exclusive.hiddenFrom(account))]);
  }
}

const textsOf = ({ named, related, unrelated }: NamedCases): readonly string[] => [...named, ...related, ...unrelated];

function masked(value: unknown, codes: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return codes.has(value.trim()) ? CODE_MASK : value;
  if (Array.isArray(value)) return value.map((item) => masked(item, codes));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, masked(part, codes)]));
}
