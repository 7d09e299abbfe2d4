import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import type { Runtime } from '#runtime';
import type { Settings } from '../settings/settings.js';
import { LOG, RUNTIME, SETTINGS } from '../tokens.js';
import { BackupProcess } from './backup-process.js';
import { nightlyFolder, outdated } from './nightly-folders.js';

const LOOK_MS = 60_000;
/** After a backup that failed, milliseconds. */
const AGAIN_MS = 3_600_000;
/** Hour of the day from which on the backup of that day is made: before the nightly retention clears. */
const FROM_HOUR = 1;

/** Makes a backup a night where the operator named a folder for it, and takes away those that were kept long enough. */
@Injectable()
export class NightlyBackups implements OnModuleInit, OnModuleDestroy {
  private looking: ReturnType<typeof setInterval> | undefined;
  private making: Promise<string | undefined> = Promise.resolve(undefined);
  private notBefore = 0;
  private readonly stop = new AbortController();

  constructor(
    private readonly backup: BackupProcess,
    private readonly configuration: ConfigurationHolder,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    if (this.settings.backupDir === undefined) return;
    this.looking = setInterval(() => void this.makeWhereDue(), LOOK_MS);
    this.looking.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.looking);
    this.stop.abort();
    await this.making;
  }

  /** The folder that was made, if one was due. A failure is logged and tried again an hour later; never rejects. */
  makeWhereDue(): Promise<string | undefined> {
    this.making = this.making.then(() => this.makeNow()).catch((cause: unknown) => this.failed(cause));
    return this.making;
  }

  private async makeNow(): Promise<string | undefined> {
    const { backupDir, backupKeepDays } = this.settings;
    const now = this.runtime.now();
    const { day, hour } = this.localTime(now);
    if (backupDir === undefined || this.stop.signal.aborted || hour < FROM_HOUR || now < this.notBefore)
      return undefined;
    await mkdir(backupDir, { recursive: true, mode: 0o700 });
    const names = await readdir(backupDir);
    const name = nightlyFolder(day);
    if (names.includes(name)) return undefined;
    const folder = join(backupDir, name);
    await this.backup.run(folder, this.stop.signal);
    for (const old of outdated(names, day, backupKeepDays)) await rm(join(backupDir, old), { recursive: true });
    this.log.info({ folder }, 'backed up');
    return folder;
  }

  private failed(cause: unknown): undefined {
    if (this.stop.signal.aborted) {
      this.log.info('the nightly backup was broken off: the server goes down, and makes it when it is up again');
      return undefined;
    }
    this.notBefore = this.runtime.now() + AGAIN_MS;
    this.log.error({ err: cause }, 'the nightly backup failed; it is tried again in an hour');
    return undefined;
  }

  private localTime(at: number): { readonly day: string; readonly hour: number } {
    const { timeZone } = this.configuration.current.calendar;
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    const [day = '', time = ''] = format.format(at).split(' ');
    return { day, hour: Number(time.slice(0, 2)) };
  }
}
