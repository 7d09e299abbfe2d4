// Plays stories through the public API of a running server whose clock may be set.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib.mjs';
import { peopleOf } from './people.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How long a step may wait for the task that it completes. */
const PATIENCE_MS = 15_000;

/**
 * Moves the server's clock from the first moment of the stories to now.
 *
 * @returns {Promise<{ cases: number, steps: number }>} what was played
 */
export async function play(url, stories = readStories()) {
  const people = await peopleOf(url);
  const now = Date.now();
  const acts = stories.flatMap((story) => story.cases.flatMap(repeated).map((one) => caseOf(story, one, now)));
  const timetable = acts.flatMap(momentsOf).filter(({ at }) => at <= now);
  const followers = stories.filter(({ follows }) => follows).map((story) => ({ story, known: new Set() }));
  let steps = 0;
  for (let looked = 0; timetable.length > 0; steps += 1) {
    timetable.sort((a, b) => a.at - b.at);
    const { at, act, of } = timetable.shift();
    await people.setClock(at);
    await act(people, of);
    // What waits for its own day is looked for daily; what hurries, after each step.
    const isNewDay = at - looked >= DAY;
    if (isNewDay) looked = at;
    const due = followers.filter(({ story }) => isNewDay || story.on === undefined);
    const begun = await begunMeanwhile(people, due, { now: at, acts });
    timetable.push(...begun.flatMap(momentsOf).filter((moment) => moment.at <= now));
  }
  await people.resetClock();
  return { cases: acts.length, steps };
}

const momentsOf = (one) => one.moments.map((moment) => ({ ...moment, of: one }));

/** `demo/stories.json`, each story with the scenario that it follows. */
export function readStories() {
  return JSON.parse(readFileSync(join(root, 'demo', 'stories.json'), 'utf8')).map((story) => {
    const [process, name] = story.scenario.split('/');
    const scenarios = JSON.parse(readFileSync(join(root, 'workflows', process, `${process}.scenarios.json`), 'utf8'));
    const scenario = scenarios.find((one) => one.name === name);
    if (!scenario) throw new Error(`Expected a scenario ${story.scenario} (demo/stories.json) but found none.`);
    return { ...story, cases: story.cases ?? [], scenario };
  });
}

/** One case, or the same `repeat` times, each `every` days before the one that comes after it. */
const repeated = (one) =>
  Array.from({ length: one.repeat ?? 1 }, (_, index) => ({ ...one, ago: one.ago + index * (one.every ?? 0) }));

/** The moments of one case: its start, its steps one after the other, and what the petitioner does afterwards. */
function caseOf(story, one, now) {
  const start = startOf(one, now);
  const shift = start - Date.parse(story.scenario.start.at);
  const given = { ...(story.scenario.start.values ?? story.scenario.start.variables), ...one.values };
  const values = { ...shifted(given, shift), ...(one.month && monthOf(start)) };
  const begin = { at: start, act: (people, of) => begun(people, of, story.scenario.start, values) };
  const rest = stepsOf(story, one, { start, shift });
  let at = rest.at(-1)?.at ?? start;
  const after = (one.then ?? []).map((said, index) => {
    at += (said.days ?? 1) * DAY;
    return { at, act: (people, of) => people.visitor(of, said, index) };
  });
  return { begunAt: start, moments: [begin, ...rest, ...after], pin: one.pin };
}

function stepsOf({ scenario, days = [], accounts = {} }, one, { start, shift }) {
  let at = start;
  const steps = scenario.steps.filter(isDone);
  return steps.slice(0, one.steps ?? steps.length).map((step, index) => {
    at = after(at, days[index] ?? 1, index);
    const values = shifted(replaced(step.values ?? {}, one.values ?? {}), shift);
    return { at, act: (people, of) => done(people, of, { ...step, as: accounts[step.as] ?? step.as, values }) };
  });
}

/**
 * Instances that others have started of the processes that a story follows: their steps begin now, or on the morning of
 * the day that a variable (`on`) holds.
 */
async function begunMeanwhile(people, followers, { now, acts }) {
  const begun = [];
  const told = new Set(acts.map(({ instanceKey }) => instanceKey));
  for (const { story, known } of followers) {
    for (const instanceKey of await people.instancesOf(story.follows)) {
      if (known.has(instanceKey) || told.has(instanceKey)) continue;
      known.add(instanceKey);
      const day = await people.variable(instanceKey, story.on);
      const start = day ? Date.parse(`${day}T09:00:00+08:00`) : now;
      // The clock may have gone past it at one go: nobody was there.
      if (start < now - HOUR) continue;
      const shift = start - Date.parse(story.scenario.start.at);
      begun.push({ instanceKey, begunAt: now, moments: stepsOf(story, { values: story.values }, { start, shift }) });
    }
  }
  return begun;
}

/** Month and its end, of a moment in Shanghai. */
function monthOf(at) {
  const local = new Date(at + 8 * HOUR);
  const next = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1)).toISOString();
  return { month: local.toISOString().slice(0, 7), monthEnd: `${next.slice(0, 10)}T00:00:00+08:00` };
}

/** What somebody does, and what is not refused. */
const isDone = (step) => (step.do === 'complete' || step.do === 'message') && !step.expect?.refused;

const startOf = ({ ago, hours }, now) => (hours === undefined ? officeHour(now - ago * DAY, ago) : now - hours * HOUR);

/** Less than a day later to the minute, else at some office hour of that day. */
const after = (at, days, salt) => (days < 1 ? at + days * DAY : Math.max(at + HOUR, officeHour(at + days * DAY, salt)));

/** Some minute between nine and four in Shanghai, not on a weekend. */
function officeHour(at, salt) {
  const day = Math.floor((at + 8 * HOUR) / DAY);
  const weekday = (day + 4) % 7;
  const moved = weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day;
  return moved * DAY - 8 * HOUR + 9 * HOUR + ((salt * 37) % 400) * 60_000;
}

/** Values of the case in place of those that a step names too. */
const replaced = (values, own) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, name in own ? own[name] : value]));

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\+08:00)?$/;

/** Dates within the values move along with the case. */
function shifted(value, by) {
  if (typeof value === 'string' && MOMENT.test(value)) {
    const local = new Date(Date.parse(value.length === 10 ? `${value}T00:00:00+08:00` : value) + by + 8 * HOUR);
    const text = local.toISOString();
    return value.length === 10 ? text.slice(0, 10) : `${text.slice(0, 19)}+08:00`;
  }
  if (Array.isArray(value)) return value.map((item) => shifted(item, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shifted(inner, by)]));
}

async function begun(people, of, start, values) {
  if (start.form === undefined) return startedByEngine(people, of, start, values);
  const { entries, launchers } = people.starts;
  const answer =
    start.as === undefined
      ? await people.anonymous('POST', `/api/portal/entries/${idOf(entries, start)}`, {
          data: values,
          ...(of.pin && { pin: of.pin }),
        })
      : await people.as(start.as, 'POST', `/api/launchers/${idOf(launchers, start)}`, { data: values });
  of.caseNo = answer.caseNo;
  of.code = answer.trackingCode;
  of.instanceKey = answer.processInstanceKey;
}

/** As a schedule or another system starts it. */
async function startedByEngine(people, of, { process, message }, variables) {
  if (message) return people.as('admin', 'POST', '/v2/messages/publication', { name: message, variables });
  const body = { processDefinitionId: process, variables };
  of.instanceKey = (await people.as('admin', 'POST', '/v2/process-instances', body)).processInstanceKey;
}

function idOf(ways, { process, message, form }) {
  const way = ways.find((one) => one.formId === form && (one.startMessage ?? one.processId) === (message ?? process));
  if (!way) throw new Error(`Expected a way to start ${message ?? process} with form ${form} but found none.`);
  return way.id;
}

async function done(people, of, { do: what, as: by, element, message, values }) {
  const as = await people.variable(of.instanceKey, by);
  const data = {};
  for (const [name, value] of Object.entries(values)) data[name] = await people.variable(of.instanceKey, value);
  if (what === 'message' && as === undefined) return people.visitor(of, { action: people.portalAction(message), data });
  if (what === 'message') {
    const action = people.roomAction(message);
    return people.as(as, 'POST', `/api/instances/${of.instanceKey}/actions/${action}`, { data });
  }
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const task = await openTask(people, { as, element, of });
    try {
      return await people.as(as, 'POST', `/api/tasks/${task}/completion`, { data });
    } catch (error) {
      // A timer that fell due on the way here may have put another task in its place.
      if (error.status !== 404 || Date.now() > until) throw error;
    }
  }
}

/** The task comes a moment after the step before it. */
async function openTask(people, { as, element, of }) {
  let open = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const q = of.caseNo ? `&q=${encodeURIComponent(of.caseNo)}` : '';
    const { items } = await people.as(as, 'GET', `/api/tasks?view=all&sort=created&limit=200${q}`);
    open = items.filter((item) => item.state === 'CREATED' && Date.parse(item.createdAt) >= of.begunAt - HOUR);
    const fitting = open.filter((item) => item.elementId === element);
    const task = fitting.find((item) => item.processInstanceKey === of.instanceKey) ?? fitting[0];
    if (task) return task.userTaskKey;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const found = open.map((item) => item.elementId).join(', ') || 'none';
  throw new Error(`Expected an open task ${element} of ${of.caseNo ?? of.instanceKey} for ${as} but found ${found}.`);
}
