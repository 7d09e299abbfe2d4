import { isDeepStrictEqual } from 'node:util';
import type { ScenarioExpectation, ScenarioTask } from '#configuration';
import type { UserTaskView } from '#persistence';
import { ledgers, ledgersThatShow } from './ledger-expectations.js';
import { CasesService } from '../cases/cases.service.js';
import { Refusal } from '../problems/refusal.js';
import { TasksService } from '../tasks/tasks.service.js';
import { listed, ScenarioFault } from './scenario-run.js';
import type { ScenarioRun } from './scenario-run.js';

const DAY_MS = 24 * 3_600_000;

/** Everything in which a run differs from what is expected at this point, one sentence each; `refused` is judged by the runner. */
export async function differences(run: ScenarioRun, expected: ScenarioExpectation): Promise<readonly string[]> {
  const parts = [
    expected.elements && elements(run, expected.elements),
    expected.tasks && tasks(run, expected.tasks),
    expected.variables && variables(run, expected.variables),
    expected.documents && documents(run, expected.documents),
    expected.ledgers && ledgers(run, expected.ledgers),
    expected.notVisibleTo && notVisibleTo(run, expected.notVisibleTo),
    expected.state && state(run, expected.state),
  ];
  return (await Promise.all(parts.map((part) => part ?? []))).flat();
}

async function elements(run: ScenarioRun, expected: readonly string[]): Promise<readonly string[]> {
  const instances = await run.instances();
  const pages = await Promise.all(
    instances.map(({ key }) =>
      run.platform.queries.search('elementInstances', {
        filter: { processInstanceKey: key, state: 'ACTIVE' },
        page: { limit: 1_000 },
      }),
    ),
  );
  const active = pages.flatMap(({ items }) => items.map(({ elementId }) => elementId));
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

/** A date alone means that whole day. */
function isDue(dueDate: number | null, expected: string): boolean {
  if (dueDate === null) return false;
  if (expected.includes('T')) return dueDate === Date.parse(expected);
  const midnight = Date.parse(`${expected}T00:00:00+08:00`);
  return dueDate > midnight && dueDate <= midnight + DAY_MS;
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

async function documents(run: ScenarioRun, expected: readonly string[]): Promise<readonly string[]> {
  const keys = (await run.instances()).map(({ key }) => key);
  const made = (await run.platform.workQueries.documentsOf(keys)).map(({ documentId }) => documentId);
  return expected
    .filter((id) => !made.includes(id))
    .map((id) => `Expected document ${id} to be made but found ${listed(made)}.`);
}

async function state(run: ScenarioRun, expected: string): Promise<readonly string[]> {
  const found = (await run.instance()).state.toLowerCase();
  return found === expected ? [] : [`Expected the instance to be ${expected} but it is ${found}.`];
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
