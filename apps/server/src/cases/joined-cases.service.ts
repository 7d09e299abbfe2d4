import { Inject, Injectable } from '@nestjs/common';
import type { Launcher } from '#configuration';
import type { Queries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { TaskVisibility } from '../access/task-visibility.js';
import type { StartRequest } from './case-starter.service.js';
import { ExclusiveCasesService } from './exclusive-cases.service.js';
import { FormContextService } from './form-context.service.js';
import { Refusal } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';

interface JoinedCase {
  /** Of the instance that the case began with. */
  readonly key: string;
  readonly caseKey: string;
  readonly caseNo: string | null;
}

/** Finds the case that what staff start joins, by the number in the form. */
@Injectable()
export class JoinedCasesService {
  constructor(
    private readonly visibility: TaskVisibility,
    private readonly exclusive: ExclusiveCasesService,
    private readonly forms: FormContextService,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /**
   * Undefined where what is started joins no case.
   *
   * @throws Refusal `invalidForm` where no case has the number; a case that is hidden from the account is none
   */
  async caseOf({ joins }: Pick<Launcher, 'joins'>, data: unknown, account: SignedIn): Promise<JoinedCase | undefined> {
    if (joins === undefined) return undefined;
    const caseNo = fieldOf(data, joins);
    const found = caseNo === '' ? undefined : await this.visible(caseNo, account);
    if (!found || found.caseKey === null) throw unknownCase(joins, caseNo);
    return { key: found.key, caseKey: found.caseKey, caseNo: found.caseNo };
  }

  /**
   * What a launcher adds to its start; nothing where it joins no case.
   *
   * @throws Refusal as `caseOf`
   */
  async of(launcher: Launcher, data: unknown, account: SignedIn): Promise<Pick<StartRequest, 'joins' | 'variables'>> {
    const found = await this.caseOf(launcher, data, account);
    if (!found) return {};
    const { variables = {} } = launcher;
    const known = await this.queries.variablesOf(found.key);
    const values = Object.entries(variables).map(([name, source]) => [name, this.forms.valueOf(source, known)]);
    return {
      joins: { caseKey: found.caseKey, caseNo: found.caseNo },
      variables: Object.fromEntries(values) as Readonly<Record<string, unknown>>,
    };
  }

  /** The instance that the case began with. */
  private async visible(caseNo: string, account: SignedIn): Promise<InstanceRecord | undefined> {
    const [first] = await this.queries.instancesByCaseNo(caseNo);
    if (!first || first.caseKey === null) return undefined;
    const isHidden =
      (await this.visibility.isExcluded(account, first.caseKey)) ||
      (await this.exclusive.hiddenFrom(account)).has(first.caseKey);
    return isHidden ? undefined : first;
  }
}

function fieldOf(data: unknown, name: string): string {
  const value =
    typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
}

const unknownCase = (field: string, caseNo: string): Refusal =>
  new Refusal('invalidForm', `Expected the number of a case but found "${caseNo}".`, {
    fields: [{ path: `/${field}`, message: '没有这个件号，请核对。' }],
  });
