import type { EvaluationContext } from '#feel';
import { batchItems } from './batch-items.js';
import { BatchWorker } from './batch-operations.js';
import { EngineClock } from './clock.js';
import { Definitions } from './definitions.js';
import { deploySet } from './deploy.js';
import { History } from './history.js';
import { Inbox } from './inbox.js';
import { Instances } from './instances.js';
import { Jobs } from './jobs.js';
import { Messages } from './messages.js';
import { formatNumber, yearOf } from './numbers.js';
import type { CommittedUnit, Outcome } from './ports.js';
import type { CommittedNotice, MessageRequest, Runtime, RuntimeLog, RuntimeOptions } from './runtime.js';
import { Retention } from './retention.js';
import { Scheduler } from './scheduler.js';
import type { World } from './stepping.js';

const SILENT: RuntimeLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const IDLE_POLL_MS = 5;
const LEFTOVERS_EVERY_MS = 10_000;

/** Builds the runtime of one node; `start()` sets it to work. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { store, timeZone = 'Asia/Shanghai', wallClock = Date.now, log = SILENT, nodeId = 'node-1' } = options;
  const clock = new EngineClock(store, wallClock);
  const definitions = new Definitions(store.reads);
  const evaluationContext = (): EvaluationContext => ({
    now: clock.now(),
    timeZone,
    ...(options.functions ? { functions: options.functions() } : {}),
  });
  const world = (): World => ({
    evaluation: evaluationContext(),
    nextKey: () => store.nextKey(),
    unitOfRole: (role) => options.unitOfRole?.(role),
    ...(options.roleOfLane ? { roleOfLane: options.roleOfLane } : {}),
    ...(options.maxRounds === undefined ? {} : { maxRounds: options.maxRounds }),
  });
  const numberPattern = (series: string): string => options.numberPattern?.(series) ?? `${series}-{yyyy}-{00000}`;
  const instances = new Instances({ store, definitions, world, numberPattern });
  const messages = new Messages(store, () => clock.now());
  const inbox = new Inbox({ store, instances, messages, log });
  const jobs = new Jobs({ store, instances, now: () => clock.now(), wallClock, nodeId, log });
  const history = new History(store);
  const batches = new BatchWorker({ store, perform: batchItems(instances, history), now: () => clock.now(), log });
  const retention = new Retention({
    store,
    definitions,
    historyTimeToLive: options.historyTimeToLive,
    timeZone,
    now: () => clock.now(),
    wallClock,
    log,
  });
  let leftoversAt = 0;
  let setId: number | undefined;

  const poll = async (): Promise<void> => {
    await clock.refresh();
    await jobs.poll();
    batches.wake();
    await retention.poll();
    const latest = (await store.reads.latestSet())?.id;
    if (latest !== setId) definitions.forget();
    setId = latest;
    if (wallClock() - leftoversAt < LEFTOVERS_EVERY_MS) return;
    leftoversAt = wallClock();
    await inbox.takeLeftovers();
  };
  const scheduler = new Scheduler({ store, instances, definitions, clock, timeZone, log, poll });

  const listeners = new Set<(notice: CommittedNotice) => void>();
  const stopListening = store.onCommitted((units) => {
    inbox.take(units);
    jobs.take(units);
    scheduler.take(units);
    const notice = noticeOf(units);
    if (notice) listeners.forEach((listener) => listener(notice));
  });

  const publish = async (message: MessageRequest, mustMeet: boolean) => {
    const outcome = await messages.publish(message, { mustMeet });
    if (outcome.ok) await inbox.settled(outcome.reply.inboxKeys);
    return outcome;
  };
  const isIdle = async (): Promise<boolean> => {
    if (inbox.size + jobs.size > 0 || scheduler.isBusy || batches.isBusy) return false;
    const [pending, timers, starts, ready, waiting] = await Promise.all([
      store.reads.pendingInbox(1),
      store.reads.dueTimers(clock.now(), 1),
      store.reads.dueStartTimers(clock.now(), 1),
      store.reads.jobTypesReady(jobs.types, clock.now(), wallClock()),
      store.reads.batches.runnableBatches(1),
    ]);
    return pending.length + timers.length + starts.length + ready.length + waiting.length === 0;
  };

  return {
    start: async () => {
      await store.reserveKeys();
      await clock.refresh();
      await inbox.takeLeftovers();
      leftoversAt = wallClock();
      jobs.open();
      batches.open();
      scheduler.open();
    },
    stop: async () => {
      await scheduler.close();
      await batches.close();
      await jobs.close();
      await inbox.close();
      stopListening();
    },
    execute: (request) => instances.execute(request),
    createInstance: (request) => instances.create(request),
    migrateInstance: (request) => instances.migrate(request),
    deleteInstance: (key) => history.remove(key),
    batches,
    nextKey: async () => {
      await store.reserveKeys();
      return store.nextKey();
    },
    publishMessage: async (message) => {
      const outcome = await publish(message, false);
      return outcome.ok ? { ok: true, reply: { messageKey: outcome.reply.messageKey } } : outcome;
    },
    correlateMessage: async (message) => {
      const outcome = await publish(message, true);
      return outcome.ok
        ? {
            ok: true,
            reply: { messageKey: outcome.reply.messageKey, processInstanceKey: outcome.reply.processInstanceKey! },
          }
        : outcome;
    },
    broadcastSignal: async (signal) => {
      const outcome = await messages.broadcast(signal);
      if (outcome.ok) await inbox.settled(outcome.reply.inboxKeys);
      return outcome.ok ? { ok: true, reply: { signalKey: outcome.reply.signalKey } } : outcome;
    },
    drawNumber: (series, pattern, writes) => {
      const year = yearOf(clock.now(), timeZone);
      return store.commit({
        series: [{ series, year }],
        decide: (given) => {
          const number = formatNumber(pattern, given.draw(series, year), clock.now(), timeZone);
          return { ok: true, reply: number, changes: { writes: writes?.(number) ?? [] } };
        },
      });
    },
    write: (writes, idempotency) =>
      store.commit({
        ...(idempotency ? { idempotency } : {}),
        decide: (): { ok: true; reply: null; changes: object } => ({ ok: true, reply: null, changes: { writes } }),
      }),
    deploy: async (set) => {
      const outcome = await deploySet(store, set, evaluationContext());
      definitions.forget();
      if (outcome.ok) void scheduler.tick();
      return outcome;
    },
    activateJobs: (request) => jobs.activate(request),
    extendJob: (key, timeoutMs) => jobs.extend(key, timeoutMs),
    registerJobHandler: (type, handler) => jobs.register(type, handler),
    now: () => clock.now(),
    pinClock: (at) => afterwards(clock.pin(at), () => void scheduler.tick()),
    resetClock: () => afterwards(clock.reset(), () => void scheduler.tick()),
    evaluationContext,
    on: (_, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    idle: async () => {
      while (!(await isIdle())) {
        await scheduler.tick();
        await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
      }
    },
  };
}

async function afterwards(outcome: Promise<Outcome<null>>, then: () => void): Promise<Outcome<null>> {
  const result = await outcome;
  if (result.ok) then();
  return result;
}

function noticeOf(units: readonly CommittedUnit[]): CommittedNotice | undefined {
  const tables = new Set<string>();
  const userTaskKeys = new Set<string>();
  for (const { rows } of units) {
    for (const row of rows) {
      const table =
        'insert' in row ? row.insert : 'upsert' in row ? row.upsert : 'update' in row ? row.update : row.delete;
      tables.add(table);
      if (table === 'user_tasks') userTaskKeys.add(String(('key' in row ? row.key : row.row).key));
    }
  }
  if (tables.size === 0) return undefined;
  const instanceKeys = [...new Set(units.flatMap((unit) => unit.instanceKey ?? []))];
  return { instanceKeys, userTaskKeys: [...userTaskKeys], tables: [...tables] };
}
