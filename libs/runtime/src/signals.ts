import type { Key } from '#engine';
import { carrying, type Cascade } from './cascades.js';
import { notOfCases, outOfReach } from './hidden-cases.js';
import { isOfSet, keyOf, receiveEntry, setEntry, startEntry } from './message-rows.js';
import type { Outcome, RowWrite, RuntimeStore } from './ports.js';
import { inboxRow } from './projections/inbox.js';
import type { SignalRequest } from './runtime.js';

/** Signals reach all who wait, and every start event of the name. Source: BPMN 2.0.2, "Signal Event Definition". */
export class Signals {
  constructor(
    private readonly store: RuntimeStore,
    private readonly now: () => number,
  ) {}

  async broadcast(
    signal: SignalRequest,
    options: {
      readonly signalKey?: Key;
      readonly writes?: readonly RowWrite[];
      readonly caseKey?: string | null;
      readonly caseNo?: string | null;
      readonly cascade?: Cascade | undefined;
    } = {},
  ): Promise<Outcome<{ readonly signalKey: Key; readonly inboxKeys: readonly Key[] }>> {
    await this.store.reserveKeys();
    const signalKey = options.signalKey ?? this.store.nextKey();
    return this.store.commit({
      kind: 'broadcastSignal',
      decide: async (given) => {
        const exists = notOfCases('s.process_instance_key', outOfReach(signal.visibleTo));
        const waiting = await given.query(
          `SELECT * FROM signal_subscriptions s WHERE signal_name = ?${exists.sql} ORDER BY "key"`,
          [signal.name, ...exists.params],
        );
        const starts = await given.query(`SELECT * FROM start_subscriptions WHERE kind = 'signal' AND name = ?`, [
          signal.name,
        ]);
        const joins = { caseKey: options.caseKey ?? null, caseNo: options.caseNo ?? null };
        const entries = [
          ...waiting.map((row) => receiveEntry(row, signal)),
          ...starts.map((row) => {
            const payload = { variables: signal.variables, ...joins };
            return isOfSet(row) ? setEntry(row, payload) : startEntry(row, this.store.nextKey(), payload);
          }),
        ];
        const source = { instance: signalKey, position: 0 };
        const rows = entries.map((entry) =>
          inboxRow(carrying(entry, options.cascade), source, this.store.nextKey(), this.now()),
        );
        return {
          ok: true,
          reply: { signalKey, inboxKeys: rows.map(keyOf) },
          changes: { rows, writes: options.writes ?? [] },
        };
      },
    });
  }
}
