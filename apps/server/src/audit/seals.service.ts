import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { auditHead, createAuditQueries, instanceHeads, recordSeal } from '#persistence';
import type { AuditQueries, AuditSeal, Database } from '#persistence';
import type { Runtime } from '#runtime';
import { isoTime } from '../iso-time.js';
import { replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, LOG, RUNTIME, SETTINGS } from '../tokens.js';
import { appendSeal, readSeals, writeHeads } from './seal-files.js';
import { openSigningKey } from './signing-key.js';

const LOOK_MS = 60_000;
/** An instance that ended so long before the last seal is in that one already. */
const OVERLAP_MS = 24 * 3_600_000;

/** Writes the heads of the audit log and of all instances outside the database, once a day and when it is asked to. */
@Injectable()
export class SealsService implements OnModuleInit, OnModuleDestroy {
  readonly queries: AuditQueries;
  private looking: ReturnType<typeof setInterval> | undefined;
  /** Seals follow one another. */
  private sealing: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.queries = createAuditQueries(database);
  }

  onModuleInit(): void {
    if (this.settings.role === 'api') return;
    const fail = (cause: unknown) => this.log.error({ err: cause }, 'the audit log could not be sealed');
    this.looking = setInterval(() => void this.sealWhereDue().catch(fail), LOOK_MS);
    this.looking.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.looking);
    await this.sealing.catch(() => undefined);
  }

  /** Once a calendar day; nothing is written where nothing was entered. */
  async sealWhereDue(): Promise<AuditSeal | undefined> {
    const [last] = await this.queries.seals(1);
    if (last?.day === this.today()) return undefined;
    const head = await auditHead(this.database);
    return head.position === 0 ? undefined : this.seal();
  }

  seal(): Promise<AuditSeal> {
    const sealing = this.sealing.catch(() => undefined).then(() => this.sealNow());
    this.sealing = sealing;
    return sealing;
  }

  private async sealNow(): Promise<AuditSeal> {
    const { auditDir, auditKeyFile } = this.settings;
    const key = openSigningKey(auditKeyFile);
    const [last] = await this.queries.seals(1);
    const { seals } = await readSeals(auditDir);
    const [day, at, log] = [this.today(), this.runtime.now(), await auditHead(this.database)];
    const file = `heads-${log.position}-${isoTime(at).replaceAll(/[-:]/g, '')}.txt`;
    const heads = await writeHeads(auditDir, file, instanceHeads(this.database, (last?.sealedAt ?? 0) - OVERLAP_MS));
    const { publicKey } = key;
    const previous = seals.at(-1)?.digest ?? '';
    const seal = { version: 1 as const, day, sealedAt: isoTime(at), log, heads, previous, publicKey };
    const digest = await appendSeal(auditDir, seal, (text) => key.sign(text));
    const record = { day, sealedAt: at, ...log, instances: heads.instances, digest, node: hostname() };
    replyOf(await this.runtime.write(recordSeal(record)));
    return record;
  }

  private today(): string {
    return isoTime(this.runtime.now()).slice(0, 10);
  }
}
