import { compileConfiguration, type ConfigurationSet } from '#configuration';
import type { Variables } from '#engine';
import {
  createDeadlineStore,
  createLedgerStore,
  createStore,
  type DeadlineStore,
  type LedgerStore,
} from '#persistence';
import { createRuntime, type Row, type Runtime, type RuntimeStore } from '#runtime';
import { DeadlineKeeper } from '../../apps/server/src/deadlines/deadline-keeper.js';
import { LedgerFollower } from '../../apps/server/src/ledgers/ledger-follower.js';
import { tinyConfiguration } from '../../libs/configuration/test/tiny-configuration.js';
import {
  bpmn,
  end,
  flow,
  folderSet,
  form,
  properties,
  start,
  timerEvent,
  userTask,
} from '../../libs/persistence/src/contract/models.js';
import { valueOf } from '../../libs/persistence/src/contract/node.js';
import type { TestDatabase } from '../../libs/persistence/src/contract/test-databases.js';
import { noticesIn } from './notices-in.js';

/** A case that is worked on, may be sent back, and waits for an hour in between. */
export const claimModel = bpmn(
  'claim',
  properties({ 'ct.case': 'XF' }) +
    start() +
    userTask('register') +
    `<bpmn:intermediateCatchEvent id="pause">${timerEvent('PT1H')}</bpmn:intermediateCatchEvent>` +
    userTask('review') +
    `<bpmn:exclusiveGateway id="which" default="which_end" />` +
    end() +
    flow('start', 'register') +
    flow('register', 'pause') +
    flow('pause', 'review') +
    flow('review', 'which') +
    flow('which', 'end') +
    '<bpmn:sequenceFlow id="again" sourceRef="which" targetRef="register"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=again = true</bpmn:conditionExpression></bpmn:sequenceFlow>',
);

export const claimLedger = {
  id: 'L1',
  title: '登记台账',
  process: 'claim',
  readers: [{ roles: ['clerk'] }],
  columns: [
    { id: 'no', title: '编号', type: 'text', value: '=instance.caseNo', sort: true, filter: true },
    { id: 'amount', title: '金额', type: 'number', value: '=amount', sort: true, filter: true },
    { id: 'state', title: '状态', type: 'text', value: '=instance.state', filter: true },
    { id: 'times', title: '登记次数', type: 'number', value: '=steps.register.count', sort: true },
    { id: 'at', title: '登记时间', type: 'dateTime', value: '=steps.register.endedAt', sort: true },
  ],
};

export const claimRate = {
  id: 'R1',
  title: '审核率',
  process: 'claim',
  kind: 'ratio',
  period: '=instance.startedAt',
  denominator: '=amount != null',
  numerator: '=steps.review.count > 0',
  lengths: ['month'],
  suppress: 'days',
  readers: [{ roles: ['clerk'] }],
};

/** The small set with a ledger and an indicator over the process `claim`. */
export async function claimSet(
  ledger: object = claimLedger,
  rate: object = claimRate,
  more: Readonly<Record<string, object | string>> = {},
): Promise<ConfigurationSet> {
  const { set, problems } = await compileConfiguration(
    tinyConfiguration({
      'workflows/claim/claim.bpmn': claimModel.replaceAll('F01', 'F1'),
      'workflows/claim/claim.scenarios.json': null,
      'workflows/rooms.json': null,
      'workflows/launchers.json': null,
      'workflows/portal.json': null,
      'workflows/ledgers/L1.ledger.json': ledger,
      'workflows/ledgers/R1.indicator.json': rate,
      ...more,
    }),
  );
  if (!set) throw new Error(problems.map(({ message }) => message).join('\n'));
  return set;
}

/** One node on a database, and the follower of its ledgers. */
export class FollowedNode {
  now = Date.UTC(2026, 2, 2, 1);
  readonly errors: unknown[] = [];
  readonly caughtUp: number[] = [];
  store!: RuntimeStore;
  runtime!: Runtime;
  follower!: LedgerFollower;
  ledgers!: LedgerStore;
  deadlines!: DeadlineStore;
  keeper!: DeadlineKeeper;

  constructor(
    public test: TestDatabase,
    public set: ConfigurationSet,
  ) {}

  async boot(): Promise<void> {
    this.store = createStore(this.test.database);
    this.runtime = createRuntime({
      store: this.store,
      wallClock: () => this.now,
      isFollowed: (id) => this.set.readModel.hashes.has(id),
      functions: () => this.set.feelFunctions,
    });
    this.ledgers = createLedgerStore(this.test.database, this.store);
    this.deadlines = createDeadlineStore(this.test.database, this.store);
    const log = { error: (fields: object) => void this.errors.push(fields) };
    const current = () => this.set;
    this.follower = new LedgerFollower({
      ledgers: this.ledgers,
      current,
      setId: async (hash) => (await this.deadlines.setOf(hash))?.id ?? 0,
      onCaughtUp: async (setId) => void this.caughtUp.push(setId),
      now: () => this.runtime.now(),
      timeZone: 'Asia/Shanghai',
      log,
    });
    const { deadlines, ledgers, runtime } = this;
    this.keeper = new DeadlineKeeper({ deadlines, ledgers, runtime, current, notices: noticesIn(runtime), log });
    await this.runtime.start();
  }

  async deploy(): Promise<void> {
    const files = { 'forms/F01.form.json': form, 'workflows/claim/claim.bpmn': claimModel };
    valueOf(await this.runtime.deploy(folderSet(files)));
  }

  async begin(variables: Variables = {}): Promise<string> {
    return valueOf(await this.runtime.createInstance({ bpmnProcessId: 'claim', variables, by: 'clerk1' }))
      .processInstanceKey;
  }

  rows(sql: string): Promise<Row[]> {
    return this.test.database.reader.query(sql) as Promise<Row[]>;
  }

  async shutDown(): Promise<void> {
    await this.keeper.close();
    await this.follower.close();
    await this.runtime.stop();
    await this.store.close();
  }

  /** As a restart of the server does. */
  async restart(): Promise<void> {
    await this.shutDown();
    this.test = await this.test.reopen();
    await this.boot();
  }

  async drop(): Promise<void> {
    await this.shutDown();
    await this.test.drop();
  }

  /** Everything in the read model, in one order. */
  async readModel(): Promise<Readonly<Record<string, readonly string[]>>> {
    const entries: [string, string[]][] = [];
    for (const table of tables)
      entries.push([table, (await this.rows(`SELECT * FROM ${table}`)).map((row) => JSON.stringify(row)).sort()]);
    return Object.fromEntries(entries);
  }

  /** The read model made from nothing. */
  async madeAnew(): Promise<Readonly<Record<string, readonly string[]>>> {
    const writes = [...tables, 'ledger_marks'].map((table) => ({ sql: `DELETE FROM ${table}`, params: [] }));
    valueOf(await this.runtime.write(writes));
    await this.follower.rebuild();
    return this.readModel();
  }
}

const tables = ['ledger_rows', 'ledger_cells', 'indicator_facts', 'ledger_positions'] as const;
