import type { Key } from '#engine';
import type { RunQuery } from './instance-cache.js';

const BLOCK_SIZE = 500_000;
/** A next block is fetched when fewer keys than this are left: one batch of endless loops takes tens of thousands, */
const RESERVE = 400_000;
/** and must be there when fewer than this are. */
const LEAST = 250_000;

/** Keys of this node, in blocks that the database gives; a block that is lost in a crash is never given again. */
export class KeySource {
  private readonly blocks: { next: number; end: number }[] = [];
  private fetching: Promise<void> | undefined;

  /** `query` runs outside of any open transaction. */
  constructor(private readonly query: RunQuery) {}

  /** The next key; throws when `reserve` was not awaited. */
  next(): Key {
    const block = this.blocks[0];
    if (!block) throw new Error('Expected keys to be reserved before they are taken.');
    const key = block.next++;
    if (block.next === block.end) this.blocks.shift();
    return String(key);
  }

  async reserve(): Promise<void> {
    if (this.left() >= RESERVE) return;
    this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
    if (this.left() >= LEAST) return void this.fetching.catch(() => undefined);
    await this.fetching;
  }

  private left(): number {
    return this.blocks.reduce((sum, block) => sum + block.end - block.next, 0);
  }

  private async fetch(): Promise<void> {
    const rows = await this.query('UPDATE key_blocks SET next_key = next_key + ? WHERE id = 1 RETURNING next_key', [
      BLOCK_SIZE,
    ]);
    const end = Number(rows[0]?.next_key);
    this.blocks.push({ next: end - BLOCK_SIZE, end });
  }
}
