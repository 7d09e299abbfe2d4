import { readFileSync } from 'node:fs';
import type { Random } from '../support/seeded-random.js';

/** What is reported, and what staff will decide on it: all but who reports. */
export interface Matter {
  readonly channel: string;
  readonly category: string;
  readonly outcome: string;
  /** Fields of the form that registers it. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Adds to the review of the office. */
  readonly review: Readonly<Record<string, unknown>>;
  /** The unit says that it is not its matter. */
  readonly isObjected: boolean;
}

const dictionaries = JSON.parse(readFileSync('workflows/dictionaries.json', 'utf8')) as Readonly<
  Record<string, readonly { readonly value: string }[]>
>;
const values = (dictionary: string): readonly string[] => (dictionaries[dictionary] ?? []).map(({ value }) => value);

export const channels = values('channel');
export const categories = values('category');
export const wishes = values('wish');
export const urgentSigns = values('urgentSigns');
/** Mostly accepted, so that most matters get to a unit. A merger names a case of the same person, whom it knows. */
const outcomes = [...Array<string>(5).fill('accept'), ...values('outcome').filter((outcome) => outcome !== 'merge')];

/** Every so many is a plain matter, of pay. */
const PLAIN_EVERY = 7;
const PLAIN = 'C01';
/** What a plain matter says nothing of. */
const SPECIAL = ['jointSigners', 'previous', 'accusedRefs', 'dangerKind', 'dangerPlace', 'assistance'];

const VISITS = ['visit', 'receptionDay'];
const FROM_ABOVE = ['transferredIn', 'assignedIn'];

/** Every channel, category, wish, sign and decision comes up in turn, each in a rhythm of its own; the rest is drawn. */
export function matterOf(random: Random, number: number, now: number): Matter {
  const turn = <T>(list: readonly T[]): T => list[number % list.length] as T;
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const seldom = (share: number): boolean => random() < share;
  const channel = turn(channels);
  const signs = seldom(0.4) ? [turn(urgentSigns)] : [];
  const imminentDanger = seldom(0.1);
  const isDanger = imminentDanger || signs.includes('lifeDanger');
  const people = any([1, 1, 1, 2, 4, 5, 6, 12]);
  const unit = any(['hr', 'logistics', 'mining1']);
  const drawn = {
    channel,
    category: turn(categories),
    outcome: any(outcomes),
    isObjected: seldom(0.2),
    fields: {
      wish: any(wishes),
      category: turn(categories),
      subject: '一件需要处理的事',
      mainFacts: `第 ${number} 件：上个月开始的，问过两次，没有答复。`,
      demands: Array.from({ length: any([1, 1, 2, 3]) }, (_, index) => ({ text: `请求之${index + 1}` })),
      receivedAt: new Date(now - Math.floor(random() * 12) * 86_400_000).toISOString(),
      urgentSigns: signs,
      imminentDanger,
      ...(isDanger && { dangerKind: any(values('dangerKind')), dangerPlace: '二号楼东侧' }),
      // Kept by the form where there is something on site.
      eventPlace: '行政楼前',
      headcount: people,
      representing: any(values('representing')),
      preferredContact: any(values('preferredContact')),
      petitionerKind: any(values('petitionerKind')),
      legalProgress: seldom(0.2) ? [any(values('legalProgress'))] : [],
      assistance: seldom(0.2) ? [any(values('assistance'))] : [],
      ...(seldom(0.3) && { jointSigners: any([1, 5, 30]) }),
      ...(seldom(0.3) && { previous: any(values('previous')) }),
      ...(seldom(0.3) && { accusedRefs: [{ kind: 'unit', ref: unit }] }),
      ...(VISITS.includes(channel) && { visitorCount: people }),
      ...(FROM_ABOVE.includes(channel) && { sentByBody: '公司信访办', ...(seldom(0.5) && { givenDue: '2026-04-10' }) }),
      consentNotice: true,
    },
    review: {
      factsClear: seldom(0.3),
      instructionWanted: seldom(0.2),
      ...(seldom(0.2) && { assessedClaims: [{ text: '请求之一', leadUnit: unit }] }),
      ...(seldom(0.2) && { splitClaims: [{ text: '另一项', splitOutcome: any(values('splitOutcome')) }] }),
    },
  };
  return number % PLAIN_EVERY === 3 ? plain(drawn) : drawn;
}

/** A first report of one clear fact, which goes the short way to its reply. */
function plain({ fields, ...matter }: Matter): Matter {
  const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !SPECIAL.includes(name)));
  const calm = {
    wish: 'solve',
    category: PLAIN,
    urgentSigns: [],
    imminentDanger: false,
    legalProgress: [],
    representing: 'self',
    headcount: 1,
  };
  const people = 'visitorCount' in rest && { visitorCount: 1 };
  return {
    ...matter,
    category: PLAIN,
    outcome: 'accept',
    isObjected: false,
    fields: { ...rest, ...calm, ...people },
    review: { factsClear: true, instructionWanted: false },
  };
}

/** Who reports: each with a telephone and a name of their own, or nobody known. */
export type Reporter = { readonly anonymous: true } | { readonly anonymous: false; readonly number: number };

export const identityOf = (reporter: Reporter): Readonly<Record<string, unknown>> =>
  reporter.anonymous
    ? { anonymous: true }
    : {
        anonymous: false,
        name: `信访人${reporter.number}`,
        phone: `139${String(reporter.number).padStart(8, '0')}`,
        addressOrUnit: `家属区 ${reporter.number} 号`,
      };
