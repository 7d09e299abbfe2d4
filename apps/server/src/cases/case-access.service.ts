import { Inject, Injectable } from '@nestjs/common';
import type { Queries, UserTaskView } from '#persistence';
import type { InstanceRecord } from '#runtime';
import type { SignedIn, TaskHolder } from '../access/signed-in.js';
import { isCandidate } from '../access/task-holders.js';
import { TaskVisibility } from '../access/task-visibility.js';
import { found, notFound } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { ExclusiveCasesService } from './exclusive-cases.service.js';

const OVERSEERS = ['operate', 'supervise', 'audit'];

/**
 * Who may see a process instance: whoever has or had a task in its case, who stands in for somebody with an open one, who
 * started it (unless its process is for others alone), and overseers (but not of cases in the hands of an exclusive role); never an account that the case excludes.
 */
@Injectable()
export class CaseAccessService {
  constructor(
    private readonly visibility: TaskVisibility,
    private readonly exclusive: ExclusiveCasesService,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /** For screens that show the course of a case and masks. */
  async requireVisible(instanceKey: string, account: SignedIn): Promise<InstanceRecord> {
    const instance = await this.allowed(instanceKey, account);
    if ((await this.isInvolved(instance, account)) || (await this.oversees(account, instance))) return instance;
    throw notFound(`process instance ${instanceKey}`);
  }

  /** For looks at protected values and documents: only who works on the case. */
  async requireInvolved(instanceKey: string, account: SignedIn): Promise<InstanceRecord> {
    const instance = await this.allowed(instanceKey, account);
    if (await this.isInvolved(instance, account)) return instance;
    throw notFound(`process instance ${instanceKey}`);
  }

  /** Whether screens that show the course of a case are for this account. */
  async isVisible(instance: InstanceRecord, account: SignedIn): Promise<boolean> {
    if (await this.visibility.isExcluded(account, instance.caseKey)) return false;
    return (await this.isInvolved(instance, account)) || this.oversees(account, instance);
  }

  /** For one to whom something of the case was sent: not where the case is about the account, nor once others took it over. */
  async requireUnexcluded(instanceKey: string, account: SignedIn): Promise<InstanceRecord> {
    const instance = await this.allowed(instanceKey, account);
    if (await this.isTakenFrom(instance, account)) throw notFound(`process instance ${instanceKey}`);
    return instance;
  }

  /** The account with the roles that it works with in this case: its own, and those of whom it stands in for here. */
  async acting(instance: InstanceRecord, account: SignedIn): Promise<SignedIn> {
    if (account.standsInFor.length === 0) return account;
    const holders = await this.workingHolders(instance, account, await this.tasksOf(instance));
    return { ...account, roles: [...new Set([...account.roles, ...holders.flatMap(({ roles }) => roles)])] };
  }

  /** All instances of the case, or the one where it belongs to none; oldest first. */
  async instancesOf(instance: InstanceRecord): Promise<readonly InstanceRecord[]> {
    return instance.caseKey === null ? [instance] : this.queries.instancesOfCase(instance.caseKey);
  }

  async tasksOf(instance: InstanceRecord): Promise<readonly UserTaskView[]> {
    const instances = await this.instancesOf(instance);
    return this.queries.tasksOfInstances(instances.map(({ key }) => key));
  }

  private async allowed(instanceKey: string, account: SignedIn): Promise<InstanceRecord> {
    const name = `process instance ${instanceKey}`;
    if (!/^\d{1,19}$/.test(instanceKey)) throw notFound(name);
    const instance = found(await this.queries.instance(instanceKey), name);
    if (await this.visibility.isExcluded(account, instance.caseKey)) throw notFound(name);
    return instance;
  }

  private async oversees(account: SignedIn, { caseKey }: InstanceRecord): Promise<boolean> {
    if (!OVERSEERS.some((permission) => account.permissions.has(permission))) return false;
    return caseKey === null || !(await this.exclusive.hiddenFrom(account)).has(caseKey);
  }

  /** Whether documents and protected values of the case are for this account: it works on it, did, or started it. */
  async isInvolved(instance: InstanceRecord, account: SignedIn): Promise<boolean> {
    const tasks = await this.tasksOf(instance);
    if (this.wasInvolved(instance, account, tasks) && !(await this.isTakenFrom(instance, account))) return true;
    return (await this.workingHolders(instance, account, tasks)).length > 0;
  }

  private wasInvolved(instance: InstanceRecord, account: SignedIn, tasks: readonly UserTaskView[]): boolean {
    const isHidden = this.exclusive.isProcessHiddenFrom(instance.bpmnProcessId, account);
    return (instance.startedBy === account.id && !isHidden) || tasks.some((task) => task.completedBy === account.id);
  }

  private async isTakenFrom({ caseKey }: InstanceRecord, account: SignedIn): Promise<boolean> {
    return caseKey !== null && (await this.exclusive.takenFrom(account)).has(caseKey);
  }

  /** Of those in whose place the account may reach the case: who has an open task in it. */
  private async workingHolders(
    { caseKey }: InstanceRecord,
    account: SignedIn,
    tasks: readonly UserTaskView[],
  ): Promise<readonly TaskHolder[]> {
    const holders = await this.visibility.holdersIn(account, caseKey);
    const open = tasks.filter((task) => task.state === 'CREATED');
    const bars = await this.visibility.bars(open);
    const isTheirs = (task: UserTaskView, holder: TaskHolder): boolean =>
      isCandidate(task, holder) && !bars(task, holder) && !bars(task, account);
    return holders.filter((holder) => open.some((task) => isTheirs(task, holder)));
  }
}
