import { Inject, Injectable } from '@nestjs/common';
import type { AccountRecord, UserTaskView } from '#persistence';
import type { Vault } from '#vault';
import { BarredTasksService } from '../access/barred-tasks.service.js';
import { subjectsOf } from '../access/hidden-cases.js';
import { type SignedIn, taskHolder, type TaskHolder } from '../access/signed-in.js';
import { isCandidate } from '../access/task-holders.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { NamesService, type Named } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import { VAULT } from '../tokens.js';

const OFFERED = 20;

export interface Person extends Named {
  readonly unit: Named | null;
  readonly roles: readonly string[];
}

/**
 * Staff that a task can be given to: active accounts with a role, without those that its case is about or whose unit it is
 * about or from whom the task is kept (`ct.notOf`), and without those that may not know of a case in the hands of an
 * exclusive role.
 */
@Injectable()
export class TaskPeopleService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly exclusive: ExclusiveCasesService,
    private readonly barred: BarredTasksService,
    private readonly names: NamesService,
    private readonly configuration: ConfigurationHolder,
    @Inject(VAULT) private readonly vault: Vault,
  ) {}

  /** Those whose name, id or unit holds the text, by name. */
  async offered(task: UserTaskView, text: string, asker: SignedIn): Promise<readonly Person[]> {
    const wanted = text.trim().toLowerCase();
    const staff = (await this.accounts.list()).filter((account) => account.id !== asker.id && isStaff(account));
    const fitting = staff.filter((account) => this.textOf(account).toLowerCase().includes(wanted));
    const allowed = await this.allowed(task, fitting);
    return allowed
      .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
      .slice(0, OFFERED)
      .map((account) => this.person(account));
  }

  /**
   * The accounts, for who may have the task.
   *
   * @throws Refusal `invalidForm`, the same for an account that is not there and for one that the case is about
   */
  async require(task: UserTaskView, ids: readonly string[], asker: SignedIn, path: string): Promise<void> {
    const staff = (await this.accounts.list()).filter((account) => ids.includes(account.id) && isStaff(account));
    const allowed = new Set((await this.allowed(task, staff)).map(({ id }) => id));
    const wrong = ids.find((id) => !allowed.has(id) || id === asker.id);
    if (wrong === undefined) return;
    throw new Refusal('invalidForm', `Expected ${path} to name people who can have the task but found ${wrong}.`, {
      zh: '所选人员不能办理此任务，请从名单中选择。',
      fields: [{ path, message: '请从名单中选择人员' }],
    });
  }

  /** Without those that the case excludes; for who is told of the task. */
  async withoutExcluded(task: UserTaskView, ids: readonly string[]): Promise<readonly string[]> {
    const known = (await this.accounts.list()).filter(({ id, disabled }) => !disabled && ids.includes(id));
    return (await this.allowed(task, known)).map(({ id }) => id);
  }

  /** Accounts that may claim a task. */
  async candidatesOf(task: UserTaskView): Promise<readonly string[]> {
    const active = (await this.accounts.list()).filter(({ disabled }) => !disabled);
    const free = { ...task, assignee: null, owner: null };
    const bars = await this.barred.of([task]);
    return active
      .map((account) => this.holder(account))
      .filter((holder) => isCandidate(free, holder) && !bars(task, holder))
      .map(({ id }) => id);
  }

  /** Of these, whoever may have to do with the task and its case. */
  async allowed(task: UserTaskView, all: readonly AccountRecord[]): Promise<readonly AccountRecord[]> {
    const bars = await this.barred.of([task]);
    const accounts = all.filter((account) => !bars(task, this.holder(account)));
    const { caseKey } = task;
    if (caseKey === null) return accounts;
    const subjectsOfAccount = (account: AccountRecord) => subjectsOf(this.holder(account));
    const free = new Set(await this.vault.notExcluded(caseKey, [...new Set(accounts.flatMap(subjectsOfAccount))]));
    const isFree = (account: AccountRecord) => subjectsOfAccount(account).every((subject) => free.has(subject));
    const seeing = await Promise.all(accounts.filter(isFree).map(async (account) => this.ifSeeing(account, caseKey)));
    return seeing.flat();
  }

  private async ifSeeing(account: AccountRecord, caseKey: string): Promise<readonly AccountRecord[]> {
    const hidden = await this.exclusive.hiddenFrom(this.holder(account));
    return hidden.has(caseKey) ? [] : [account];
  }

  private holder(account: AccountRecord): TaskHolder {
    return taskHolder(account, this.configuration.current);
  }

  private textOf({ id, name, unit }: AccountRecord): string {
    return `${id} ${name} ${this.names.unit(unit)?.name ?? ''}`;
  }

  private person({ id, name, unit, roles }: AccountRecord): Person {
    return { id, name, unit: this.names.unit(unit), roles: roles.map((role) => this.names.role(role).name) };
  }
}

export const isStaff = ({ disabled, roles }: AccountRecord): boolean => !disabled && roles.length > 0;
