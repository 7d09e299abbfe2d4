import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Runtime } from '#runtime';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { LedgerFollowing } from '../ledgers/ledger-following.service.js';
import { NoticeWriter } from '../notices/notice-writer.service.js';
import type { Settings } from '../settings/settings.js';
import { LOG, RUNTIME, SETTINGS } from '../tokens.js';
import { DeadlineKeeper } from './deadline-keeper.js';

/** Marks come at whole minutes at the earliest; a second later is soon enough. */
const POLL_MS = 1_000;

/** Sets the keeper of deadlines to work on nodes that work. */
@Injectable()
export class DeadlineKeeping implements OnModuleInit, OnModuleDestroy {
  private readonly keeper: DeadlineKeeper;
  private polling: ReturnType<typeof setInterval> | undefined;

  constructor(
    configuration: ConfigurationHolder,
    private readonly following: LedgerFollowing,
    notices: NoticeWriter,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) log: Logger,
  ) {
    const { deadlines, ledgers } = following;
    this.keeper = new DeadlineKeeper({
      deadlines,
      ledgers,
      runtime,
      current: () => configuration.current,
      notices: (told) => notices.all(told),
      log,
    });
  }

  onModuleInit(): void {
    if (this.settings.role === 'api') return;
    this.polling = setInterval(() => void this.keeper.keep(), POLL_MS);
    this.polling.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.polling);
    await this.keeper.close();
  }

  /** Resolves when nothing is due and nothing that followed from it is left to do. For scenarios and tests. */
  async settled(): Promise<void> {
    const { deadlines } = this.following;
    for (;;) {
      await this.runtime.idle();
      await this.following.settled();
      const next = await deadlines.nextMarkAt();
      if (next === undefined || next > this.runtime.now()) return;
      await this.keeper.keep();
    }
  }

  /** Epoch ms of the next mark. */
  nextMarkAt(): Promise<number | undefined> {
    return this.following.deadlines.nextMarkAt();
  }
}
