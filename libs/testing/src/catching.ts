import type { Catch, CaughtKind, EndKind, LoopKind } from './blocks.js';
import type { ElementOptions, EventOptions } from './model-xml.js';

export const paid = { name: 'paid', key: '="k"' };
export const anyOf: readonly EventOptions[] = [{ message: paid }, { timer: { duration: 'PT1H' } }, { signal: 'alarm' }];
export const allOf: readonly EventOptions[] = [
  { signal: 'alarm' },
  { timer: { duration: 'PT1H' } },
  { conditional: '=choice >= 1' },
];

const definitions: Readonly<Record<CaughtKind | 'compensation', EventOptions>> = {
  timer: { timer: { duration: 'PT3H' } },
  cycle: { timer: { cycle: 'R2/PT1H' } },
  message: { message: paid },
  signal: { signal: 'alarm' },
  error: { error: 'broken' },
  anyError: { error: '' },
  escalation: { escalation: 'late' },
  anyEscalation: { escalation: '' },
  condition: { conditional: '=choice = 2' },
  either: { all: [...anyOf, { escalation: 'late' }] },
  both: { all: allOf, parallelMultiple: true },
  compensation: { compensate: '' },
};

/** Nothing: no such event. Errors and compensation always interrupt. */
export function catching({ kind, isInterrupting }: Catch): EventOptions | undefined {
  if (kind === 'none') return undefined;
  const mustInterrupt = kind === 'error' || kind === 'anyError' || kind === 'compensation';
  return { ...definitions[kind], ...(!mustInterrupt && { interrupting: isInterrupting }) };
}

export const endings: Readonly<Record<EndKind, EventOptions>> = {
  none: {},
  message: { message: paid },
  signal: { signal: 'alarm' },
  terminate: { terminate: true },
  error: { error: 'broken' },
  escalation: { escalation: 'late' },
  compensation: { compensate: '' },
  all: { all: [{ signal: 'alarm' }, { escalation: 'late' }, { compensate: '' }] },
};

/** How often an activity runs. */
export function loopOf(kind: LoopKind, id: string): ElementOptions {
  const output = { outputCollection: `${id}Out`, outputElement: '=choice' };
  const listed = { collection: '=[1, 2]', element: 'item', ...output };
  const counted = { cardinality: '=2' };
  switch (kind) {
    case 'none':
      return {};
    case 'standard':
      return { loop: { condition: '=choice = 2', maximum: '2' } };
    case 'while':
      return { loop: { condition: '=choice >= 1', testBefore: true, maximum: '3' } };
    case 'until':
      return { multiInstance: { ...listed, condition: '=numberOfCompletedInstances >= 1' } };
    case 'each':
      return { multiInstance: { ...counted, ...output, behavior: { kind: 'None', signal: 'alarm' } } };
    case 'first':
      return { multiInstance: { ...counted, behavior: { kind: 'One', signal: 'alarm' } } };
    case 'some':
      return { multiInstance: { ...counted, behavior: { kind: 'Complex', signal: 'alarm', when: '=choice = 1' } } };
    case 'counted':
      return { multiInstance: { ...counted, sequential: true } };
    default:
      return { multiInstance: { ...listed, sequential: kind === 'sequential' } };
  }
}
