import { Inject, Injectable } from '@nestjs/common';
import { addDuration } from '#calendar';
import { isDerived, sortText, type CalendarFeed, type LedgerColumn } from '#configuration';
import type { StoredLedgerRow } from '#persistence';
import type { Runtime } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { LedgersService, type ReadableLedger } from '../ledgers/ledgers.service.js';
import { sightOf } from '../ledgers/reader-scope.js';
import { found } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { RUNTIME, SETTINGS } from '../tokens.js';
import { calendarText, type Appointment } from './calendar-text.js';
import { CalendarTokensService } from './calendar-tokens.service.js';

const PORTAL = 'portal';
const PAGE = 200;
/** Appointments of one calendar, the latest first. */
const MOST = 600;
/** Of a moment or day without an end. */
const USUAL_MS = 3_600_000;

/** Ledgers as calendars: who may read the rows may subscribe to them; public ones are as the pages of the portal. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly ledgers: LedgersService,
    private readonly exclusive: ExclusiveCasesService,
    private readonly tokens: CalendarTokensService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The calendars that the account may subscribe to. */
  offeredTo(account: SignedIn): readonly CalendarFeed[] {
    const { calendarFeeds } = this.configuration.current;
    return calendarFeeds.filter(({ ledger }) => {
      const entry = this.ledgerOf(ledger);
      return entry !== undefined && sightOf(entry.readers, account) !== undefined;
    });
  }

  /** What everybody may subscribe to. */
  get publicOnes(): readonly CalendarFeed[] {
    return this.configuration.current.calendarFeeds.filter((feed) => feed.public === true && this.isOpen(feed));
  }

  /** @throws Refusal `notFound` where the calendar does not exist for the account. */
  async textFor(id: string, account: SignedIn): Promise<string> {
    const feed = found(
      this.offeredTo(account).find((one) => one.id === id),
      `calendar ${id}`,
    );
    return this.textOf(feed, await this.ledgers.readable(feed.ledger, account));
  }

  /** @throws Refusal `notFound` where the calendar is not public. */
  async publicText(id: string): Promise<string> {
    const feed = found(
      this.publicOnes.find((one) => one.id === id),
      `calendar ${id}`,
    );
    return this.textOf(feed, await this.asEverybody(feed));
  }

  /** The first appointment of a public calendar that has not begun. */
  async nextOf(feed: CalendarFeed): Promise<Appointment | undefined> {
    const { columns, scope } = await this.asEverybody(feed);
    const column = columns.find(({ id }) => id === feed.start);
    if (!column) return undefined;
    const now = this.runtime.now();
    const from = sortText(column.type === 'date' ? dayOf(now, this.runtime.evaluationContext().timeZone) : now);
    const [row] = await this.ledgers.queries.page({
      ...scope,
      filters: [{ columnId: feed.start, from }],
      order: { columnId: feed.start, isDescending: false },
      limit: 1,
    });
    return row && this.appointmentOf(row, { feed, columns: openOf(columns), sequence: 0 });
  }

  private async asEverybody(feed: CalendarFeed): Promise<ReadableLedger> {
    const declaration = found(this.ledgerOf(feed.ledger), `ledger ${feed.ledger}`);
    const columns = declaration.columns.filter(({ roles }) => roles?.includes(PORTAL) ?? true);
    const hiddenCases = [...(await this.exclusive.hiddenFrom({ roles: [PORTAL] }))];
    return { declaration, columns, scope: { ledgerId: declaration.id, hiddenCases, ownUnits: [] } };
  }

  private ledgerOf(id: string) {
    return this.configuration.current.readModel.ledgers.find(({ declaration }) => declaration.id === id)?.declaration;
  }

  private isOpen({ ledger }: CalendarFeed): boolean {
    const readers = this.ledgerOf(ledger)?.readers ?? [];
    return readers.some(({ roles, ownUnit }) => ownUnit === undefined && roles.includes(PORTAL));
  }

  private async textOf(feed: CalendarFeed, ledger: ReadableLedger): Promise<string> {
    const columns = openOf(ledger.columns);
    const hasStart = columns.some(({ id }) => id === feed.start);
    const rows = hasStart ? await this.rowsOf(feed, ledger) : [];
    const revisions = await this.tokens.queries.revisions([
      ...new Set(rows.map(({ processInstanceKey }) => processInstanceKey)),
    ]);
    const appointments = rows.flatMap((row) => {
      const sequence = revisions.get(row.processInstanceKey) ?? 0;
      return this.appointmentOf(row, { feed, columns, sequence }) ?? [];
    });
    return calendarText({
      title: `${this.configuration.current.organization.name} ${feed.title}`,
      timeZone: this.runtime.evaluationContext().timeZone,
      now: Date.now(),
      appointments,
    });
  }

  private async rowsOf(feed: CalendarFeed, { scope }: ReadableLedger): Promise<readonly StoredLedgerRow[]> {
    const rows: StoredLedgerRow[] = [];
    const order = { columnId: feed.start, isDescending: true };
    for (;;) {
      const after = rows.at(-1);
      const page = await this.ledgers.queries.page({
        ...scope,
        filters: [],
        order,
        limit: PAGE,
        ...(after && { after }),
      });
      rows.push(...page);
      if (page.length < PAGE || rows.length >= MOST) return rows.filter(({ drill }) => !drill);
    }
  }

  private appointmentOf(
    row: StoredLedgerRow,
    {
      feed,
      columns,
      sequence,
    }: { readonly feed: CalendarFeed; readonly columns: readonly LedgerColumn[]; readonly sequence: number },
  ): Appointment | undefined {
    const start = row.cells[feed.start];
    if (typeof start !== 'number' && typeof start !== 'string') return undefined;
    const shown = new Map(this.ledgers.shown(row, columns));
    const put = (text: string): string =>
      text.replace(/\{\{(\w+)\}\}/g, (_, column: string) => String(shown.get(column) ?? '')).trim();
    return {
      uid: `${feed.id}-${row.rowKey}@${new URL(this.settings.baseUrl).hostname}`,
      sequence,
      start,
      end: this.endOf(row, feed, start),
      summary: put(feed.summary),
      ...(feed.place !== undefined && { place: put(feed.place) }),
      ...(feed.description !== undefined && { description: put(feed.description) }),
    };
  }

  /** Nothing ends before it begins, whatever a row says. */
  private endOf(row: StoredLedgerRow, { end, duration }: CalendarFeed, start: number | string): number | string {
    const given = end === undefined ? undefined : row.cells[end];
    if (typeof start === 'string') return typeof given === 'string' && given >= start ? given : start;
    if (typeof given === 'number' && given >= start) return given;
    const { timeZone } = this.runtime.evaluationContext();
    return (duration === undefined ? undefined : addDuration(start, duration, timeZone)) ?? start + USUAL_MS;
  }
}

const openOf = (columns: readonly LedgerColumn[]): readonly LedgerColumn[] =>
  columns.filter((column) => !isDerived(column) && column.type !== 'sealed');

const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
