/** What the models of this folder do with messages, said in a page: who gets which message. Keys never touch each other. */
export interface KeptMessage {
  readonly number: number;
  readonly messageId: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Processes that got it already; none gets it twice. */
  readonly met: Set<string>;
}

/** An instance: of a receiver process it waits until it has a number, of a started one it runs until it is ended. */
export interface ExpectedInstance {
  readonly process: string;
  received: number | undefined;
  isEnded: boolean;
}

export const receivers = ['ear_a', 'ear_b'] as const;
export const started = 'opened';
export type MessageName = 'answer' | 'open';

/** One correlation key: its waiting instances in order, its kept messages in order. */
export class CorrelationOracle {
  readonly instances: ExpectedInstance[] = [];
  /** Receivers that came after their message, and those that found only messages that had run out. */
  readonly met = { early: 0, late: 0 };
  private readonly kept: Readonly<Record<MessageName, KeptMessage[]>> = { answer: [], open: [] };

  /** False where a message of this id is kept still. */
  publish(name: MessageName, message: Omit<KeptMessage, 'met'>, now: number): boolean {
    const known = this.alive(name, now).some(({ messageId }) => messageId === message.messageId);
    if (known) return false;
    const fresh = { ...message, met: new Set<string>() };
    if (name === 'answer') for (const process of receivers) this.giveToWaiting(process, fresh);
    else this.startWith(fresh);
    if (message.expiresAt > now) this.kept[name].push(fresh);
    return true;
  }

  /** A new receiver takes the oldest kept message that its process has not met, else it waits. */
  begin(process: string, now: number): ExpectedInstance {
    const instance: ExpectedInstance = { process, received: undefined, isEnded: false };
    this.instances.push(instance);
    const message = this.alive('answer', now).find(({ met }) => !met.has(process));
    if (message) receive(instance, message);
    if (message) this.met.early += 1;
    else if (this.kept.answer.some(({ met }) => !met.has(process))) this.met.late += 1;
    return instance;
  }

  /** The running instance ends; the oldest kept message that started none starts the next. */
  end(now: number): boolean {
    const running = this.running();
    if (!running) return false;
    running.isEnded = true;
    const next = this.alive('open', now).find(({ met }) => !met.has(started));
    if (next) this.startWith(next);
    return true;
  }

  private giveToWaiting(process: string, message: KeptMessage): void {
    const first = this.instances.find((each) => each.process === process && each.received === undefined);
    if (first) receive(first, message);
  }

  private startWith(message: KeptMessage): void {
    if (this.running()) return;
    message.met.add(started);
    this.instances.push({ process: started, received: message.number, isEnded: false });
  }

  private running(): ExpectedInstance | undefined {
    return this.instances.find(({ process, isEnded }) => process === started && !isEnded);
  }

  private alive(name: MessageName, now: number): readonly KeptMessage[] {
    return this.kept[name].filter(({ expiresAt }) => expiresAt > now);
  }
}

function receive(instance: ExpectedInstance, message: KeptMessage): void {
  message.met.add(instance.process);
  instance.received = message.number;
  instance.isEnded = true;
}
