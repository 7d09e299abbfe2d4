import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bpmn, end, flow, folderSet, form, start, userTask } from '../../libs/persistence/src/contract/models.js';
import { valueOf } from '../../libs/persistence/src/contract/node.js';
import { nameCase } from '../../libs/persistence/src/product/case-origins.js';
import { testDatabases } from '../../libs/persistence/src/contract/test-databases.js';
import { claimLedger, claimModel, claimRate, claimSet, FollowedNode } from './followed.js';

/** What comes of a claim afterwards, in the same case. */
const appealModel = bpmn('appeal', start() + userTask('hear') + end() + flow('start', 'hear') + flow('hear', 'end'));

const telling = (ledger: object, as: string, process: string) => ({
  ...ledger,
  related: [{ as, process, variables: ['amount'] }],
});
const claims = telling(
  {
    ...claimLedger,
    columns: [
      { id: 'no', title: '编号', type: 'text', value: '=instance.caseNo', sort: true },
      { id: 'appeals', title: '复查', type: 'number', value: '=count(appeals)', sort: true },
      { id: 'last', title: '复查金额', type: 'number', value: '=appeals[-1].amount' },
      { id: 'state', title: '复查状态', type: 'text', value: '=appeals[-1].instance.state' },
    ],
  },
  'appeals',
  'appeal',
);
/** One for the claim itself, one for each appeal. */
const amounts = telling(
  {
    ...claimRate,
    items: '=concatenate([amount], appeals.amount)',
    denominator: '=item != null',
    numerator: '=item > 4',
  },
  'appeals',
  'appeal',
);
/** Of each claim: whether no other names it with an amount. */
const once = {
  ...claimRate,
  id: 'R2',
  related: [{ as: 'repeats', process: 'claim', variables: ['amount'], naming: true }],
  denominator: '=true',
  numerator: '=not(some r in repeats satisfies r.amount != null)',
};
const appeals = telling(
  {
    ...claimLedger,
    id: 'L2',
    process: 'appeal',
    columns: [{ id: 'claimed', title: '原金额', type: 'number', value: '=claims[1].amount' }],
  },
  'claims',
  'claim',
);

describe.each(testDatabases)('rows that tell of what else belongs to their case, on $kind', ({ open }) => {
  let node: FollowedNode;
  let caseKey: string;

  beforeEach(async () => {
    const files = { 'workflows/appeal/appeal.bpmn': appealModel.replaceAll('F01', 'F1') };
    const set = await claimSet(claims, amounts, {
      ...files,
      'workflows/ledgers/L2.ledger.json': appeals,
      'workflows/ledgers/R2.indicator.json': once,
    });
    node = new FollowedNode(await open(), set);
    await node.boot();
    const models = { 'workflows/claim/claim.bpmn': claimModel, 'workflows/appeal/appeal.bpmn': appealModel };
    valueOf(await node.runtime.deploy(folderSet({ 'forms/F01.form.json': form, ...models })));
    caseKey = await node.begin({ amount: 1 });
    await node.begin({ amount: 9 });
    await node.follower.follow();
  });
  afterEach(() => node.drop());

  const appeal = async (amount: number) =>
    valueOf(
      await node.runtime.createInstance({ bpmnProcessId: 'appeal', variables: { amount }, caseKey, caseNo: 'XF-1' }),
    ).processInstanceKey;
  const cells = async (ledgerId: string) => {
    const rows = await node.rows(`SELECT cells FROM ledger_rows WHERE ledger_id = '${ledgerId}' ORDER BY row_key`);
    return rows.map((row) => JSON.parse(String(row['cells'])) as Record<string, unknown>);
  };
  const told = async () => (await cells('L1')).map(({ appeals: count, last, state }) => [count, last, state]);

  it('tell nothing where there is nothing else', async () => {
    expect(await told()).toEqual([
      [0, null, null],
      [0, null, null],
    ]);
  });

  it('follow what is started, goes on and ends there, and only in their own case', async () => {
    const key = await appeal(5);
    await node.follower.follow();
    const started = await told();
    await node.runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });
    await appeal(7);
    await node.follower.follow();

    expect(started[0]).toEqual([1, 5, 'ACTIVE']);
    expect(await told()).toEqual([
      [2, 7, 'ACTIVE'],
      [0, null, null],
    ]);
  });

  it('are counted by an indicator, too', async () => {
    const counted = async () => {
      const facts = await node.rows("SELECT is_numerator FROM indicator_facts WHERE indicator_id = 'R1'");
      return facts.map((row) => Boolean(row['is_numerator']));
    };
    const before = await counted();
    await appeal(5);
    await appeal(2);
    await node.follower.follow();

    expect(before.sort()).toEqual([false, true]);
    expect((await counted()).sort()).toEqual([false, false, true, true]);
  });

  it('are cases that name it, too, once they go on, drills of neither side left out', async () => {
    const counted = async () => {
      const facts = await node.rows(
        "SELECT case_key, is_numerator FROM indicator_facts WHERE indicator_id = 'R2' ORDER BY row_key",
      );
      return facts.map((row) => [row['case_key'] === caseKey, Boolean(row['is_numerator'])]);
    };
    const name = async (drill: boolean) => {
      const variables = { drill };
      const started = { bpmnProcessId: 'claim', variables, by: 'clerk1', drill };
      const key = valueOf(await node.runtime.createInstance(started)).processInstanceKey;
      valueOf(await node.runtime.write([nameCase(key, caseKey)]));
      const scope = { scopeKey: key, variables: { amount: 1 }, local: true } as const;
      await node.runtime.execute({ instanceKey: key, command: { type: 'setVariables', ...scope } });
      await node.follower.follow();
    };
    const before = await counted();
    await name(true);
    const afterDrill = await counted();
    await name(false);

    expect(before).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(afterDrill).toEqual(before);
    expect(await counted()).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
    const kept = await node.readModel();
    expect(await node.madeAnew()).toEqual(kept);
  });

  it('come to rest where two ledgers tell of each other, and are the same made from nothing', async () => {
    await appeal(5);
    await node.follower.follow();
    const scope = { scopeKey: caseKey, variables: { amount: 2 }, local: true } as const;
    await node.runtime.execute({ instanceKey: caseKey, command: { type: 'setVariables', ...scope } });
    await node.follower.follow();

    const kept = await node.readModel();

    expect(await cells('L2')).toEqual([{ claimed: 2 }]);
    expect(await node.ledgers.isPending()).toBe(false);
    expect(await node.madeAnew()).toEqual(kept);
    expect(node.errors).toEqual([]);
  });

  it('are made again where something else goes on while they are made', async () => {
    const instances = node.ledgers.instances.bind(node.ledgers);
    let isFirst = true;
    node.ledgers.instances = async (...asked) => {
      const read = await instances(...asked);
      if (isFirst && read.some(({ key }) => key === caseKey)) {
        isFirst = false;
        await appeal(5);
      }
      return read;
    };
    const scope = { scopeKey: caseKey, variables: { amount: 3 }, local: true } as const;
    await node.runtime.execute({ instanceKey: caseKey, command: { type: 'setVariables', ...scope } });

    await node.follower.follow();

    expect((await told())[0]).toEqual([1, 5, 'ACTIVE']);
  });
});
