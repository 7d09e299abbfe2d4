import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  createOrganizationQueries,
  type Database,
  deleteUnattended,
  insertUnattended,
  type OrganizationQueries,
  type Queries,
  type UserTaskView,
} from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import { taskHolder, type TaskHolder } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { SYSTEM } from '../system-actor.js';
import { DATABASE, LOG, QUERIES, RUNTIME } from '../tokens.js';
import { attendanceOf, type Attendance } from './attendance.js';
import { ExclusionsReader } from './exclusions-reader.js';
import { FallbackGroups } from './fallback-groups.service.js';

const BATCH = 500;
const GATHER_MS = 50;
const SWEEP_MS = 10 * 60_000;
/** By key of the task; null: nobody was found. */
type Recorded = ReadonlyMap<string, string | null>;

/** Changes of these move who can do what, of tasks that nobody touched. */
const MOVING_TABLES = ['accounts', 'account_roles', 'account_posts'];

/**
 * Sees to it that somebody can do each open task of the configuration's processes (ADR 20). Follows commits, and walks
 * over all open tasks at the start, from time to time, and when accounts or the configuration change.
 */
@Injectable()
export class AttendanceService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly organization: OrganizationQueries;
  private readonly waiting = new Set<string>();
  private stops: (() => void)[] = [];
  private gathering: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly accounts: AccountsService,
    private readonly exclusions: ExclusionsReader,
    private readonly fallbacks: FallbackGroups,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.organization = createOrganizationQueries(database);
  }

  onApplicationBootstrap(): void {
    const sweeping = setInterval(() => this.inBackground(() => this.sweep()), SWEEP_MS);
    sweeping.unref();
    this.stops = [
      () => clearInterval(sweeping),
      this.configuration.onSwitch(() => this.inBackground(() => this.sweep())),
      this.runtime.on('committed', ({ userTaskKeys, tables }) => {
        if (MOVING_TABLES.some((table) => tables.includes(table))) this.inBackground(() => this.sweep());
        this.gather(userTaskKeys);
      }),
    ];
    this.inBackground(() => this.sweep());
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.stops) stop();
    clearTimeout(this.gathering);
    await this.running;
  }

  /** Resolves when what was touched so far has been seen to. */
  async settled(): Promise<void> {
    this.flush();
    await this.running;
  }

  /** All open tasks of a case, and of those that come from it, at once. */
  async checkCase(caseKey: string): Promise<void> {
    const cases = await this.organization.casesFrom(caseKey);
    const instances = (await Promise.all(cases.map((one) => this.queries.instancesOfCase(one)))).flat();
    const tasks = await this.queries.tasksOfInstances(instances.map(({ key }) => key));
    await this.see(tasks.filter(isOpen));
  }

  private gather(keys: readonly string[]): void {
    if (keys.length === 0) return;
    for (const key of keys) this.waiting.add(key);
    this.gathering ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  private flush(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    const keys = [...this.waiting];
    this.waiting.clear();
    if (keys.length > 0) this.inBackground(() => this.check(keys));
  }

  private inBackground(work: () => Promise<void>): void {
    this.running = this.running.then(work).catch((error: unknown) => this.log.error({ err: error }, 'attendance'));
  }

  private async sweep(): Promise<void> {
    for (let after = '0'; ;) {
      const keys = await this.organization.openTaskKeys(after, BATCH);
      await this.see((await this.tasks(keys)).filter(isOpen));
      if (keys.length < BATCH) return;
      after = keys.at(-1) ?? after;
    }
  }

  /**
   * Where a case excludes somebody, its other open tasks are looked at too: the commit may have brought the exclusion. So
   * are those for other hands than the ones that did what was done.
   */
  private async check(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += BATCH) {
      const touched = await this.tasks(keys.slice(start, start + BATCH));
      const after = await this.exclusions.after(touched.filter(({ state }) => state === 'COMPLETED'));
      const tasks = [...touched.filter(isOpen), ...after.filter(({ userTaskKey }) => !keys.includes(userTaskKey))];
      const cases = [...new Set(tasks.flatMap(({ caseKey }) => caseKey ?? []))];
      const excluding = await this.organization.casesWithExclusions(cases);
      await this.see(tasks.filter(({ caseKey }) => caseKey === null || !excluding.has(caseKey)));
      for (const caseKey of excluding) await this.checkCase(caseKey);
    }
  }

  private async tasks(keys: readonly string[]): Promise<readonly UserTaskView[]> {
    if (keys.length === 0) return [];
    const filter = { userTaskKey: { $in: [...keys] } };
    return (await this.queries.search('userTasks', { filter, page: { limit: keys.length } })).items;
  }

  /**
   * What an API client deploys has lists of its own, so its tasks are left alone, but for those that are kept from
   * everybody: whoever may know why reads it with the tasks that nobody can do.
   */
  private async see(open: readonly UserTaskView[]): Promise<void> {
    const { current } = this.configuration;
    const known = new Set(current.processes.map(({ id }) => id));
    const recorded = await this.recorded(open);
    const problems = await this.exclusions.problems(open);
    for (const task of open) await this.seeProblem(task, problems.get(task.userTaskKey), recorded);
    const tasks = open.filter(
      ({ userTaskKey, processDefinitionId }) => known.has(processDefinitionId) && !problems.has(userTaskKey),
    );
    if (tasks.length === 0) return;
    const holders = await this.holders();
    const isExcluded = await this.exclusions.of(tasks, holders);
    const looked = tasks.map((task) => {
      const allowed = holders.filter((holder) => !isExcluded(task, holder));
      return { task, allowed, attendance: attendanceOf(task, allowed, current) };
    });
    const lonely = looked.filter(({ attendance: { need } }) => need !== 'none').map(({ task }) => task);
    const groupsOf = await this.fallbacks.of(lonely);
    for (const { task, allowed, attendance } of looked) {
      const needed =
        attendance.need === 'none'
          ? attendance
          : attendanceOf(task, allowed, { ...current, groupsOf: (formula) => groupsOf(task, formula) });
      await this.act(task, needed, recorded.get(task.userTaskKey) === null);
    }
  }

  /** Keys of the tasks that were seen to, with the group that each was offered to. */
  private async recorded(tasks: readonly UserTaskView[]): Promise<Recorded> {
    const records = await this.organization.unattended(tasks.map(({ userTaskKey }) => userTaskKey));
    return new Map(records.map(({ userTaskKey, offeredTo }) => [userTaskKey, offeredTo]));
  }

  /** Who has such a task keeps it: as soon as it is mended, work goes on. */
  private async seeProblem(task: UserTaskView, problem: string | undefined, recorded: Recorded): Promise<void> {
    const { userTaskKey, processInstanceKey, processDefinitionId } = task;
    const isRecorded = recorded.get(userTaskKey) === null;
    if (problem !== undefined && !isRecorded) {
      this.log.warn({ userTaskKey, problem }, 'this task is kept from everybody');
      const since = this.runtime.now();
      await this.runtime.write(insertUnattended({ userTaskKey, processInstanceKey, since, offeredTo: null }));
    }
    const isOfOthers = !this.configuration.current.processes.some(({ id }) => id === processDefinitionId);
    if (problem === undefined && isRecorded && isOfOthers) await this.runtime.write([deleteUnattended(userTaskKey)]);
  }

  private async holders(): Promise<readonly TaskHolder[]> {
    const accounts = (await this.accounts.list()).filter(({ disabled }) => !disabled);
    return accounts.map((account) => taskHolder(account, this.configuration.current));
  }

  private async act(task: UserTaskView, { releases, need }: Attendance, isUnattended: boolean): Promise<void> {
    const { userTaskKey, processInstanceKey, candidateGroups } = task;
    const record = { userTaskKey, processInstanceKey, since: this.runtime.now() };
    if (releases) await this.execute(task, releaseOf(task), []);
    if (need === 'none') {
      if (isUnattended) await this.runtime.write([deleteUnattended(userTaskKey)]);
    } else if (need.offerTo !== undefined) {
      const changes = { candidateGroups: [...candidateGroups, need.offerTo] };
      const writes = insertUnattended({ ...record, offeredTo: need.offerTo });
      await this.execute(task, { type: 'updateUserTask', userTaskKey, changes }, writes);
    } else if (!isUnattended) {
      this.log.warn({ userTaskKey }, 'nobody can do this task');
      await this.runtime.write(insertUnattended({ ...record, offeredTo: null }));
    }
  }

  /** One that is done or gone meanwhile is refused, which is right. */
  private async execute(
    { processInstanceKey, userTaskKey }: UserTaskView,
    command: Parameters<Runtime['execute']>[0]['command'],
    writes: readonly RowWrite[],
  ): Promise<void> {
    const outcome = await this.runtime.execute({ instanceKey: processInstanceKey, command, writes });
    if (!outcome.ok) this.log.info({ userTaskKey, rejection: outcome.rejection.code }, 'attendance refused');
  }
}

const isOpen = ({ state }: UserTaskView): boolean => state === 'CREATED';

/** A turn ends, and the task is its owner's or the next one's; else it goes back to its candidates. */
function releaseOf({ userTaskKey, turnId }: UserTaskView): Parameters<Runtime['execute']>[0]['command'] {
  if (turnId !== null) return { type: 'removeTaskTurn', userTaskKey, turnId, by: SYSTEM };
  return { type: 'assignUserTask', userTaskKey, assignee: null, allowOverride: true };
}
