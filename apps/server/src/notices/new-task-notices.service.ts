import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { TaskNoticeFile } from '#configuration';
import {
  createMailPreferences,
  createOrganizationQueries,
  type Database,
  type MailPreferences,
  type OrganizationQueries,
  type Queries,
  type UserTaskView,
} from '#persistence';
import type { Runtime } from '#runtime';
import { type TaskHolder, taskHolder } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { filledText } from '../mail/letter.js';
import { AttendanceService } from '../organization/attendance.service.js';
import { ExclusionsReader } from '../organization/exclusions-reader.js';
import { DATABASE, LOG, QUERIES, RUNTIME } from '../tokens.js';
import { accountsByGroup, actsMatterFrom, candidatesOf, hasJustActed, recipientsOf } from './new-task-recipients.js';
import type { Told } from './notice-rows.js';
import { NoticeWriter } from './notice-writer.service.js';
import { toAccount } from './to-account.js';

/** What is done at once, or taken back, is not told; and many tasks are looked at together. */
const GATHER_MS = 2_000;
const BATCH = 500;

interface NewTask {
  readonly task: UserTaskView;
  /** Accounts that can do it. */
  readonly able: readonly string[];
}

/**
 * Tells people that a task has come (`tasks` of notifications.json). Follows the commits of this node. A hint that a crash
 * may lose: the list of tasks says the same.
 */
@Injectable()
export class NewTaskNotices implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly preferences: MailPreferences;
  private readonly organization: OrganizationQueries;
  private waiting: string[] = [];
  private gathering: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stop: () => void = () => undefined;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly accounts: AccountsService,
    private readonly exclusions: ExclusionsReader,
    private readonly attendance: AttendanceService,
    private readonly notices: NoticeWriter,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.preferences = createMailPreferences(database);
    this.organization = createOrganizationQueries(database);
  }

  onApplicationBootstrap(): void {
    this.stop = this.runtime.on('committed', ({ openedTaskKeys }) => {
      if (!openedTaskKeys || !this.configuration.current.notifications.tasks) return;
      this.waiting.push(...openedTaskKeys);
      this.gathering ??= setTimeout(() => this.flush(), GATHER_MS).unref();
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    await this.settled();
  }

  /** Resolves when what has opened so far is told. */
  async settled(): Promise<void> {
    this.flush();
    await this.running;
  }

  private flush(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    const keys = this.waiting;
    this.waiting = [];
    if (keys.length === 0) return;
    this.running = this.running
      .then(() => this.tell(keys))
      .catch((error: unknown) => this.log.error({ err: error }, 'notices of new tasks'));
  }

  /** What nobody could do is offered to others first. */
  private async tell(keys: readonly string[]): Promise<void> {
    const { tasks: choice } = this.configuration.current.notifications;
    if (!choice) return;
    await this.attendance.settled();
    const holders = await this.holders();
    const byGroup = accountsByGroup(holders);
    const wanting = new Set((await this.preferences.wanted()).map(({ account }) => account));
    for (let start = 0; start < keys.length; start += BATCH) {
      const opened = (await this.tasks(keys.slice(start, start + BATCH)))
        .map((task) => ({ task, able: candidatesOf(task, byGroup) }))
        .filter(({ able }) => able.length > 0);
      const told = (await this.able(opened, holders))
        .map(({ task, able }) => ({ task, able: recipientsOf(able, wanting, choice.candidates) }))
        .filter(({ able }) => able.length > 0);
      const writes = await this.notices.all((await this.awaited(told)).map((one) => toldOf(one, choice)));
      if (writes.length > 0) await this.runtime.write(writes);
    }
  }

  /** Without whom the case or the step excludes. */
  private async able(opened: readonly NewTask[], holders: readonly TaskHolder[]): Promise<readonly NewTask[]> {
    if (opened.length === 0) return [];
    const involved = new Set(opened.flatMap(({ able }) => able));
    const byId = new Map(holders.filter(({ id }) => involved.has(id)).map((holder) => [holder.id, holder]));
    const isExcluded = await this.exclusions.of(
      opened.map(({ task }) => task),
      [...byId.values()],
    );
    const isAble = (task: UserTaskView, id: string): boolean => {
      const holder = byId.get(id);
      return holder !== undefined && !isExcluded(task, holder);
    };
    return opened.map(({ task, able }) => ({ task, able: able.filter((id) => isAble(task, id)) }));
  }

  /** Without those from whom the task comes. */
  private async awaited(told: readonly NewTask[]): Promise<readonly NewTask[]> {
    const tasks = told.map(({ task }) => task);
    const cases = [...new Set(tasks.flatMap(({ caseKey }) => caseKey ?? []))];
    const acts = await this.organization.actsInCases(cases, actsMatterFrom(tasks));
    return told.map(({ task, able }) => ({ task, able: able.filter((id) => !hasJustActed(task, id, acts)) }));
  }

  /** Of the configuration's processes: what an API client deploys tells its people itself. */
  private async tasks(keys: readonly string[]): Promise<readonly UserTaskView[]> {
    const known = new Set(this.configuration.current.processes.map(({ id }) => id));
    const filter = { userTaskKey: { $in: [...keys] }, state: 'CREATED' };
    const { items } = await this.queries.search('userTasks', { filter, page: { limit: keys.length } });
    return items.filter(({ processDefinitionId }) => known.has(processDefinitionId));
  }

  private async holders(): Promise<readonly TaskHolder[]> {
    const accounts = (await this.accounts.list()).filter(({ disabled }) => !disabled);
    return accounts.map((account) => taskHolder(account, this.configuration.current));
  }
}

function toldOf({ task, able }: NewTask, { text }: TaskNoticeFile): Told {
  const named = task.caseNo === null ? `「${task.name}」` : `「${task.name}」（${task.caseNo}）`;
  const drill = task.drill ? '【演练】' : '';
  return {
    recipients: able.map(toAccount),
    text: `${drill}${filledText(text, { task: named, title: task.processName })}`,
    processInstanceKey: task.processInstanceKey,
  };
}
