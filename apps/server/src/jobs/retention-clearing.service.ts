import { Inject, Injectable } from '@nestjs/common';
import {
  createRetentionQueries,
  type Database,
  dropDraftsPast,
  forgetAccess,
  forgetFiles,
  forgetOriginals,
  forgetTrackingCode,
  type PastCase,
  type Remainder,
  requireFree,
  type RetentionQueries,
} from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { DATABASE, RUNTIME, VAULT } from '../tokens.js';

const BATCH = 200;

/** What of a case, or beside cases, is cleared while the rest is kept. */
export const clearings = ['classes', 'codes', 'files', 'drafts', 'accesses'] as const;
export type Clearing = (typeof clearings)[number];
export const isClearing = (what: string): what is Clearing => clearings.some((one) => one === what);

interface Wish {
  /** Epoch ms. */
  readonly before: number;
  readonly processes: readonly string[];
  readonly classes: readonly string[];
}

export interface Cleared {
  /** Cases; of drafts and looks, these. */
  readonly cleared: number;
  /** Cases in which a legal hold stopped it. */
  readonly stopped: readonly PastCase[];
}

/** Clears parts of what is kept, each after a time of its own. What was cleared stays cleared if the job is worked twice. */
@Injectable()
export class RetentionClearing {
  private readonly queries: RetentionQueries;

  constructor(
    private readonly attachments: AttachmentsService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createRetentionQueries(database);
  }

  async clear(what: Clearing, wish: Wish): Promise<Cleared> {
    switch (what) {
      case 'classes':
        return this.withFiles(await this.ofCases(wish, { of: 'classes', classes: wish.classes }));
      case 'codes':
        return this.ofCases(wish, { of: 'codes' });
      case 'files':
        return this.withFiles(await this.ofCases(wish, { of: 'files' }));
      case 'drafts':
        return { cleared: await this.drafts(wish), stopped: [] };
      case 'accesses':
        return { cleared: await this.accesses(wish), stopped: [] };
    }
  }

  /** The bytes of what was forgotten go from the disk, too. */
  private async withFiles(done: Cleared): Promise<Cleared> {
    await this.attachments.removeForgotten();
    return done;
  }

  private async ofCases({ before, processes, classes }: Wish, remainder: Remainder): Promise<Cleared> {
    if (remainder.of === 'classes' && classes.length === 0) return { cleared: 0, stopped: [] };
    const stopped: PastCase[] = [];
    let cleared = 0;
    for (let after = '0'; ;) {
      const past = await this.queries.casesPast({ processes, remainder, endedBefore: before, after, limit: BATCH });
      for (const one of past) {
        if (one.heldFor === null && (await this.free(one, remainder))) cleared++;
        else stopped.push(one);
      }
      const last = past.at(-1);
      if (!last || past.length < BATCH) break;
      after = last.caseKey;
    }
    return { cleared, stopped };
  }

  /** False where a hold, or a new instance of the case, came in between. */
  private async free({ caseKey }: PastCase, remainder: Remainder): Promise<boolean> {
    return (await this.runtime.write([requireFree(caseKey), ...(await this.writesFor(caseKey, remainder))])).ok;
  }

  private async writesFor(caseKey: string, remainder: Remainder): Promise<readonly RowWrite[]> {
    if (remainder.of === 'classes') {
      const files = await this.vault.filesOf(caseKey, remainder.classes);
      return [...this.vault.clearClasses(caseKey, remainder.classes), ...forgetOriginals(files, this.runtime.now())];
    }
    return [remainder.of === 'codes' ? forgetTrackingCode(caseKey) : forgetFiles(caseKey, this.runtime.now())];
  }

  private async drafts({ before }: Wish): Promise<number> {
    const count = await this.queries.draftsPast(before);
    if (count > 0) await this.runtime.write([dropDraftsPast(before)]);
    return count;
  }

  private async accesses({ before }: Wish): Promise<number> {
    let cleared = 0;
    for (let after = 0; ;) {
      const past = await this.queries.accessesPast({ before, after, limit: BATCH });
      const free = past.filter(({ isFree }) => isFree);
      if (free.length > 0 && (await this.runtime.write(free.flatMap(forgetAccess))).ok) cleared += free.length;
      if (past.length < BATCH) return cleared;
      after = past.at(-1)?.position ?? after;
    }
  }
}
