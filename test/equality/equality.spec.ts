import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { seededRandom } from '../support/seeded-random.js';
import { Courses } from './course.js';
import { demanded, withoutDemanded } from './demanded.js';
import { categories, channels, matterOf, type Matter } from './matters.js';

const PAIRS = Number(process.env['EQUALITY_PAIRS'] ?? 30);
const SEED = Number(process.env['EQUALITY_SEED'] ?? 18);

/** A working day, its night, a weekend, and the week after; every pair is registered at one of them. */
const MOMENTS = [
  '2026-03-05T10:00:00+08:00',
  '2026-03-05T23:30:00+08:00',
  '2026-03-07T11:00:00+08:00',
  '2026-03-11T16:00:00+08:00',
].map((moment) => Date.parse(moment));

interface Pair {
  readonly title: string;
  readonly named: readonly string[];
  readonly anonymous: readonly string[];
}

/** The same matter, registered once with a name and once without, decided on by the same staff at the same moment. */
describe('an anonymous case', () => {
  let app: TestApp;
  let courses: Courses;
  const pairs: Pair[] = [];

  async function play(matter: Matter, number: number, other: Matter = matter): Promise<Pair> {
    const followNamed = () => courses.follow(matter, { anonymous: false, number });
    const followAnonymous = () => courses.follow(other, { anonymous: true });
    // Each comes first in every second pair, so that no order is in favour of one of them.
    const isNamedFirst = number % 2 === 0;
    const first = await (isNamedFirst ? followNamed() : followAnonymous());
    const second = await (isNamedFirst ? followAnonymous() : followNamed());
    const [named, anonymous] = isNamedFirst ? [first, second] : [second, first];
    const title = `pair ${number} (${matter.channel}, ${matter.category}, ${matter.outcome})`;
    return { title, named: await courses.told(named), anonymous: await courses.told(anonymous) };
  }

  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    const { runtime } = app.running.platform;
    await runtime.idle();
    courses = await Courses.on(app);
    const random = seededRandom(SEED);
    for (let number = 1; number <= PAIRS; number += 1) {
      const now = MOMENTS[Math.floor(((number - 1) * MOMENTS.length) / PAIRS)] ?? 0;
      if (runtime.now() !== now) {
        await runtime.pinClock(now);
        await app.running.app.get(DeadlineKeeping).settled();
      }
      pairs.push(await play(matterOf(random, number, now), number));
    }
  }, PAIRS * 60_000);
  afterAll(() => app.close());

  it('takes the same path as a named one, with the same dates, queues, numbers and ledgers', () => {
    const differing = pairs.flatMap(({ title, named, anonymous }) =>
      differences(named, anonymous).map((line) => `${title}: ${line}`),
    );

    expect(differing).toEqual([]);
  });

  it('differs only in what is listed, and in each of that', () => {
    const needless = demanded.filter((one) => {
      const others = demanded.filter((other) => other !== one);
      return pairs.every(({ named, anonymous }) => differences(named, anonymous, others).length === 0);
    });

    expect(needless).toEqual([]);
  });

  it('is compared over all channels and categories, and as far as the plan of a unit or the delivered reply', () => {
    const told = pairs.flatMap(({ named }) => named).join('\n');
    const lacking = [...channels, ...categories].filter((value) => !told.includes(`{"value":"${value}"}`));
    const steps = [
      'registerPetition',
      'tellCode',
      'assessAcceptance',
      'confirmReceipt',
      'planInquiry',
      'shortReport',
      'draftReply',
      'checkReply',
      'signReply',
      'deliverReply',
      'signNotice',
      'receiveAccusation',
    ];
    const open = steps.filter((step) => !told.includes(`task ${step} {"state":"COMPLETED"`));

    expect({ lacking, open }).toEqual({ lacking: [], open: [] });
    for (const fact of [
      'variable xf_main.noticeDue',
      'variable xf_main.replyDue',
      'variable xf_main.repliedAt',
      'deadline reply',
      'ledger L01',
      'timer ',
      'case xf_main',
    ])
      expect(told).toContain(fact);
  });

  it('would be told apart where anything else made a difference', async () => {
    const { runtime } = app.running.platform;
    const drawn = matterOf(seededRandom(SEED), PAIRS + 1, runtime.now());
    const matter = { ...drawn, channel: 'letter', fields: { ...drawn.fields, wish: 'solve', previous: 'first' } };
    const other = { ...matter, fields: { ...matter.fields, receivedAt: '2026-02-23T08:00:00+08:00' } };

    const { named, anonymous } = await play(matter, PAIRS + 1, other);

    expect(differences(named, anonymous)).toContainEqual(
      expect.stringContaining('only anonymous: task assessAcceptance'),
    );
  });
});

/** Lines of one that the other lacks, as often as it lacks them. */
function differences(named: readonly string[], anonymous: readonly string[], allowed = demanded): readonly string[] {
  const [one, other] = [withoutDemanded(named, allowed), withoutDemanded(anonymous, allowed)];
  return [
    ...lacking(one, other).map((line) => `only named: ${line}`),
    ...lacking(other, one).map((line) => `only anonymous: ${line}`),
  ];
}

function lacking(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
