import { Inject, Injectable, type MessageEvent, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { concatMap, filter, from, map, merge, mergeAll, type Observable, Subject, share } from 'rxjs';
import type { Queries } from '#persistence';
import type { CommittedNotice, Runtime } from '#runtime';
import { TaskVisibility } from '../access/task-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { QUERIES, RUNTIME } from '../tokens.js';

/** Tells browsers after each commit that something they may see has changed. */
@Injectable()
export class EventsService implements OnModuleInit, OnModuleDestroy {
  private readonly commits = new Subject<CommittedNotice>();
  private readonly switches = new Subject<MessageEvent>();
  private readonly shared = this.commits.pipe(share());
  private stops: (() => void)[] = [];

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly visibility: TaskVisibility,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  onModuleInit(): void {
    this.stops = [
      this.runtime.on('committed', (notice) => this.commits.next(notice)),
      this.configuration.onSwitch(({ hash }) => this.switches.next({ type: 'configuration', data: { keys: [hash] } })),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.stops) stop();
    this.commits.complete();
    this.switches.complete();
  }

  of(account: SignedIn): Observable<MessageEvent> {
    const own = this.shared.pipe(
      concatMap((notice) => from(this.eventsFor(notice, account))),
      mergeAll(),
      filter((event) => event !== undefined),
    );
    const notices = this.shared.pipe(
      filter(({ tables }) => tables.includes('notices')),
      map(() => ({ type: 'notice', data: { keys: [] } })),
    );
    return merge(own, notices, this.switches);
  }

  private async eventsFor({ userTaskKeys }: CommittedNotice, account: SignedIn): Promise<MessageEvent[]> {
    const checks = await Promise.all(
      userTaskKeys.map(async (key) => ((await this.isVisible(key, account)) ? [key] : [])),
    );
    const keys = checks.flat();
    if (keys.length === 0) return [];
    const tasks = await Promise.all(keys.map((key) => this.queries.get('userTasks', key)));
    const instances = [...new Set(tasks.flatMap((task) => (task ? [task.processInstanceKey] : [])))];
    return [
      { type: 'tasks', data: { keys } },
      { type: 'instance', data: { keys: instances } },
    ];
  }

  private async isVisible(key: string, account: SignedIn): Promise<boolean> {
    return this.visibility.requireVisible(key, account).then(
      () => true,
      () => false,
    );
  }
}
