// The stories of demo/stories.json: cases that follow a scenario of the pack, each step at a moment of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib.mjs';
import { begun, done } from './acts.mjs';
import { DAY, HOUR, after, lastOf, monthOf, officeHour, shifted, stamped } from './moments.mjs';

/** The stories of a file, each with the scenario that it follows. */
export function readStories(file = join('demo', 'stories.json')) {
  return JSON.parse(readFileSync(join(root, file), 'utf8')).map(withScenario);
}

function withScenario({ guest, ...story }) {
  const [process, name] = story.scenario.split('/');
  const folder = join(root, 'workflows', process);
  const scenario = readdirSync(folder)
    .filter((file) => file.endsWith('.scenarios.json'))
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .find((one) => one.name === name);
  if (!scenario) throw new Error(`Expected a scenario ${story.scenario} but found none.`);
  return { ...story, cases: story.cases ?? [], scenario, ...(guest && { guest: withScenario(guest) }) };
}

/** All cases of a story, each with the moments of its start, its steps and what the petitioner does afterwards. */
export const castOf = (story, now) => story.cases.flatMap(repeated).map((one) => caseOf(story, one, now));

/** One case, or the same `repeat` times, each `every` days before the one that comes after it. */
const repeated = (one) =>
  Array.from({ length: one.repeat ?? 1 }, (_, index) => ({ ...one, ago: one.ago + index * (one.every ?? 0) }));

const caseOf = (story, one, now) => caseFrom(story, one, startOf(one, now));

function caseFrom(story, one, start) {
  const shift = start - Date.parse(story.scenario.start.at);
  const given = { ...(story.scenario.start.values ?? story.scenario.start.variables), ...one.values };
  const values = { ...shifted(given, shift), ...(one.month && monthOf(start)) };
  const begin = { at: start, act: (people, of) => begun(people, of, story.scenario.start, values) };
  const rest = stepsOf(story, one, { start, shift });
  let at = rest.at(-1)?.at ?? start;
  const later = (one.then ?? []).map((said, index) => {
    at += (said.days ?? 1) * DAY;
    return { at, act: (people, of) => people.visitor(of, said, index) };
  });
  return {
    begunAt: start,
    moments: [begin, ...rest, ...later],
    pin: one.pin,
    values: one.values ?? {},
    isPlan: one.lastOn !== undefined,
    // What nobody goes on with: the steps of the story, or other tasks.
    left: one.left === true ? story.scenario.steps.map(({ element }) => element) : (one.left ?? []),
  };
}

function startOf({ ago, hours, lastOn, month }, now) {
  if (month) return officeHour(Date.parse(`${monthOf(now - ago * DAY).month}-20T09:00:00+08:00`), 0);
  if (lastOn) return lastOf(lastOn, now - ago * DAY);
  return hours === undefined ? officeHour(now - ago * DAY, ago) : now - hours * HOUR;
}

/** `from` leaves out the first steps: what the scenario does with another case. */
function stepsOf({ scenario, days = [], accounts = {}, from = 0 }, one, { start, shift }) {
  let at = start;
  const steps = scenario.steps.filter(isDone).slice(from);
  return steps.slice(0, one.steps ?? steps.length).map((step, index) => {
    at = after(at, days[index] ?? 1, index);
    const values = stamped(shifted(replaced(step.values ?? {}, one.values ?? {}), shift), at);
    const act = (people, of) => done(people, of, { ...step, as: accounts[step.as] ?? step.as, values });
    return { at, act, element: step.element };
  });
}

/** What somebody does, and what is not refused. */
const isDone = (step) => (step.do === 'complete' || step.do === 'message') && !step.expect?.refused;

/** Values of the case in place of those that a step names too. */
export const replaced = (values, own) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, name in own ? own[name] : value]));

/**
 * Instances that others have started of the processes that stories follow: their steps begin on the morning of the day, or
 * at the moment, that a variable (`on`) holds. Several stories that follow the same process take turns.
 */
export class Followers {
  #known = new Set();
  #turns = new Map();

  constructor(stories) {
    for (const story of stories.filter(({ follows }) => follows))
      this.#turns.set(story.follows, [...(this.#turns.get(story.follows) ?? []), story]);
  }

  async begunMeanwhile(people, now) {
    const found = [];
    for (const { processInstanceKey, processDefinitionId } of await people.instancesOf([...this.#turns.keys()])) {
      if (this.#known.has(processInstanceKey)) continue;
      this.#known.add(processInstanceKey);
      const stories = this.#turns.get(processDefinitionId);
      const story = stories[this.#known.size % stories.length];
      const on = await people.variable(processInstanceKey, story.on);
      const start = Date.parse(on.length === 10 ? `${on}T09:00:00+08:00` : on);
      found.push(...followed(story, start, { instanceKey: processInstanceKey, now }));
    }
    return found;
  }
}

/** An instance that others have started, and the case of the guest who comes to it a little before. */
function followed(story, start, { instanceKey, now }) {
  const shift = start - Date.parse(story.scenario.start.at);
  const moments = stepsOf(story, { values: story.values, steps: story.steps }, { start, shift });
  const guest = story.guest && caseFrom(story.guest, story.guest, start - HOUR / 4);
  const act = { instanceKey, begunAt: now, moments, values: {}, left: [], guest };
  return guest ? [act, guest] : [act];
}
