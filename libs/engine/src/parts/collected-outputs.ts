import type { ElementInstance } from '../state.js';
import { expected } from '../lifecycle.js';

/** What the instances of a multi-instance body have given so far: as long as the input, null where one has given nothing. */
export function collectedOutputs(body: ElementInstance): readonly unknown[] {
  const { items, outputs } = expected(body.multiInstance, `progress of multi-instance ${body.elementId}`);
  return items.map((_, index) => outputs.get(String(index + 1)) ?? null);
}
