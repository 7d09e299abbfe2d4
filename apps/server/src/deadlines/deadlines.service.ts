import { Inject, Injectable } from '@nestjs/common';
import { createDeadlineQueries } from '#persistence';
import type { Database, DeadlineQueries, DeadlineView, LampName } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { lampOf } from '../tasks/task-rows.js';
import { DATABASE, RUNTIME } from '../tokens.js';

const MOST = 500;
const PUBLICATIONS = 10;

/** What is open, near and overdue, whatever it is of; nothing of a case that does not exist for the reader. */
@Injectable()
export class DeadlinesService {
  readonly queries: DeadlineQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly visibility: InstanceVisibility,
    private readonly names: NamesService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createDeadlineQueries(database);
  }

  async overview(account: SignedIn, lamp?: LampName) {
    const now = this.runtime.now();
    const hiddenCases = [...(await this.visibility.hiddenCases(account))];
    const { deadlines } = this.configuration.current.readModel;
    const leftOut = deadlines.flatMap(({ declaration: { id, goal } }) => (goal === true ? [id] : []));
    const [rows, counts, publications] = await Promise.all([
      this.queries.open({ hiddenCases, leftOut, now, limit: MOST, ...(lamp && { lamp }) }),
      this.queries.counts({ hiddenCases, leftOut, now }),
      this.queries.publications(hiddenCases, PUBLICATIONS),
    ]);
    return {
      at: isoTime(now),
      counts,
      items: rows.map((row) => this.row(row, now)),
      publications: publications.map(({ doneAt, publishedAt, ...rest }) => ({
        ...rest,
        publishedAt: isoTime(publishedAt),
        doneAt: isoTime(doneAt),
      })),
    };
  }

  private row(row: DeadlineView, now: number) {
    const { declaration } =
      this.configuration.current.readModel.deadlines.find((entry) => entry.declaration.id === row.deadlineId) ?? {};
    return {
      deadlineId: row.deadlineId,
      title: declaration?.title ?? row.deadlineId,
      clause: declaration?.clause ?? null,
      processInstanceKey: row.processInstanceKey,
      caseNo: row.caseNo,
      caseTitle: row.title ?? '',
      step: row.taskName,
      unit: this.names.unit(row.unit),
      fromAt: isoTime(row.fromAt),
      dueAt: isoTime(row.dueAt),
      lamp: lampOf(row, now),
      paused: row.state === 'PAUSED',
      nextMark: row.nextMark,
      nextAt: isoTime(row.nextAt),
      fault: row.fault,
      drill: row.drill,
    };
  }
}
