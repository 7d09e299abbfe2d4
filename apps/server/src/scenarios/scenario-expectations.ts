import { isDeepStrictEqual } from 'node:util';
import type { ScenarioExpectation, ScenarioTask } from '#configuration';
import type { UserTaskView } from '#persistence';
import { ledgers, ledgersThatShow } from './ledger-expectations.js';
import { isDue } from './scenario-dates.js';
import { documents, receipt } from './scenario-documents.js';
import { ScenarioFault } from './scenario-fault.js';
import { course, deadlines, indicators, lacksClasses, looks, notices, started, tracking } from './scenario-sights.js';
import { CasesService } from '../cases/cases.service.js';
import { Refusal } from '../problems/refusal.js';
import { TasksService } from '../tasks/tasks.service.js';
import { listed } from './scenario-run.js';
import type { ScenarioRun } from './scenario-run.js';

type Faults = Promise<readonly string[]>;

/** Everything in which a run differs from what is expected at this point, one sentence each; `refused` is judged by the runner. */
export async function differences(run: ScenarioRun, expected: ScenarioExpectation): Promise<readonly string[]> {
  const parts: readonly (() => Faults | readonly string[] | undefined)[] = [
    () => expected.elements && elements(run, expected.elements),
    () => expected.inactive && inactive(run, expected.inactive),
    () => expected.tasks && tasks(run, expected.tasks),
    () => expected.variables && variables(run, expected.variables),
    () => expected.ledgers && ledgers(run, expected.ledgers),
    () => expected.notVisibleTo && notVisibleTo(run, expected.notVisibleTo),
    () => expected.state && state(run, expected.state),
    () => expected.receipt && receipt(run, expected.receipt),
    () => expected.indicators && indicators(run, expected.indicators),
    () => expected.tracking && tracking(run, expected.tracking),
    () => expected.notices && notices(run, expected.notices),
    () => expected.deadlines && deadlines(run, expected.deadlines),
    () => expected.looks && looks(run, expected.looks),
    () => expected.lacksClasses && lacksClasses(run, expected.lacksClasses),
    () => expected.started && started(run, expected.started),
    () => expected.course && course(run, expected.course),
    () => (expected.offered === undefined ? undefined : offered(run, expected.offered)),
    () => ('revealed' in expected ? revealed(run, expected.revealed) : undefined),
    () => (expected.version === undefined ? undefined : version(run, expected.version)),
    // Last: reading a document is a look of its own.
    () => expected.documents && documents(run, expected.documents),
  ];
  const faults = [];
  for (const part of parts) faults.push(...((await part()) ?? []));
  return faults;
}

async function activeElements(run: ScenarioRun): Promise<readonly string[]> {
  const instances = await run.instances();
  const pages = await Promise.all(
    instances.map(({ key }) =>
      run.platform.queries.search('elementInstances', {
        filter: { processInstanceKey: key, state: 'ACTIVE' },
        page: { limit: 1_000 },
      }),
    ),
  );
  return pages.flatMap(({ items }) => items.map(({ elementId }) => elementId));
}

async function inactive(run: ScenarioRun, expected: readonly string[]): Promise<readonly string[]> {
  const active = await activeElements(run);
  return expected.filter((id) => active.includes(id)).map((id) => `Expected ${id} not to be active but it is.`);
}

async function elements(run: ScenarioRun, expected: readonly string[]): Promise<readonly string[]> {
  const active = await activeElements(run);
  return expected
    .filter((id) => !active.includes(id))
    .map((id) => `Expected ${id} to be active but found ${listed(active)}.`);
}

async function tasks(run: ScenarioRun, expected: readonly ScenarioTask[]): Promise<readonly string[]> {
  const open = await run.openTasks();
  return expected.flatMap((wish) => {
    const faults = open.filter(({ elementId }) => elementId === wish.element).map((task) => taskFaults(task, wish));
    if (faults.length === 0)
      return [`Expected an open task ${wish.element} but found ${listed(open.map(({ elementId }) => elementId))}.`];
    return faults.some((one) => one.length === 0) ? [] : (faults[0] ?? []);
  });
}

function taskFaults(task: UserTaskView, { element, candidates, due }: ScenarioTask): readonly string[] {
  const isCandidateMissing =
    candidates !== undefined && !isDeepStrictEqual([...candidates].sort(), [...task.candidateGroups].sort());
  return [
    ...(isCandidateMissing
      ? [`Expected candidates ${listed(candidates)} of ${element} but found ${listed(task.candidateGroups)}.`]
      : []),
    ...(due === undefined || isDue(task.dueDate, due)
      ? []
      : [`Expected ${element} to be due ${due} but found ${shown(task.dueDate)}.`]),
  ];
}

async function variables(run: ScenarioRun, expected: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const found = await run.platform.queries.variablesOf((await run.instance()).key);
  return Object.entries(expected)
    .filter(([name, value]) => !isDeepStrictEqual(found[name] ?? null, value))
    .map(
      ([name, value]) =>
        `Expected variable ${name} to be ${JSON.stringify(value)} but found ${JSON.stringify(found[name])}.`,
    );
}

async function state(run: ScenarioRun, expected: string): Promise<readonly string[]> {
  const found = (await run.instance()).state.toLowerCase();
  return found === expected ? [] : [`Expected the instance to be ${expected} but it is ${found}.`];
}

async function version(run: ScenarioRun, expected: number): Promise<readonly string[]> {
  const found = (await run.instance()).version;
  return found === expected ? [] : [`Expected version ${expected} of the process but found ${found}.`];
}

function offered(run: ScenarioRun, expected: string | null): readonly string[] {
  return run.offered === expected ? [] : [`Expected "${expected}" to be offered but found "${run.offered}".`];
}

function revealed(run: ScenarioRun, expected: unknown): readonly string[] {
  return isDeepStrictEqual(run.revealed, expected)
    ? []
    : [`Expected ${JSON.stringify(expected)} to be shown but found ${JSON.stringify(run.revealed)}.`];
}

/** Neither task lists nor lists of instances show the case, and its pages are not found. */
async function notVisibleTo(run: ScenarioRun, accounts: readonly string[]): Promise<readonly string[]> {
  const faults = await Promise.all(accounts.map((id) => sights(run, id)));
  return faults.flat();
}

async function sights(run: ScenarioRun, id: string): Promise<readonly string[]> {
  const account = await run.account(id);
  const keys = new Set((await run.instances()).map(({ key }) => key));
  const tasksService = run.app.get(TasksService);
  const cases = run.app.get(CasesService);
  const views = (['mine', 'claimable', 'done', 'all'] as const).map(async (view) => {
    const { items } = await tasksService.list({ view, limit: 200 }, account);
    return items.some(({ processInstanceKey }) => keys.has(processInstanceKey))
      ? [`Expected ${id} not to find the case but the task list "${view}" has it.`]
      : [];
  });
  const mayList = ['operate', 'supervise'].some((permission) => account.permissions.has(permission));
  const instances = mayList ? (await cases.list({}, account)).items : [];
  const isListed = instances.some(({ processInstanceKey }) => keys.has(processInstanceKey));
  const pages = [...keys].flatMap((key) => [
    isFound(() => cases.detail(key, account)),
    isFound(() => cases.timeline(key, account)),
  ]);
  const shownBy = await ledgersThatShow(run, account, keys);
  const isOpened = (await Promise.all(pages)).some((found) => found);
  return [
    ...(await Promise.all(views)).flat(),
    ...(isListed ? [`Expected ${id} not to find the case but the list of instances has it.`] : []),
    ...shownBy.map((ledger) => `Expected ${id} not to find the case but the ledger ${ledger} has it.`),
    ...(isOpened ? [`Expected ${id} not to open the case but it can.`] : []),
  ];
}

async function isFound(open: () => Promise<unknown>): Promise<boolean> {
  try {
    await open();
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'notFound') return false;
    throw new ScenarioFault('Expected a page to open or not to be found.', { cause: error });
  }
}

const shown = (at: number | null): string => (at === null ? 'no date' : new Date(at).toISOString());
