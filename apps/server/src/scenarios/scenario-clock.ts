import { addDuration } from '#calendar';
import type { DeadlineKeeping } from '../deadlines/deadline-keeping.service.js';
import type { Platform } from '../platform/open-platform.js';
import { replyOf } from '../problems/refusal.js';

const TIME_ZONE = 'Asia/Shanghai';

/** Engine time of a scenario: stands still and goes on from timer and mark to the next, so that each fires at its own moment. */
export class ScenarioClock {
  constructor(
    private readonly platform: Pick<Platform, 'runtime' | 'store' | 'configuration'>,
    private readonly deadlines: Pick<DeadlineKeeping, 'settled' | 'nextMarkAt'>,
  ) {}

  private followsSchedules = false;

  /** Schedules count from a moment, though they were published later: what they start from then on is started. */
  async followSchedules(from: number): Promise<void> {
    const { configuration, runtime } = this.platform;
    const writes = configuration.current.schedules.map(({ id, next }) => ({
      sql: 'UPDATE schedules SET due_at = ? WHERE id = ?',
      params: [next(from) ?? null, id],
    }));
    replyOf(await runtime.write(writes));
    this.followsSchedules = true;
  }

  async pin(at: number): Promise<void> {
    replyOf(await this.platform.runtime.pinClock(at));
    await this.deadlines.settled();
  }

  /** By an ISO 8601 duration or to a moment. */
  async advance({ by, to }: { readonly by?: string; readonly to?: string }): Promise<void> {
    const now = this.platform.runtime.now();
    const target = to === undefined ? (addDuration(now, by ?? 'PT0S', TIME_ZONE) ?? now) : Date.parse(to);
    for (
      let next = await this.next(target);
      next !== undefined && next > this.platform.runtime.now() && next < target;
      next = await this.next(target)
    ) {
      await this.pin(next);
    }
    await this.pin(target);
  }

  private async next(until: number): Promise<number | undefined> {
    const { reads } = this.platform.store;
    const [timer, mark, scheduled] = await Promise.all([
      reads.nextTimerAt(),
      this.deadlines.nextMarkAt(),
      this.followsSchedules ? reads.dueSchedules(until) : [],
    ]);
    const moments = [timer, mark, ...scheduled.map(({ dueAt }) => dueAt)].filter((one) => typeof one === 'number');
    return moments.length === 0 ? undefined : Math.min(...moments);
  }
}
