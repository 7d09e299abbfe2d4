// Plays the past of the demo through the public API of a running server whose clock may be set.
import { DAY, officeHour } from './moments.mjs';
import { peopleOf } from './people.mjs';
import { Routine, lookedUp, looksBetween, readRoutine } from './routine.mjs';
import { Followers, castOf, readStories } from './stories.mjs';

export { readStories };

/**
 * Moves the server's clock from the first moment of the stories to now. For the last days the mine works as a routine
 * tells: schedules start what is due, and people do their tasks.
 *
 * @returns {Promise<{ cases: number, steps: number }>} what was played
 */
export async function play(url, { stories = readStories(), routine = readRoutine() } = {}) {
  const people = await peopleOf(url);
  const now = Date.now();
  const acts = stories.flatMap((story) => castOf(story, now));
  for (const act of acts) act.guest = earlierOf(act, acts);
  const cases = acts.length;
  const timetable = [...acts.flatMap(momentsOf), ...workingDays({ stories, routine, acts, now })];
  let steps = 0;
  for (;;) {
    timetable.sort((a, b) => a.at - b.at);
    const next = timetable.shift();
    if (!next || next.at > now) break;
    await people.setClock(next.at);
    const more = await next.act(people, next.of);
    next.done();
    steps += more?.steps ?? 1;
    timetable.push(...(more?.moments ?? []));
  }
  await people.resetClock();
  return { cases, steps };
}

/** The case before it of the same person, by the telephone: `@guest` in the values of a step is its number. */
const earlierOf = ({ values: { phone }, begunAt }, acts) =>
  phone && acts.find((other) => other.values.phone === phone && other.begunAt < begunAt);

const momentsOf = (of) => of.moments.map((step) => ({ ...step, of, done: () => (step.isPast = true) }));

/** What waits for its own day is looked for daily; from the first day of the routine on schedules start what is due. */
function workingDays({ stories, routine, acts, now }) {
  const schedulesFrom = now - routine.schedules * DAY;
  const from = Math.min(schedulesFrom, ...acts.filter(({ isPlan }) => isPlan).map(({ begunAt }) => begunAt));
  const work = new Routine(routine);
  const followers = new Followers(stories);
  const foreseen = new Set();
  const looked = async (people, at) => {
    const found = await followers.begunMeanwhile(people, at);
    acts.push(...found);
    const due = at < schedulesFrom ? [] : await people.dueSchedules(at + 3 * DAY);
    const starts = due.filter((one) => !foreseen.has(one)).map((one) => moment(one, () => ({ steps: 0 })));
    for (const one of due) foreseen.add(one);
    const steps = await work.look(people, { now: at, acts });
    return { steps, moments: [...found.flatMap(momentsOf), ...starts] };
  };
  return [
    moment(schedulesFrom, (people) => people.recountSchedules()),
    ...looksBetween(from, now).map((at) => moment(at, (people) => looked(people, at))),
    ...routine.looks.map((one) => moment(officeHour(now - one.ago * DAY, one.ago), (people) => lookedUp(people, one))),
  ];
}

const moment = (at, act) => ({ at, act, done: () => undefined });
