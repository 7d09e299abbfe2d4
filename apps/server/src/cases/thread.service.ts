import { Inject, Injectable } from '@nestjs/common';
import { isHandle } from '#forms';
import { createThreadEntries, insertThreadEntry, type Database, type ThreadEntries } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import { isoTime } from '../iso-time.js';
import { DATABASE, RUNTIME } from '../tokens.js';

/** The newest texts that one page shows. */
const SHOWN = 200;

export interface ThreadPlace {
  readonly caseKey: string;
  readonly processInstanceKey: string | null;
  readonly fromVisitor: boolean;
}

/** One text of the conversation, as its handle. */
export interface ThreadText {
  readonly key: string;
  readonly at: string;
  readonly fromVisitor: boolean;
  readonly text: { readonly $sealed: string };
}

/**
 * The conversation about a case: what who follows it writes through an action of the portal (`thread`), and what the
 * office writes in a task (`ct.thread`). The texts are fields of forms, so they are sealed like any other; here stands
 * which of them belong to the conversation, and in which order.
 */
@Injectable()
export class ThreadService {
  private readonly entries: ThreadEntries;

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.entries = createThreadEntries(database);
  }

  /** Commits with the command that takes the form. Nothing where the field was left empty or keeps an earlier text. */
  async writes(
    field: string | undefined,
    submitted: { readonly data: unknown; readonly variables: Readonly<Record<string, unknown>> },
    place: ThreadPlace,
  ): Promise<readonly RowWrite[]> {
    if (field === undefined) return [];
    const typed = (submitted.data as Readonly<Record<string, unknown>>)[field];
    const handle = submitted.variables[field];
    if (typeof typed !== 'string' || !isHandle(handle)) return [];
    const entryKey = await this.runtime.nextKey();
    return [insertThreadEntry({ ...place, entryKey, sealedKey: handle.$sealed, createdAt: this.runtime.now() })];
  }

  /** Oldest first. */
  async of(caseKey: string | null): Promise<readonly ThreadText[]> {
    if (caseKey === null) return [];
    return (await this.entries.of(caseKey, SHOWN)).map(({ entryKey, createdAt, fromVisitor, sealedKey }) => ({
      key: entryKey,
      at: isoTime(createdAt),
      fromVisitor,
      text: { $sealed: sealedKey },
    }));
  }
}
