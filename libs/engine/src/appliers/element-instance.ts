import type { ElementInstance } from '../state.js';

export type WritableInstance = { -readonly [K in keyof ElementInstance]: ElementInstance[K] };

/**
 * A copy to be changed. It names every field, so that all instances have one shape: a spread over objects of many shapes
 * takes ten times as long, and the step copies an instance at each of its transitions.
 */
export function copyOf(instance: ElementInstance): WritableInstance {
  return {
    key: instance.key,
    elementId: instance.elementId,
    elementType: instance.elementType,
    state: instance.state,
    flowScopeKey: instance.flowScopeKey,
    loopCounter: instance.loopCounter,
    owns: instance.owns,
    tokens: instance.tokens,
    resets: instance.resets,
    compensable: instance.compensable,
    compensation: instance.compensation,
    compensates: instance.compensates,
    isCompensating: instance.isCompensating,
    isPartial: instance.isPartial,
    isCancelled: instance.isCancelled,
    happened: instance.happened,
    adHoc: instance.adHoc,
    awaited: instance.awaited,
    listenersDone: instance.listenersDone,
    multiInstance: instance.multiInstance,
  } satisfies Record<keyof ElementInstance, unknown>;
}
