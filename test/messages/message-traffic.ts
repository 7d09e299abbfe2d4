import { model } from '#testing';
import type { TestNode } from '../../libs/persistence/src/contract/node.js';
import { valueOf } from '../../libs/persistence/src/contract/node.js';
import type { Random } from '../support/seeded-random.js';
import { CorrelationOracle, receivers, type MessageName } from './correlation-oracle.js';

const MINUTE = 60_000;
/** Not kept at all, or shorter or longer than a step of the clock. */
const TIMES_TO_LIVE = [0, 5 * MINUTE, 60 * MINUTE, 60 * MINUTE] as const;
const KEYS_AT_ONCE = 40;
const COPIES = 5;

const ear = (id: string) =>
  model(id)
    .start()
    .catchEvent('catch', { message: { name: 'answer', key: '=caseNo' } })
    .end();
/** Two processes that wait for one message, and one that a message starts. */
export const trafficModels = [
  ...receivers.map(ear),
  model('opened')
    .start('start', { message: { name: 'open' } })
    .userTask('hold', { form: '' })
    .end(),
] as const;

interface Lane {
  readonly caseNo: string;
  readonly oracle: CorrelationOracle;
  /** Messages as they were sent, to be sent again. */
  readonly sent: Sent[];
  /** Real keys of the receivers in the order of the oracle's instances. */
  readonly begun: { readonly key: string; readonly expected: CorrelationOracle['instances'][number] }[];
}

interface Sent {
  readonly name: MessageName;
  readonly messageId: string;
  readonly ttl: number;
}

/** Seeded senders and receivers on one node. Each round works on some keys at once, one action each; then the clock moves. */
export class MessageTraffic {
  published = 0;
  readonly did = new Map<string, number>();
  /** Answers other than the oracle's. */
  readonly wrongAnswers: string[] = [];
  readonly lanes: Lane[] = [];
  private ids = 0;

  constructor(
    private readonly node: TestNode,
    private readonly random: Random,
  ) {}

  async run(messages: number): Promise<void> {
    for (let round = 1; this.published < messages; round += 1) {
      await Promise.all(this.chooseLanes().map((lane) => this.act(lane)));
      await this.node.runtime.idle();
      this.node.now += Math.floor(this.random() * 4 * MINUTE);
      if (round % 25 === 0) await this.node.restart();
    }
    await this.node.runtime.idle();
  }

  /** Old keys and a few new ones. */
  private chooseLanes(): readonly Lane[] {
    const recent = this.lanes.slice(-4 * KEYS_AT_ONCE);
    const chosen = new Set(recent.filter(() => this.random() < 0.2));
    while (chosen.size < KEYS_AT_ONCE) {
      const lane = { caseNo: `K${this.lanes.length}`, oracle: new CorrelationOracle(), sent: [], begun: [] };
      this.lanes.push(lane);
      chosen.add(lane);
    }
    return [...chosen];
  }

  private act(lane: Lane): Promise<void> {
    const actions = [
      ['one sent', () => this.send(lane, 1)],
      ['one sent', () => this.send(lane, 1)],
      ['sent fivefold', () => this.send(lane, COPIES)],
      ['sent again', () => this.sendAgain(lane)],
      ['lost, then sent', () => this.sendAfterLoss(lane)],
      ['receiver', () => this.begin(lane, [this.pick(receivers)])],
      ['two receivers of one process', () => this.begin(lane, [receivers[0], receivers[0]])],
      ['receivers of two processes', () => this.begin(lane, receivers)],
      ['ended', () => this.end(lane)],
      ['ended', () => this.end(lane)],
    ] as const;
    const [name, action] = this.pick(actions);
    this.did.set(name, (this.did.get(name) ?? 0) + 1);
    return action();
  }

  private send(lane: Lane, copies: number): Promise<void> {
    const name = this.pick(['answer', 'answer', 'open'] as const);
    const ttl = copies > 1 ? 60 * MINUTE : this.pick(TIMES_TO_LIVE);
    return this.publish(lane, { name, messageId: `m${(this.ids += 1)}`, ttl }, copies);
  }

  /** The sender saw no answer, or is late: the same message under the same id. */
  private async sendAgain(lane: Lane): Promise<void> {
    const last = lane.sent.at(-1);
    await (last ? this.publish(lane, last, 1) : this.send(lane, 1));
  }

  /** The first never arrived: a receiver stands before the second comes. */
  private async sendAfterLoss(lane: Lane): Promise<void> {
    await this.begin(lane, [this.pick(receivers)]);
    await this.send(lane, 1);
  }

  /** Copies go out at the same time; just one of them counts. */
  private async publish(lane: Lane, sent: Sent, copies: number): Promise<void> {
    const { name, messageId, ttl } = sent;
    const { now } = this.node;
    const number = (this.published += copies);
    const isNew = lane.oracle.publish(name, { number, messageId, expiresAt: now + ttl }, now);
    lane.sent.push(sent);
    const request = { name, messageId, timeToLiveMs: ttl, correlationKey: lane.caseNo, variables: { number } };
    const outcomes = await Promise.all(Array.from({ length: copies }, () => this.node.runtime.publishMessage(request)));
    const accepted = outcomes.filter(({ ok }) => ok).length;
    if (accepted !== (isNew ? 1 : 0)) this.wrongAnswers.push(`${lane.caseNo} ${messageId}: ${accepted} accepted`);
  }

  private async begin(lane: Lane, processes: readonly string[]): Promise<void> {
    for (const process of processes) {
      const expected = lane.oracle.begin(process, this.node.now);
      lane.begun.push({ key: await this.node.begin(process, { caseNo: lane.caseNo }), expected });
    }
  }

  /** Completes the started instance, or cancels it. */
  private async end(lane: Lane): Promise<void> {
    const [row] = await this.node.rows(
      `SELECT t."key" AS task, p."key" AS instance FROM process_instances p JOIN user_tasks t ON t.process_instance_key = p."key"
       WHERE p.start_message_name = 'open' AND p.start_correlation_key = '${lane.caseNo}' AND p.state = 'ACTIVE'`,
    );
    const isThere = lane.oracle.end(this.node.now);
    if (isThere !== (row !== undefined)) this.wrongAnswers.push(`${lane.caseNo}: running ${String(row !== undefined)}`);
    if (!row) return;
    const isCompleted = this.random() < 0.7;
    const done = isCompleted
      ? { command: { type: 'completeUserTask' as const, userTaskKey: String(row.task), variables: {} } }
      : { instanceKey: String(row.instance), command: { type: 'cancelProcessInstance' as const } };
    valueOf(await this.node.runtime.execute(done));
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }
}
