// The daily work of demo/routine.json: who answers which task, after how many days and with which values.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib.mjs';
import { filled } from './acts.mjs';
import { DAY, HOUR, dayOf, weekdayOf } from './moments.mjs';
import { replaced } from './stories.mjs';

/** @returns {{ schedules: number, tasks: object[] }} since when schedules start work, in days before now, and who does what */
export const readRoutine = () => JSON.parse(readFileSync(join(root, 'demo', 'routine.json'), 'utf8'));

/** Mornings of the working days from a moment to another, afternoons of Mondays, each half hour of the last three hours. */
export function looksBetween(from, now) {
  const days = Math.ceil((now - from) / DAY);
  const mornings = Array.from({ length: days }, (_, day) => Date.parse(`${dayOf(from + day * DAY)}T10:00:00+08:00`));
  const afternoons = mornings.filter((at) => weekdayOf(at) === 1).map((at) => at + 6 * HOUR);
  const lately = Array.from({ length: 6 }, (_, index) => now - (index * HOUR) / 2 - 60_000);
  return [...mornings, ...afternoons].filter((at) => at >= from && at <= now && !isWeekend(at)).concat(lately);
}

const isWeekend = (at) => weekdayOf(at) % 6 === 0;

export class Routine {
  #duties;
  /** Turn of each task within its duty, so that the answer to one differs from that to the next. */
  #turns = new Map();
  /** With whom a task was seen that stays open. */
  #holders = new Map();

  constructor({ tasks }) {
    this.#duties = new Map(
      tasks.map((duty) => [`${duty.process}/${duty.element}`, { ...duty, seen: 0, times: new Map() }]),
    );
  }

  /** Does what is ready by now; what a story still tells is left to it. Returns the number of tasks. */
  async look(people, { now, acts }) {
    const open = await this.#ready(people, now);
    const sealed = this.#sealed(now);
    const by = new Set([...[...open.values()].map(({ duty }) => duty), ...sealed].flatMap((duty) => duty.by));
    let count = 0;
    for (const account of people.accountsWith(by)) {
      if (![...sealed, ...this.#perhaps(account, open)].some((duty) => mayDo(people, account, duty))) continue;
      for (const task of await people.tasksOf(account)) {
        const isDone = await this.#answered(people, { account, task, acts, now });
        if (isDone) count += 1;
        this.#found(open, { account, task, isDone });
      }
    }
    return count;
  }

  /** The ready tasks, as the engine sees them: how many there are of each that began at once. */
  async #ready(people, now) {
    const elements = [...new Set([...this.#duties.values()].map(({ element }) => element))];
    const ready = new Map();
    for (const item of await people.waitingAt(elements)) {
      const task = { ...item, processId: item.processDefinitionId, createdAt: item.startDate };
      const duty = this.#dutyOf(task);
      if (!duty || !this.#isReady(duty, task, now)) continue;
      const key = keyOf(task);
      ready.set(key, { duty, count: (ready.get(key)?.count ?? 0) + 1 });
    }
    return ready;
  }

  /** Duties that may wait for an account: of tasks that stay open it is known with whom. */
  #perhaps(account, open) {
    return [...open].flatMap(([key, { duty, count }]) => {
      const holders = this.#holders.get(key);
      return !holders || holders.size < count || holders.has(account) ? [duty] : [];
    });
  }

  #found(open, { account, task, isDone }) {
    const key = keyOf(task);
    const entry = open.get(key);
    if (!entry) return;
    if (!isDone) this.#holders.set(key, new Set(this.#holders.get(key)).add(account));
    if (entry.count === 1) open.delete(key);
    else open.set(key, { ...entry, count: entry.count - 1 });
  }

  /** Who runs the engine does not see these tasks: their people look for themselves, twice a week. */
  #sealed(now) {
    if (![1, 4].includes(weekdayOf(now))) return [];
    return [...this.#duties.values()].filter(({ sealed }) => sealed);
  }

  #isReady(duty, task, now) {
    const days = turnOf(duty.days, this.#turnOf(duty, task));
    return dayOf(Date.parse(task.createdAt) + days * DAY) <= dayOf(now);
  }

  #turnOf(duty, task) {
    const key = keyOf(task);
    if (!this.#turns.has(key)) this.#turns.set(key, duty.seen++);
    return this.#turns.get(key);
  }

  #dutyOf({ processId, elementId }) {
    return this.#duties.get(`${processId}/${elementId}`);
  }

  /** What one unit answers, or one matter, another each time. */
  #own(duty, chosen) {
    const times = (duty.times.get(chosen) ?? -1) + 1;
    duty.times.set(chosen, times);
    return turnOf(duty.of?.[chosen], times);
  }

  async #answered(people, { account, task, acts, now }) {
    const duty = this.#dutyOf(task);
    if (!duty || !mayDo(people, account, duty) || !this.#isReady(duty, task, now)) return false;
    const act = acts.find((one) => one.instanceKey === task.processInstanceKey || isCaseOf(one, task));
    if (act && isTold(act, task.elementId)) return false;
    const instanceKey = task.processInstanceKey;
    const chosen = duty.choose ? await people.variable(instanceKey, duty.choose) : task.unit?.id;
    const values = { ...turnOf(duty.values, this.#turnOf(duty, task)), ...this.#own(duty, chosen) };
    const data = await filled(people, instanceKey, act ? replaced(values, act.values) : values, now);
    return completed(people, { account, task, data });
  }
}

/** Tasks of several instances begin together, each for somebody else: they are one here. */
const keyOf = ({ processInstanceKey, elementId, createdAt }) =>
  `${processInstanceKey}/${elementId}/${Date.parse(createdAt)}`;

async function completed(people, { account, task, data }) {
  try {
    await people.complete(account, task.userTaskKey, data);
    return true;
  } catch (error) {
    // A timer that fell due meanwhile may have ended it.
    if (![404, 409].includes(error.status)) throw error;
    return false;
  }
}

const mayDo = (people, account, { by }) => people.accountsWith(new Set(by)).includes(account);

const isCaseOf = (act, { caseNo }) => act.caseNo !== undefined && act.caseNo === caseNo;

/** A step of the story that is still to come, or one that the story leaves undone. */
const isTold = ({ moments, left }, elementId) =>
  left.includes(elementId) || moments.some(({ element, isPast }) => element === elementId && !isPast);

/** Somebody exports a ledger, or opens a name in a task of theirs, and says why. */
export async function lookedUp(people, { as, ledger, element, reason }) {
  if (ledger) return people.as(as, 'POST', `/api/ledgers/${ledger}/export`, { reason });
  const task = (await people.tasksOf(as)).find((one) => one.elementId === element);
  if (!task) return;
  const { sealed } = await people.as(as, 'GET', `/api/tasks/${task.userTaskKey}`);
  const keys = Object.keys(sealed).filter((key) => sealed[key].canReveal);
  const body = { sealedKeys: keys.slice(0, 2), reason, processInstanceKey: task.processInstanceKey };
  if (keys.length > 0) await people.as(as, 'POST', '/api/reveals', body);
}

/** One of several that take turns, or always the same. */
const turnOf = (one, turn) => (Array.isArray(one) ? one[turn % one.length] : one);
