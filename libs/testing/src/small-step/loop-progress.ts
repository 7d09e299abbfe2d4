import type { MultiInstance } from '#bpmn';
import { begin, childrenOf, remove, toStage, type Instance, type Variables, type World } from './world.js';

export function beginRun(world: World, body: Instance, { inputElement, outputElement }: MultiInstance): void {
  if (!body.loop) return;
  body.loop.started += 1;
  const counter = body.loop.started;
  const output = /^=?\s*([A-Za-z_]\w*)[\w.]*$/.exec(outputElement?.source ?? '')?.[1];
  const variables: Variables = {
    ...(output !== undefined && { [output]: null }),
    ...(inputElement !== undefined && { [inputElement]: body.loop.items[counter - 1] }),
    loopCounter: counter,
  };
  begin(world, body.element, body.id, { counter, variables });
}

export function goOn(world: World, body: Instance, loop: MultiInstance, isDone: boolean): void {
  const { items, started, ended, cancelled = 0 } = body.loop ?? { items: [], started: 0, ended: 0 };
  if (isDone) for (const other of childrenOf(world, body)) remove(world, other);
  if (isDone || ended + cancelled === items.length) toStage(world, body, 'leaving');
  else if (loop.isSequential && started < items.length) beginRun(world, body, loop);
}

/** Each instance of a multi-instance transaction is cancelled for itself; nothing follows the activity where all were. */
export function goOnAfterCancel(world: World, body: Instance, loop: MultiInstance): void {
  if (!body.loop) return;
  body.loop.cancelled = (body.loop.cancelled ?? 0) + 1;
  if (body.loop.cancelled === body.loop.items.length) remove(world, body);
  else goOn(world, body, loop, false);
}
