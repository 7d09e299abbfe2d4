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
  const acts = stories.flatMap((story) => story.cases.map((one) => caseOf(story, one, now)));
  const timetable = acts
    .flatMap((one) => one.moments.map((moment) => ({ ...moment, of: one })))
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at);
  for (const { at, act, of } of timetable) {
    await people.setClock(at);
    await act(people, of);
  }
  await people.resetClock();
  return { cases: acts.length, steps: timetable.length };
}

/** `demo/stories.json`, each story with the scenario that it follows. */
export function readStories() {
  return JSON.parse(readFileSync(join(root, 'demo', 'stories.json'), 'utf8')).map((story) => {
    const [process, name] = story.scenario.split('/');
    const scenarios = JSON.parse(readFileSync(join(root, 'workflows', process, `${process}.scenarios.json`), 'utf8'));
    const scenario = scenarios.find((one) => one.name === name);
    if (!scenario) throw new Error(`Expected a scenario ${story.scenario} (demo/stories.json) but found none.`);
    return { ...story, scenario };
  });
}

/** The moments of one case: its start, its steps one after the other, and what the petitioner does afterwards. */
function caseOf({ scenario, days = [], accounts = {} }, one, now) {
  const start = startOf(one, now);
  const shift = start - Date.parse(scenario.start.at);
  const written = (values) => shifted(replaced(values ?? {}, one.values ?? {}), shift);
  const begin = { ...(scenario.start.values ?? {}), ...(one.values ?? {}) };
  const moments = [{ at: start, act: (people, of) => begun(people, of, scenario.start, shifted(begin, shift)) }];
  let at = start;
  const steps = scenario.steps.filter(isDone);
  for (const [index, step] of steps.slice(0, one.steps ?? steps.length).entries()) {
    at = after(at, days[index] ?? 1, index);
    const as = accounts[step.as] ?? step.as;
    moments.push({ at, act: (people, of) => done(people, of, { ...step, as, values: written(step.values) }) });
  }
  for (const [index, said] of (one.then ?? []).entries()) {
    at += (said.days ?? 1) * DAY;
    moments.push({ at, act: (people, of) => people.visitor(of, said, index) });
  }
  return { moments, pin: one.pin };
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

function idOf(ways, { process, message, form }) {
  const way = ways.find((one) => one.formId === form && (one.startMessage ?? one.processId) === (message ?? process));
  if (!way) throw new Error(`Expected a way to start ${message ?? process} with form ${form} but found none.`);
  return way.id;
}

async function done(people, of, { do: what, as, element, message, values }) {
  if (what === 'message') {
    const action = people.roomAction(message);
    return people.as(as, 'POST', `/api/instances/${of.instanceKey}/actions/${action}`, { data: values });
  }
  const task = await openTask(people, { as, element, caseNo: of.caseNo });
  return people.as(as, 'POST', `/api/tasks/${task}/completion`, { data: values });
}

/** The task comes a moment after the step before it. */
async function openTask(people, { as, element, caseNo }) {
  let open = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const { items } = await people.as(as, 'GET', `/api/tasks?view=all&q=${encodeURIComponent(caseNo)}&limit=50`);
    const task = items.find((item) => item.elementId === element && item.state === 'CREATED');
    if (task) return task.userTaskKey;
    open = items.filter((item) => item.state === 'CREATED').map((item) => item.elementId);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Expected an open task ${element} of ${caseNo} for ${as} but found ${open.join(', ') || 'none'}.`);
}
