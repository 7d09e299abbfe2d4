import type {
  PeriodLength,
  ScenarioExpectation,
  ScenarioDeadline,
  ScenarioIndicator,
  ScenarioLook,
  ScenarioNotice,
  ScenarioTracking,
} from '#configuration';
import { CasesService } from '../cases/cases.service.js';
import { DeadlinesService } from '../deadlines/deadlines.service.js';
import { IndicatorsService } from '../ledgers/indicators.service.js';
import { LedgerFollowing } from '../ledgers/ledger-following.service.js';
import { NoticesController } from '../notices/notices.controller.js';
import { PortalService } from '../portal/portal.service.js';
import { handlesIn } from '../reveals/sealed-facts.service.js';
import { VAULT_QUERIES } from '../tokens.js';
import type { VaultQueries } from '#persistence';
import { isDue } from './scenario-dates.js';
import { listed, type ScenarioRun } from './scenario-run.js';

type Faults = Promise<readonly string[]>;

/** Where figures of indicators are not as expected, one sentence each. */
export async function indicators(run: ScenarioRun, expected: readonly ScenarioIndicator[]): Faults {
  await run.app.get(LedgerFollowing).settled();
  const faults = [];
  for (const wish of expected) faults.push(...(await figureFaults(run, wish)));
  return faults;
}

async function figureFaults(run: ScenarioRun, { indicator, as, period, ...wanted }: ScenarioIndicator): Faults {
  const { items } = await run.app.get(IndicatorsService).list(lengthOf(period), await run.account(as));
  const figure = items.find(({ id }) => id === indicator)?.periods.find(({ id }) => id === period);
  if (!figure) return [`Expected ${as} to find ${period} of indicator ${indicator} but found none.`];
  const found: Readonly<Record<string, unknown>> = { ...figure };
  return Object.entries(wanted)
    .filter(([name, value]) => !isSameFigure(found[name], value))
    .map(([name, value]) => `Expected ${name} of ${indicator} in ${period} to be ${value} but found ${shown(figure)}.`);
}

const lengthOf = (period: string): PeriodLength =>
  period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month';

/** Figures are compared to six places: what is worked out by hand ends somewhere. */
const isSameFigure = (found: unknown, wanted: unknown): boolean =>
  typeof found === 'number' && typeof wanted === 'number' ? Math.abs(found - wanted) < 1e-6 : found === wanted;

/** Where the page that the petitioner opens with the code is not as expected. */
export async function tracking(run: ScenarioRun, expected: ScenarioTracking): Faults {
  const page = await run.app.get(PortalService).view(run.code());
  const texts = { label: page.state.label, sentence: page.state.sentence };
  const lists = {
    timeline: page.timeline.map(({ text }) => text),
    documents: page.documents.map(({ title }) => title),
    actions: page.actions.map(({ id }) => id).toSorted(),
    requests: page.requests.map(({ label, sentence }) => `${label}：${sentence}`),
  };
  const looks = page.reveals.reduce((sum, { count }) => sum + count, 0);
  return [
    ...Object.entries(texts).flatMap(([name, text]) =>
      text.includes(expected[name as 'label'] ?? '')
        ? []
        : [`Expected the ${name} "${expected[name as 'label']}" but the petitioner reads "${text}".`],
    ),
    ...Object.entries(lists).flatMap(([name, found]) => {
      const wanted = expected[name as 'timeline'];
      const isSame = wanted === undefined || listed(found) === listed(name === 'actions' ? wanted.toSorted() : wanted);
      return isSame ? [] : [`Expected the ${name} ${listed(wanted)} but the petitioner finds ${listed(found)}.`];
    }),
    ...(expected.reveals === undefined || expected.reveals === looks
      ? []
      : [`Expected the petitioner to read of ${expected.reveals} looks but found ${looks}.`]),
  ];
}

/** Which notices an account does not find, or finds too often. */
export async function notices(run: ScenarioRun, expected: readonly ScenarioNotice[]): Faults {
  const faults = await Promise.all(
    expected.map(async ({ as, text, count }) => {
      const { items } = await run.app.get(NoticesController).list(await run.account(as));
      const found = items.filter((notice) => notice.text.includes(text)).length;
      return (count === undefined ? found > 0 : found === count)
        ? []
        : [
            `Expected ${as} to find ${count ?? 'a'} notice(s) "${text}" but found ${found} among: ${listed(items.map((one) => one.text))}.`,
          ];
    }),
  );
  return faults.flat();
}

/** Where open deadlines of the case are not as expected. */
export async function deadlines(run: ScenarioRun, expected: readonly ScenarioDeadline[]): Faults {
  const keys = new Set((await run.instances()).map(({ key }) => key));
  const faults = await Promise.all(
    expected.map(async ({ deadline, as, lamp, due }) => {
      const { items } = await run.app.get(DeadlinesService).overview(await run.account(as));
      const own = items.filter(
        ({ deadlineId, processInstanceKey }) => deadlineId === deadline && keys.has(processInstanceKey),
      );
      const isMet = own.some(
        (one) =>
          (lamp === undefined || one.lamp === lamp) &&
          (due === undefined || isDue(one.dueAt === null ? null : Date.parse(one.dueAt), due)),
      );
      const found = listed(own.map((one) => `${one.lamp} ${one.dueAt}`));
      return isMet
        ? []
        : [`Expected ${as} to find deadline ${deadline} ${lamp ?? ''} ${due ?? ''} but found ${found}.`];
    }),
  );
  return faults.flat();
}

/** Where the log of looks at protected content of the case counts otherwise. */
export async function looks(run: ScenarioRun, expected: readonly ScenarioLook[]): Faults {
  const instance = await run.instance();
  const log = await run.app.get<VaultQueries>(VAULT_QUERIES).accessesOfCase(instance.caseKey ?? instance.key);
  return expected.flatMap(({ count, ...wanted }) => {
    const entries = log.filter((entry) =>
      Object.entries(wanted).every(([name, value]) => entry[name as 'account'] === value),
    );
    return entries.length === count
      ? []
      : [`Expected ${count} looks ${shown(wanted)} in the log but found ${entries.length} of ${shown(log)}.`];
  });
}

/** Of which processes there are more or fewer instances. */
export async function started(run: ScenarioRun, expected: NonNullable<ScenarioExpectation['started']>): Faults {
  const faults = await Promise.all(
    expected.map(async ({ process, count }) => {
      const { items } = await run.platform.queries.search('processInstances', {
        filter: { processDefinitionId: process },
        page: { limit: 1_000 },
      });
      return items.length === count ? [] : [`Expected ${count} instances of ${process} but found ${items.length}.`];
    }),
  );
  return faults.flat();
}

/** What the course of the case does not say, or not in this order. */
export async function course(run: ScenarioRun, { as, has }: NonNullable<ScenarioExpectation['course']>): Faults {
  const entries = await run.app.get(CasesService).timeline((await run.instance()).key, await run.account(as));
  const texts = entries.map(({ text, detail }) => `${text}${detail ?? ''}`);
  let from = 0;
  for (const words of has) {
    const at = texts.findIndex((text, index) => index >= from && text.includes(words));
    if (at === -1) return [`Expected the course to go on with "${words}" but it is: ${listed(texts)}.`];
    from = at + 1;
  }
  return [];
}

/** Of which of these classes the case holds protected values. */
export async function lacksClasses(run: ScenarioRun, expected: readonly string[]): Faults {
  const instances = await run.instances();
  const variables = await Promise.all(instances.map(({ key }) => run.platform.queries.variablesOf(key)));
  const keys = [...new Set(variables.flatMap((one) => handlesIn(one)))];
  const rows = await run.platform.workQueries.sealedClasses(keys);
  return rows
    .filter((row) => expected.includes(row.class))
    .map((row) => `Expected no value of class ${row.class} but found the field ${row.field}.`);
}

const shown = (value: unknown): string => JSON.stringify(value);
