import { parseDuration } from '#calendar';
import { type CalendarFeed, columnsNamedIn, FEED_TEXTS } from '../calendar-feeds.js';
import { isDerived, type LedgerDeclaration } from '../ledgers/index.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { refuseDoubles } from './references.js';

const file = 'workflows/calendar-feeds.json';
const PORTAL = 'portal';

/** Follows the ledgers and columns that calendars name. */
export function linkCalendarFeeds(context: LinkContext): void {
  const { calendarFeeds, readModel } = context.set;
  refuseDoubles(
    context,
    file,
    '',
    calendarFeeds.map(({ id }) => id),
  );
  const ledgers = readModel.ledgers.map(({ declaration }) => declaration);
  calendarFeeds.forEach((feed, index) => {
    const ledger = ledgers.find(({ id }) => id === feed.ledger);
    if (ledger) return linkFeed(context, { feed, ledger, place: `/${index}` });
    const known = ledgers.map(({ id }) => id);
    reportMissing(context, file, `/${index}/ledger`, { what: ['the ledger', '台账'], id: feed.ledger, known });
  });
}

interface Placed {
  readonly feed: CalendarFeed;
  readonly ledger: LedgerDeclaration;
  readonly place: string;
}

function linkFeed(context: LinkContext, { feed, ledger, place }: Placed): void {
  const refuse = (at: string, text: Sentence) =>
    reportPlace(context, file, `${place}/${at}`, { code: 'settings.calendarFeed', text });
  const open = ledger.columns.filter((column) => !isDerived(column) && column.type !== 'sealed');
  const shown = feed.public === true ? open.filter(({ roles }) => roles?.includes(PORTAL) ?? true) : open;
  const expectColumn = (at: string, id: string): void => {
    if (shown.some((column) => column.id === id)) return;
    const known = shown.map((column) => column.id);
    const what = ['the column that may be shown here', '可以显示的列'] as const;
    reportMissing(context, file, `${place}/${at}`, { what, id, known });
  };
  for (const at of ['start', 'end', ...FEED_TEXTS] as const) {
    const text = feed[at];
    if (text === undefined) continue;
    const named = at === 'start' || at === 'end' ? [text] : columnsNamedIn(text);
    named.forEach((id) => expectColumn(at, id));
  }
  const columnOf = (id: string | undefined) => shown.find((column) => column.id === id);
  const start = columnOf(feed.start);
  if (start && (start.sort !== true || !['date', 'dateTime'].includes(start.type)))
    refuse('start', [
      `Expected the column "${start.id}" to be a date or dateTime that can be sorted ("sort": true).`,
      `列“${start.id}”应为日期或日期时间，并可排序（"sort": true）。`,
    ]);
  const end = columnOf(feed.end);
  if (start && end && end.type !== start.type)
    refuse('end', [
      `Expected the column "${end.id}" to be of the type ${start.type} as the start is.`,
      `列“${end.id}”的类型应与开始一样（${start.type}）。`,
    ]);
  if (
    feed.duration !== undefined &&
    (feed.end !== undefined || start?.type === 'date' || !parseDuration(feed.duration))
  )
    refuse('duration', [
      'Expected an ISO 8601 duration such as PT2H, for a start with a time and where no column holds the end.',
      '时长（duration）应写成 PT2H 这样的形式，只用于开始有钟点、又没有结束列的日历。',
    ]);
  if (
    feed.public === true &&
    !ledger.readers.some(({ roles, ownUnit }) => ownUnit === undefined && roles.includes(PORTAL))
  )
    refuse('public', [
      `Expected the ledger "${ledger.id}" to name "portal" among its readers, as for any public page.`,
      `公开的日历要求台账“${ledger.id}”的可见范围（readers）里有 portal。`,
    ]);
}
