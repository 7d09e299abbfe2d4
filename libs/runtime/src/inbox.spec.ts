import { Inbox } from './inbox.js';
import type { Instances } from './instances.js';
import type { Messages } from './messages.js';
import type { Signals } from './signals.js';
import type { StartSets } from './start-sets.js';
import type { Claimed, InboxRow, Outcome, RowOperation, RuntimeStore } from './ports.js';
import { Cascades } from './cascades.js';
import { Releases } from './releases.js';
import type { ExecuteReply, ExecuteRequest } from './runtime.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const row: InboxRow = {
  key: '7',
  sourceInstance: '1',
  sourcePosition: 1,
  target: '2',
  kind: 'continueProcessInstance',
  targetInstanceKey: '2',
  payload: {},
};
const inserted = (claim: number): RowOperation => ({
  insert: 'inbox',
  row: {
    key: row.key,
    source_instance: '1',
    source_position: 1,
    target: '2',
    kind: row.kind,
    target_instance_key: '2',
    payload: '{}',
    claimed_by: claim,
  },
});
const lost: Outcome<ExecuteReply> = { ok: false, rejection: { code: 'conflict', message: 'the epoch has ended' } };
const done: Outcome<ExecuteReply> = { ok: true, reply: { instanceKey: '2', caseNo: null, status: 'active' } };

describe('inbox row without effect', () => {
  it('is given back where its end cannot be stored either', async () => {
    const gone: Outcome<ExecuteReply> = { ok: false, rejection: { code: 'notFound', message: 'it has ended' } };
    const released: unknown[] = [];
    const store = {
      commit: async () => ({ ok: false, rejection: { code: 'conflict', message: 'another was faster' } }),
      claims: {
        release: async (claims: readonly unknown[]) => {
          released.push(...claims);
          return true;
        },
      },
    } as unknown as RuntimeStore;
    const releases = new Releases(store);
    const inbox = new Inbox({
      store,
      instances: { execute: async () => gone } as unknown as Instances,
      messages: {} as Messages,
      signals: {} as Signals,
      startSets: {} as StartSets,
      releases,
      cascades: new Cascades(),
      log: SILENT,
    });
    inbox.open();

    inbox.take([{ rows: [inserted(1)] }]);
    await inbox.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await releases.flush();

    expect(released).toEqual([{ table: 'inbox', key: '7', claim: 1 }]);
  });
});

describe('inbox of a node that was fenced out', () => {
  it('works a row off that it claimed anew while the attempt in the old epoch was still under way', async () => {
    const claims: unknown[] = [];
    let endOldAttempt = (): void => undefined;
    const oldAttempt = new Promise<void>((resolve) => (endOldAttempt = resolve));
    const instances = {
      execute: async ({ writes }: ExecuteRequest) => {
        const write = writes![0]!;
        const claim = 'params' in write ? write.params[1] : undefined;
        claims.push(claim);
        if (claim === 2) return done;
        await oldAttempt;
        return lost;
      },
    } as unknown as Instances;
    const leftovers: Claimed<InboxRow>[][] = [[{ ...row, claim: 2 }]];
    const store = { claims: { inbox: async () => leftovers.pop() ?? [] } } as unknown as RuntimeStore;
    const inbox = new Inbox({
      store,
      instances,
      messages: {} as Messages,
      signals: {} as Signals,
      startSets: {} as StartSets,
      releases: new Releases(store),
      cascades: new Cascades(),
      log: SILENT,
    });
    inbox.open();

    inbox.take([{ rows: [inserted(1)] }]);
    await inbox.takeLeftovers();
    endOldAttempt();
    await inbox.close();

    expect(claims).toEqual([1, 2]);
  });
});
