import type { LeafKind } from './leaf-blocks.js';

export type GatewayKind = 'exclusive' | 'parallel' | 'inclusive' | 'complex';

/** How often a sub-process runs. */
export const loops = [
  'none',
  'parallel',
  'sequential',
  'counted',
  'until',
  'each',
  'first',
  'some',
  'standard',
  'while',
] as const;
export type LoopKind = (typeof loops)[number];

export const ends = ['none', 'message', 'signal', 'terminate', 'error', 'escalation', 'compensation', 'all'] as const;
export type EndKind = (typeof ends)[number];

/** What a boundary event or the start event of an event sub-process catches. */
export const caught = [
  'timer',
  'cycle',
  'message',
  'signal',
  'error',
  'anyError',
  'escalation',
  'anyEscalation',
  'condition',
  'either',
  'both',
] as const;
export type CaughtKind = (typeof caught)[number];

export interface Catch {
  readonly kind: CaughtKind | 'compensation' | 'none';
  readonly isInterrupting: boolean;
}

/** How a process begins besides its none start event. */
export const beginnings = [
  'message',
  'timer',
  'signal',
  'condition',
  'either',
  'both',
  'receive',
  'race',
  'all',
] as const;
export type BeginningKind = (typeof beginnings)[number];

/** A piece of a process with one way in and one way out. */
export type Block =
  | { readonly kind: LeafKind }
  /** A transaction that cancels itself where `again` is true. */
  | { readonly kind: 'transaction'; readonly body: Block }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  /** `join` may be of another kind than the split: stuck and doubled tokens must be survived too. */
  | {
      readonly kind: 'split';
      readonly split: GatewayKind;
      readonly join: GatewayKind;
      readonly branches: readonly Block[];
    }
  | { readonly kind: 'events'; readonly first: Block; readonly second: Block }
  | { readonly kind: 'loop'; readonly body: Block }
  | {
      readonly kind: 'sub';
      readonly body: Block;
      readonly boundary: Catch;
      readonly listener: Catch;
      readonly loop: LoopKind;
      readonly ending: EndKind;
    };

export interface RandomProcess {
  /** Without any, what no flow leads to begins. */
  readonly hasNoneStart: boolean;
  readonly beginnings: readonly BeginningKind[];
  readonly body: Block;
}
