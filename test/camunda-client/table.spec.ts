import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientContract } from './client-contract.js';
import { type Coverage, coverageOf, type FieldRefusal, refusedFields } from './client-coverage.js';
import { fileOf, straightProcess, userTask } from './client-models.js';
import { atOnce, officialClient } from './official-client.js';
import type { TestApp } from '../e2e/start-app.js';
import { authorizationsByMethod, startWithRoles } from './authorized-methods.js';

const here = dirname(fileURLToPath(import.meta.url));
const table = resolve('docs', 'camunda-8.md');

/** The table in docs/camunda-8.md; `WRITE_DOCS=1` writes it anew. */
describe('the paths of the official client', () => {
  const { operations, searches } = clientContract();
  let app: TestApp;
  let coverage: readonly Coverage[];
  let opened: Awaited<ReturnType<typeof authorizationsByMethod>>;
  let refusals: readonly FieldRefusal[];

  beforeAll(async () => {
    app = await startWithRoles();
    coverage = coverageOf(app, operations);
    opened = await authorizationsByMethod(
      app,
      coverage.filter(({ answer }) => answer === 'served'),
    );
    const keys = await waitingTask(app);
    const admin = app.basic('admin');
    const asked: FieldRefusal[] = [];
    for (const search of searches) {
      if (coverage.find(({ name }) => name === search.name)?.answer !== 'served') continue;
      const path = search.path.replace(/\{(\w+)\}/g, (_, name: string) => keys[name] ?? '');
      const isCorrelated = search.name === 'searchCorrelatedMessageSubscriptions';
      const filter = isCorrelated ? { processInstanceKey: keys['processInstanceKey'] } : {};
      asked.push(...(await refusedFields(admin, search, { path, filter })));
    }
    refusals = asked;
  });
  afterAll(() => app.close());

  it('are all known to the server', () => {
    expect(operations.length).toBeGreaterThan(140);
    expect(coverage.filter(({ answer }) => answer === 'missing')).toEqual([]);
  });

  it('stand in the table as the server answers them', async () => {
    const text = tableOf(coverage, opened, refusals);
    if (process.env['WRITE_DOCS']) await writeFile(table, text);

    expect(await readFile(table, 'utf8')).toBe(text);
  });

  it('are each called by name in a spec where they work', async () => {
    const names = (await readdir(here)).filter((name) => name.endsWith('.spec.ts'));
    const specs = (await Promise.all(names.map((name) => readFile(resolve(here, name), 'utf8')))).join('\n');

    const uncalled = coverage.filter(({ answer, name }) => answer === 'served' && !specs.includes(`.${name}(`));

    expect(uncalled.map(({ name }) => name)).toEqual([]);
  });
});

async function waitingTask(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const camunda = officialClient(app);
  await camunda.createDeployment({ resources: [fileOf('w.bpmn', straightProcess('w', [userTask('t', 'admin')]))] });
  const { processInstanceKey } = await camunda.createProcessInstance({ processDefinitionId: 'w' as never });
  const { items } = await camunda.searchUserTasks({ filter: { processInstanceKey } }, atOnce);
  const shared = { roleId: 'admin', tenantId: '%3Cdefault%3E' };
  return { ...shared, processInstanceKey, userTaskKey: items[0]!.userTaskKey };
}

const answers: Readonly<Record<Coverage['answer'], string>> = {
  served: 'works',
  empty: 'empty',
  absent: 'not found',
  refused: 'refused',
  missing: 'missing',
};

function tableOf(
  coverage: readonly Coverage[],
  opened: ReadonlyMap<string, readonly string[]>,
  refusals: readonly FieldRefusal[],
): string {
  const count = (answer: Coverage['answer']) => coverage.filter((one) => one.answer === answer).length;
  const rows = coverage.map(
    ({ name, method, path, answer, reason }) =>
      `| \`${name}\` | \`${method} ${path}\` | ${answers[answer]} | ${reason} | ${authorizations(opened.get(name))} |`,
  );
  const isAlone = ({ detail }: FieldRefusal) => detail.endsWith(noIndex);
  const fields = refusals
    .filter((one) => !isAlone(one))
    .map(({ search, use, field, detail }) => `| \`${search}\` | ${use} | \`${field}\` | ${shown(detail)} |`);
  const accompanied = accompaniedRows(refusals.filter(isAlone));
  return `# The Camunda 8 API, path by path

Which methods of the official client (\`@camunda8/orchestration-cluster-api\` 8.8.4) the server answers, and how. This file
is made by \`test/camunda-client/table.spec.ts\` from the client's own files and a running server; the spec fails when it
is not true. \`WRITE_DOCS=1 npm run test:unit -- test/camunda-client/table.spec.ts\` writes it anew.

Of ${coverage.length} methods ${count('served')} work, ${count('empty')} find nothing, ${count('absent')} are always not found (404) and ${count('refused')} are refused on purpose with the reason
(403 unless it says otherwise). Each method is called by a spec \`test/camunda-client/*.spec.ts\` through the unmodified client
with its strictest validation, \`CAMUNDA_SDK_VALIDATION=fanatical\`.

## Whether a diagram would also run on a Camunda 8 cluster

\`npm run check\`, \`scripts/check-configuration.mjs\` and the list of problems in the studio say so for each process file, as
information that hinders nothing: the errors of the profile \`camunda-cloud-8-8\` of bpmnlint-plugin-camunda-compat, with element
and line (\`libs/configuration/src/camunda\`). The usual one in the pack: a message is thrown here by the engine, there by a job
worker.

## Two examples

\`test/camunda-client/examples.spec.ts\` deploys them and works through them with job workers of the client; the candidate
group of their tasks is \`admin\`. Camunda Modeler opens the files.

- [examples/order](../examples/order): an order. The worker \`charge-card\` charges the card or throws the BPMN error
  \`CARD_DECLINED\`, which leads to a user task that corrects the card; the message \`payment-settled\` with the order's id
  is awaited; a user task packs the parcel; the worker \`announce-parcel\` announces it. Start it with \`orderId\`, \`total\`
  and \`card\`.
- [examples/approval](../examples/approval): an expense. The decision \`approval-route\` sends it by amount and kind to nobody,
  the head or the board; the workers \`book-expense\` and \`tell-refusal\` do what was decided. Start it with \`amount\` and
  \`kind\`.

## Methods

The last column says which authorization of a role opens the method, each alone; where it names none, whoever signs in may
ask, and sees what is there for the account (tasks of which it is a candidate; its own entry among users and roles).
[files.md](files.md) says how a role gets them. \`UPDATE_USER_TASK\` (deadlines and circle of a task), \`USER:READ\` and
\`ROLE:READ\` (all users and roles) widen methods that are open to all.

| method of the client | request below \`/v2\` | answer | reason | authorization |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

## Fields of searches that are refused

Every other filter and sort key of the client's searches is served, some of them with another one (below).

| search | use | field | refusal |
| --- | --- | --- | --- |
${fields.join('\n')}

## Fields of searches that need another

Each page is read by an index, never from a whole table (\`libs/persistence/src/contract/search-plans.spec.ts\` reads the plans
of both databases). These fields are served where the filter also has one that leads to rows; without it the answer is 400
with the same list. A field that leads to rows does so for a value (\`$eq\`, \`$in\`) or a range, a boolean for \`true\`, a
state also for what it is not; \`$like\`, \`$exists\` and exclusions need another field. User tasks are found by who may see
them, so every field of theirs is served alone; the rows of definitions and batch operations are few, so these are too.

| search | filter | sort | with a filter by one of |
| --- | --- | --- | --- |
${accompanied.join('\n')}

## Ad-hoc sub-processes by a job worker

One with \`zeebe:taskDefinition\` asks its worker what is done (job kind \`AD_HOC_SUB_PROCESS\`): at the beginning and whenever
a path inside has ended, one job at a time. \`completeJob\` answers with a \`result\` of type \`adHocSubProcess\`. The variable
\`adHocSubProcessElements\` tells what can be chosen: id, name, documentation and properties, but not the parameters that
\`fromAi\` in input mappings names. Other than in Camunda 8 \`isCancelRemainingInstances\` ends what runs also where nothing
else is answered, and a \`result\` that does not fit the kind of its job is refused. \`activeElementsCollection\`,
\`completionCondition\` and \`cancelRemainingInstances="false"\` have no effect beside a worker, and the check says so.

## Fields of requests that are refused

- \`tags\` and \`runtimeInstructions\` of \`createProcessInstance\`: instances have no tags here, and the alpha instructions are
  not served.
- \`startInstructions\` of \`createProcessInstance\`: an element that cannot begin on its own (boundary events, start events
  of sub-processes, what follows an event-based gateway, what compensates), or that lies within a multi-instance. A start
  event of the process is taken, beyond Camunda 8, where it is the only one named.
- \`tenantId\`: nothing but \`<default>\`.
- \`$or\` and \`variables\` in the filter of a batch operation.
`;
}

const noIndex = ': no index leads to it alone.';
const named = (fields: readonly string[]): string => fields.map((field) => `\`${field}\``).join(', ');

/** One row for each search. */
function accompaniedRows(refusals: readonly FieldRefusal[]): readonly string[] {
  return [...new Set(refusals.map(({ search }) => search))].map((search) => {
    const own = refusals.filter((one) => one.search === search);
    const fieldsOf = (use: FieldRefusal['use']) =>
      named(own.filter((one) => one.use === use).map(({ field }) => field));
    const helping = / one of (.*): no index/.exec(own[0]!.detail)?.[1]?.split(', ') ?? [];
    return `| \`${search}\` | ${fieldsOf('filter')} | ${fieldsOf('sort')} | ${named(helping)} |`;
  });
}

const authorizations = (names: readonly string[] = []): string => names.map((name) => `\`${name}\``).join(' or ');

/** A list of all fields says no more in a table. */
const shown = (detail: string): string =>
  detail.startsWith('Expected one of the fields') ? 'not a field that can be sorted or filtered by here' : detail;
