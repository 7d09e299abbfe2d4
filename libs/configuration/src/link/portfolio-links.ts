import type { Portfolio } from '../settings.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { isRealDate } from './references.js';

const file = 'workflows/portfolios.json';
const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

interface Placed extends Required<Pick<Portfolio, 'from' | 'until'>> {
  readonly portfolio: Portfolio;
  readonly index: number;
}

/** Checks that portfolios name posts and units that there are, that no two claim one day, and that no day is left out. */
export function linkPortfolios(context: LinkContext): void {
  context.set.portfolios.forEach((portfolio, index) => {
    linkNames(context, portfolio, index);
    linkDates(context, portfolio, index);
  });
  const placed = context.set.portfolios.map((portfolio, index) => ({
    portfolio,
    index,
    from: portfolio.from ?? FIRST_DAY,
    until: portfolio.until ?? LAST_DAY,
  }));
  for (const field of new Set(placed.map(({ portfolio }) => portfolio.field)))
    linkSuccession(
      context,
      placed.filter(({ portfolio }) => portfolio.field === field).sort((a, b) => (a.from < b.from ? -1 : 1)),
    );
  refuseTwoFields(context, placed);
}

function linkNames(
  context: LinkContext,
  { post, deputy, units = [], categories = [] }: Portfolio,
  index: number,
): void {
  const posts = (context.set.organization.posts ?? []).map(({ id }) => id);
  const known = context.set.organization.units.map(({ id }) => id);
  const expectPost = (place: string, id: string | undefined) => {
    if (id === undefined || posts.includes(id)) return;
    reportMissing(context, file, `/${index}/${place}`, { what: ['the post', '职务'], id, known: posts });
  };
  expectPost('post', post);
  expectPost('deputy', deputy);
  units.forEach((id, position) => {
    if (!known.includes(id))
      reportMissing(context, file, `/${index}/units/${position}`, { what: ['the unit', '单位'], id, known });
  });
  linkCategories(context, categories, `/${index}/categories`);
  if (post !== deputy) return;
  const text: Sentence = ['Expected another post as deputy.', '副职不能与正职是同一职务。'];
  reportPlace(context, file, `/${index}/deputy`, { code: 'settings.ownDeputy', text });
}

/** A category that no dictionary has is nobody's: whoever looks after it would never be found. */
function linkCategories(context: LinkContext, categories: readonly (string | number)[], place: string): void {
  const values = Object.values(context.set.dictionaries).flatMap((entries) => entries.map(({ value }) => value));
  const known = values.map(String);
  const what: Sentence = ['in a dictionary the category', '字典中的类别'];
  categories.forEach((category, position) => {
    if (!values.includes(category))
      reportMissing(context, file, `${place}/${position}`, { what, id: String(category), known });
  });
}

function linkDates(context: LinkContext, { from, until }: Portfolio, index: number): void {
  for (const [place, day] of Object.entries({ from, until })) {
    if (day === undefined || isRealDate(day)) continue;
    const text: Sentence = [`Expected a date of the calendar but found ${day}.`, `日期 ${day} 不存在。`];
    reportPlace(context, file, `/${index}/${place}`, { code: 'settings.calendarDate', text });
  }
  if (from === undefined || until === undefined || from <= until) return;
  const text: Sentence = [
    `Expected the last day not before ${from} but found ${until}.`,
    `截止日 ${until} 早于开始日 ${from}。`,
  ];
  reportPlace(context, file, `/${index}/until`, { code: 'settings.datesReversed', text });
}

/** Entries of one field, by their first day. */
function linkSuccession(context: LinkContext, entries: readonly Placed[]): void {
  entries.slice(1).forEach((entry, position) => {
    const before = latestBefore(entries, position + 1);
    const { field } = entry.portfolio;
    const place = `/${entry.index}/from`;
    if (entry.from <= before) {
      const text: Sentence = [
        `Expected one post in charge of "${field}" at a time but ${entry.from} is taken until ${before}.`,
        `分管领域“${field}”在 ${shown(entry.from)} 至 ${shown(before)} 有两条记录重叠。`,
      ];
      return reportPlace(context, file, `/${entry.index}`, { code: 'settings.portfolioOverlap', text });
    }
    if (entry.from === dayAfter(before)) return;
    const text: Sentence = [
      `Nobody is in charge of "${field}" after ${before} and before ${entry.from}.`,
      `分管领域“${field}”在 ${before} 之后、${entry.from} 之前无人分管。`,
    ];
    reportPlace(context, file, place, { code: 'settings.portfolioGap', severity: 'warning', text });
  });
}

function latestBefore(entries: readonly Placed[], end: number): string {
  return entries.slice(0, end).reduce((latest, { until }) => (until > latest ? until : latest), FIRST_DAY);
}

/** A category of a unit belongs to one field on each day. */
function refuseTwoFields(context: LinkContext, entries: readonly Placed[]): void {
  entries.forEach((entry, position) => {
    const other = entries.slice(0, position).find((earlier) => claimTheSame(earlier, entry));
    if (!other) return;
    const [first, second] = [other.portfolio.field, entry.portfolio.field];
    const text: Sentence = [
      `Expected a category to belong to one field at a time but "${first}" and "${second}" both claim it.`,
      `“${first}”与“${second}”在同一时期分管同一类别。`,
    ];
    reportPlace(context, file, `/${entry.index}/categories`, { code: 'settings.portfolioOverlap', text });
  });
}

function claimTheSame(a: Placed, b: Placed): boolean {
  const meet = a.from <= b.until && b.from <= a.until;
  return meet && a.portfolio.field !== b.portfolio.field && shareCategory(a, b) && shareUnit(a, b);
}

function shareCategory(a: Placed, b: Placed): boolean {
  return a.portfolio.categories?.some((one) => b.portfolio.categories?.includes(one)) ?? false;
}

/** One with units goes before one without, so they do not meet. */
function shareUnit({ portfolio: a }: Placed, { portfolio: b }: Placed): boolean {
  if (a.units === undefined || b.units === undefined) return a.units === b.units;
  return a.units.some((one) => b.units?.includes(one));
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return Number.isNaN(date.getTime()) ? day : date.toISOString().slice(0, 10);
}

function shown(day: string): string {
  return day === LAST_DAY ? '（不限）' : day === FIRST_DAY ? '（不限）' : day;
}
