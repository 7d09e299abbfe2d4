import type { Runtime, RuntimeOptions } from './runtime.js';

/** Builds the runtime of one node. */
export function createRuntime(options: RuntimeOptions): Runtime {
  throw new Error(`not yet: ${options.nodeId}`);
}
