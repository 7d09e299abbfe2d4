import type { Key, Variables } from '#engine';
import type { InboxEntry, InboxKind } from './projections/inbox.js';

/** How far what an instance does is from what began it all: a command, a due timer or the work of somebody outside. */
export interface Cascade {
  /** The step with which it all began: its instance and the place in its log. */
  readonly root: string;
  /** Calls, messages and signals on the way from there. */
  readonly depth: number;
}

const DEFAULT_MAX = 10_000;
/** What is nearer to its beginning than this is not counted: one signal may reach very many instances. */
const COUNTED_FROM_DEPTH = 10;
/** Roots whose steps are remembered. */
const ROOTS_KEPT = 1_000;

/**
 * The fuse for instances that cause one another without end and never wait for anything outside: a signal that starts its
 * own sender, a process that calls itself several times at once. The depth is told with each cause and survives a restart; the
 * number of steps below a root is counted by each node by itself.
 */
export class Cascades {
  private readonly steps = new Map<string, number>();

  constructor(private readonly max: number = DEFAULT_MAX) {}

  /** Counts one step. */
  count({ root, depth }: Cascade): void {
    if (depth < COUNTED_FROM_DEPTH) return;
    const count = (this.steps.get(root) ?? 0) + 1;
    this.steps.delete(root);
    this.steps.set(root, count);
    if (this.steps.size > ROOTS_KEPT) this.steps.delete(this.steps.keys().next().value!);
  }

  /** Which bound whatever comes of this would exceed. */
  excessOf({ root, depth }: Cascade): string | undefined {
    if (depth >= this.max) return `a chain of ${this.max} calls, messages and signals`;
    if (depth < COUNTED_FROM_DEPTH || (this.steps.get(root) ?? 0) <= this.max) return undefined;
    return `${this.max} steps below a chain of ${COUNTED_FROM_DEPTH} calls, messages and signals`;
  }
}

const DEEPER = new Set<InboxKind>(['callProcess', 'publishMessage', 'broadcastSignal']);
const BACK = /^calledProcess/;

/** What an instance causes in a step that `cause` led to; an answer to a caller is as near to the beginning as the caller was. */
export function causedBy(
  kind: InboxKind,
  cause: Cascade | undefined,
  step: { readonly key: Key; readonly position: number },
): Cascade {
  const { root, depth } = cause ?? { root: `${step.key}/${step.position}`, depth: 0 };
  if (BACK.test(kind)) return { root, depth: Math.max(0, depth - 1) };
  return { root, depth: DEEPER.has(kind) ? depth + 1 : depth };
}

/** The entry with its cascade, which the row that comes of it carries on. */
export function carrying(entry: InboxEntry, cascade: Cascade | undefined): InboxEntry {
  return cascade ? { ...entry, payload: { ...entry.payload, cascade } } : entry;
}

/** The cascade that a row carries; rows of an older version carry none. */
export function cascadeOf({ cascade }: Variables): Cascade | undefined {
  return cascade as Cascade | undefined;
}
