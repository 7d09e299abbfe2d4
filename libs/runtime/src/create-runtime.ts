import { randomBytes } from 'node:crypto';
import type { EvaluationContext } from '#feel';
import { batchItems } from './batch-items.js';
import { BatchWorker } from './batch-operations.js';
import { EngineClock } from './clock.js';
import { evaluateConditionalStarts } from './conditional-starts.js';
import { Definitions } from './definitions.js';
import { deploySet } from './deploy.js';
import type { HiddenCases } from './hidden-cases.js';
import { History } from './history.js';
import { Inbox } from './inbox.js';
import { Instances } from './instances.js';
import { Jobs } from './jobs.js';
import { Messages } from './messages.js';
import { Outbox } from './outbox.js';
import { outboxRows } from './outbox-rows.js';
import { counterPeriodOf, formatNumber } from './numbers.js';
import { Cascades, type Cascade } from './cascades.js';
import { claimOwnInbox } from './claim-own-inbox.js';
import { hintOf, noticeOf } from './hint-of.js';
import type { Hint, Outcome } from './ports.js';
import { Releases } from './releases.js';
import type { CommittedNotice, MessageRequest, Runtime, RuntimeLog, RuntimeOptions } from './runtime.js';
import { Retention } from './retention.js';
import { Schedules } from './schedules.js';
import { Signals } from './signals.js';
import { StartSets } from './start-sets.js';
import { Scheduler } from './scheduler.js';
import type { World } from './stepping.js';
import { Takeover } from './takeover.js';

const SILENT: RuntimeLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const IDLE_POLL_MS = 5;
const FOLLOW_EVERY_MS = 1_000;

/** 48 random bits as a fraction. */
const secureRandom = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48;

function within(cascade: Cascade, cascades: Cascades): Pick<World, 'cascade' | 'excess'> {
  cascades.count(cascade);
  const excess = cascades.excessOf(cascade);
  return { cascade, ...(excess === undefined ? {} : { excess }) };
}

/** Builds the runtime of one node; `start()` sets it to work. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { timeZone = 'Asia/Shanghai', wallClock = Date.now, log = SILENT, nodeId = 'node-1' } = options;
  const store = claimOwnInbox(options.store, () => inbox.isOpen);
  const { random = secureRandom } = options;
  const clock = new EngineClock(store, wallClock);
  const definitions = new Definitions(store, log);
  const evaluationContext = (): EvaluationContext => ({
    now: clock.now(),
    timeZone,
    random,
    ...(options.functions ? { functions: options.functions() } : {}),
  });
  const cascades = new Cascades(options.maxCascade);
  const world = (cascade?: Cascade): World => ({
    evaluation: evaluationContext(),
    nextKey: () => store.nextKey(),
    unitOfRole: (role) => options.unitOfRole?.(role),
    ...(options.isFollowed ? { isFollowed: options.isFollowed } : {}),
    ...(options.roleOfLane ? { roleOfLane: options.roleOfLane } : {}),
    ...(options.maxRounds === undefined ? {} : { maxRounds: options.maxRounds }),
    ...(cascade ? within(cascade, cascades) : {}),
  });
  const numberPattern = (series: string): string => options.numberPattern?.(series) ?? `${series}-{yyyy}-{00000}`;
  const instances = new Instances({ store, definitions, world, wallClock, numberPattern });
  const hidden: HiddenCases = async (account) => (account ? options.hiddenCases?.(account) : undefined);
  const messages = new Messages(store, () => clock.now(), hidden);
  const signals = new Signals(store, () => clock.now());
  const startSets = new StartSets({ store, definitions, now: () => clock.now() });
  const releases = new Releases(store);
  const inbox: Inbox = new Inbox({ store, instances, messages, signals, startSets, releases, cascades, log });
  const jobs = new Jobs({ store, instances, now: () => clock.now(), wallClock, nodeId, releases, log });
  const outbox = new Outbox({ store, wallClock, random, releases, log });
  const history = new History(store);
  const batches = new BatchWorker({
    store,
    perform: batchItems(instances, history),
    hidden,
    now: () => clock.now(),
    log,
  });
  const retention = new Retention({
    store,
    definitions,
    historyTimeToLive: options.historyTimeToLive,
    timeZone,
    now: () => clock.now(),
    wallClock,
    log,
  });
  const schedules = new Schedules({
    store,
    instances,
    definitions: () => options.schedules?.() ?? [],
    evaluation: evaluationContext,
    wallClock,
    log,
  });
  let isStopping = false;
  let setId: number | undefined;
  let following: ReturnType<typeof setInterval> | undefined;

  /** What every node follows: the clock and the configuration of all. */
  const follow = async (): Promise<void> => {
    await clock.refresh();
    const latest = (await store.reads.latestSet())?.id;
    if (latest !== setId) definitions.forget();
    setId = latest;
  };
  const poll = async (): Promise<void> => {
    await follow();
    await releases.flush();
    await jobs.poll();
    await outbox.poll();
    await schedules.poll();
    batches.wake();
    retention.wake();
  };
  const scheduler = new Scheduler({ store, instances, definitions, clock, timeZone, releases, log, poll });
  const takeover = new Takeover({ store, inbox, jobs, outbox, scheduler, log });

  const listeners = new Set<(notice: CommittedNotice) => void>();
  const stopCommits = store.onCommitted((units) => {
    instances.take(units);
    inbox.take(units);
    jobs.take(units);
    outbox.take(units);
    scheduler.take(units);
    const notice = noticeOf(units);
    if (!notice) return;
    listeners.forEach((listener) => listener(notice));
    const own = { keepsJobs: (type: string) => jobs.keeps(type), keepsOutbox: () => outbox.isOpen };
    store.tell(hintOf(notice, units, own));
  });
  const hear = async (hint: Hint): Promise<void> => {
    jobs.wakeAll(hint.jobTypes);
    if (hint.timerDueAt !== undefined) scheduler.expect(hint.timerDueAt);
    if (hint.tables.includes('clock') || hint.tables.includes('config_sets')) {
      await follow();
      void scheduler.tick();
    }
    if (hint.hasOutbox) outbox.wake();
    if (hint.hasInbox) await inbox.takeLeftovers();
    listeners.forEach((listener) => listener(hint));
  };
  const failing = (message: string) => (cause: unknown) => log.error({ err: cause }, message);
  const stopHints = store.onHint(
    (hint) => void hear(hint).catch(failing('hint of another node could not be followed')),
  );

  const publish = async (message: MessageRequest, mustMeet: boolean) => {
    const outcome = await messages.publish(message, { mustMeet });
    if (outcome.ok) await inbox.settled(outcome.reply.inboxKeys);
    return outcome;
  };
  const isIdle = async (): Promise<boolean> => {
    if (inbox.size + jobs.size + outbox.size > 0 || scheduler.isBusy || batches.isBusy || retention.isBusy)
      return false;
    const [pending, timers, starts, ready, waiting, isDeliveryDue, isScheduleDue] = await Promise.all([
      store.reads.pendingInbox(1),
      store.reads.dueTimers(clock.now(), 1),
      store.reads.dueStartTimers(clock.now(), 1),
      jobs.typesReady(),
      store.reads.batches.runnableBatches(1),
      outbox.isDue(),
      schedules.isDue(),
    ]);
    if (isDeliveryDue || isScheduleDue) return false;
    return pending.length + timers.length + starts.length + ready.length + waiting.length === 0;
  };

  return {
    start: async ({ work } = { work: true }) => {
      await store.join();
      await store.reserveKeys();
      await clock.refresh();
      if (!work) {
        following = setInterval(() => void follow().catch(failing('the clock could not be read')), FOLLOW_EVERY_MS);
        return;
      }
      await takeover.begin();
      jobs.open();
      outbox.open();
      batches.open();
      retention.open();
      scheduler.open();
      takeover.open();
    },
    isStopping: () => isStopping,
    stop: async () => {
      isStopping = true;
      clearInterval(following);
      stopHints();
      await takeover.close();
      await scheduler.close();
      await batches.close();
      await retention.close();
      await jobs.close();
      await outbox.close();
      await inbox.close();
      stopCommits();
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
    deliveryWrites: async (requests, processInstanceKey) => {
      if (requests.length === 0) return [];
      await store.reserveKeys();
      return [{ insert: 'outbox', rows: outboxRows(requests, processInstanceKey, { store, wallClock }) }];
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
            reply: { messageKey: outcome.reply.messageKey, processInstanceKey: outcome.reply.processInstanceKey },
          }
        : outcome;
    },
    broadcastSignal: async (signal) => {
      const outcome = await signals.broadcast(signal);
      if (outcome.ok) await inbox.settled(outcome.reply.inboxKeys);
      return outcome.ok ? { ok: true, reply: { signalKey: outcome.reply.signalKey } } : outcome;
    },
    evaluateConditions: async (request) => {
      const outcome = await evaluateConditionalStarts({ store, definitions, evaluation: evaluationContext }, request);
      if (!outcome.ok) return outcome;
      const { inboxKeys, ...reply } = outcome.reply;
      await inbox.settled(inboxKeys);
      return { ok: true, reply };
    },
    drawNumber: (series, pattern, writes) => {
      // One moment for counter and text: between two, a month may have turned, and its first numbers would be given twice.
      const at = clock.now();
      const year = counterPeriodOf(pattern, at, timeZone);
      return store.commit({
        series: [{ series, year }],
        decide: (given) => {
          const number = formatNumber(pattern, given.draw(series, year), at, timeZone);
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
    liveNodes: () => store.liveNodes(),
    activateJobs: (request) => jobs.activate(request),
    extendJob: (key, timeoutMs, retries) => jobs.extend(key, timeoutMs, retries),
    registerJobHandler: (type, handler) => jobs.register(type, handler),
    runsJobs: (type) => jobs.runs(type),
    registerDeliveryHandler: (kind, handler) => outbox.register(kind, handler),
    retryDelivery: (key) => outbox.retry(key),
    discardDelivery: (key) => outbox.discard(key),
    now: () => clock.now(),
    pinClock: (at) => afterwards(clock.pin(at), () => void scheduler.tick()),
    resetClock: () => afterwards(clock.reset(), () => void scheduler.tick()),
    recountSchedules: () => afterwards(schedules.recount(), () => void scheduler.tick()),
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
