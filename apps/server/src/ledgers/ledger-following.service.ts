import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { createDeadlineStore, createLedgerStore } from '#persistence';
import type { Database, DeadlineStore, LedgerStore, Store } from '#persistence';
import type { Runtime } from '#runtime';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { TaskDueDates } from '../deadlines/task-due-dates.js';
import { TimerDates } from '../deadlines/timer-dates.js';
import { tellPublication } from '../deadlines/tell-publication.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, LOG, RUNTIME, SETTINGS, STORE } from '../tokens.js';
import { LedgerFollower } from './ledger-follower.js';

/** Commits that come close together are followed together. */
const SOON_MS = 100;
/** Marks of nodes that only answer requests, and of nodes that died. */
const POLL_MS = 2_000;

/** Sets the follower to work on nodes that work, and answers how far it is. */
@Injectable()
export class LedgerFollowing implements OnModuleInit, OnModuleDestroy {
  readonly ledgers: LedgerStore;
  readonly deadlines: DeadlineStore;
  private readonly follower: LedgerFollower;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setInterval> | undefined;
  private readonly ends: (() => void)[] = [];

  constructor(
    private readonly configuration: ConfigurationHolder,
    dueDates: TaskDueDates,
    timerDates: TimerDates,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) log: Logger,
    @Inject(DATABASE) database: Database,
    @Inject(STORE) store: Store,
  ) {
    this.ledgers = createLedgerStore(database, store);
    const deadlines = createDeadlineStore(database, store);
    this.deadlines = deadlines;
    this.follower = new LedgerFollower({
      ledgers: this.ledgers,
      current: () => configuration.current,
      setId: async (hash) => (await deadlines.setOf(hash))?.id ?? 0,
      onCaughtUp: async (setId) => {
        await dueDates.compute(setId);
        await timerDates.compute(setId);
        await tellPublication(setId, { deadlines, runtime, set: configuration.current });
      },
      now: () => runtime.now(),
      timeZone: runtime.evaluationContext().timeZone,
      log,
    });
  }

  onModuleInit(): void {
    if (this.settings.role === 'api') return;
    this.polling = setInterval(() => void this.follower.follow(), POLL_MS);
    this.polling.unref();
    this.ends.push(
      this.configuration.onSwitch(() => this.wake()),
      this.runtime.on('committed', ({ tables }) => {
        if (tables.includes('ledger_marks')) this.wake();
      }),
    );
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.polling);
    clearTimeout(this.soon);
    for (const end of this.ends) end();
    await this.follower.close();
  }

  /** Resolves when every mark that is there now is worked off. */
  settled(): Promise<void> {
    return this.follower.follow();
  }

  private wake(): void {
    if (this.soon !== undefined) return;
    this.soon = setTimeout(() => {
      this.soon = undefined;
      void this.follower.follow();
    }, SOON_MS);
    this.soon.unref();
  }
}
