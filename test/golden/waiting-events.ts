import type { EventOptions } from '#testing';
import type { Step } from './golden-steps.js';
import { waiting, type Waiting } from './waiting.js';

const form = { form: '' };
const told = { message: { name: 'told', key: '=caseNo' } } as const;

interface Happening {
  readonly event: EventOptions;
  readonly happens: readonly Step[];
}

/** What makes an event happen; each signal and each hour belongs to one process. */
const happenings = (id: string, hours: number): Readonly<Record<string, Happening>> => ({
  message: { event: told, happens: [{ message: 'told' }] },
  timer: { event: { timer: { duration: `PT${hours}H` } }, happens: [{ clock: hours }] },
  signal: { event: { signal: id }, happens: [{ signal: id }] },
  conditional: { event: { conditional: '=x = 2' }, happens: [{ set: { x: 2 } }] },
  multiple: { event: { all: [told, { signal: id }] }, happens: [{ signal: id }] },
  parallelMultiple: { event: { all: [told, { signal: id }], parallelMultiple: true }, happens: [{ message: 'told' }] },
});
/** Half of a parallel multiple event has happened before. */
const beforeOf = (id: string, kind: string): readonly Step[] => (kind === 'parallelMultiple' ? [{ signal: id }] : []);

const caughtKinds = ['message', 'signal', 'conditional', 'multiple', 'parallelMultiple', 'timer'] as const;

const caught = (kind: string, hours: number): Waiting => {
  const id = `catch_${kind}`;
  const { event, happens } = happenings(id, hours)[kind]!;
  const options = { variables: { x: 1 }, before: beforeOf(id, kind) };
  return waiting(id, (b) => b.start().catchEvent('wait', event).end(), happens, options);
};

const boundary = (kind: string, hours: number, interrupting: boolean): Waiting => {
  const id = `boundary_${kind}${interrupting ? '' : '_beside'}`;
  const { event, happens } = happenings(id, hours)[kind]!;
  const after: readonly Step[] = interrupting ? [] : [{ complete: 'check' }];
  return waiting(
    id,
    (b) =>
      b
        .start()
        .userTask('check', form)
        .end('checked')
        .boundary('on', 'check', { ...event, interrupting })
        .end(),
    [...happens, ...after],
    { variables: { x: 1 }, before: beforeOf(id, kind) },
  );
};

const eventSubProcess = (kind: string, hours: number): Waiting => {
  const id = `event_sub_process_${kind}`;
  const { event, happens } = happenings(id, hours)[kind]!;
  return waiting(
    id,
    (b) =>
      b
        .start()
        .userTask('check', form)
        .end('checked')
        .eventSubProcess('listen', (own) => own.start('heard', event).userTask('react', form).end()),
    [...happens, { complete: 'react' }],
    { variables: { x: 1 }, before: beforeOf(id, kind) },
  );
};

const thrown: readonly Waiting[] = [
  waiting(
    'boundary_error',
    (b) => b.start().serviceTask('work').end('worked').boundary('on', 'work', { error: 'denied' }).end(),
    [{ throwError: 'work', code: 'denied' }],
  ),
  waiting(
    'boundary_escalation',
    (b) =>
      b
        .start()
        .subProcess('inside', (own) =>
          own.start('s').userTask('check', form).throwEvent('raise', { escalation: 'late' }).end('e'),
        )
        .end('inside-end')
        .boundary('on', 'inside', { escalation: 'late' })
        .end(),
    [{ complete: 'check' }],
  ),
  waiting(
    'event_sub_process_error',
    (b) =>
      b
        .start()
        .serviceTask('work')
        .end('worked')
        .eventSubProcess('listen', (own) => own.start('heard', { error: '' }).userTask('react', form).end()),
    [{ throwError: 'work', code: 'denied' }, { complete: 'react' }],
  ),
  waiting(
    'event_sub_process_escalation',
    (b) =>
      b
        .start()
        .userTask('check', form)
        .throwEvent('raise', { escalation: 'late' })
        .end('raised')
        .eventSubProcess('listen', (own) => own.start('heard', { escalation: 'late' }).userTask('react', form).end()),
    [{ complete: 'check' }, { complete: 'react' }],
  ),
  waiting(
    'throw_by_job',
    (b) =>
      b
        .start()
        .throwEvent('tell', { message: { name: 'said' }, job: 'say' })
        .end(),
    [{ work: 'tell' }],
  ),
  waiting('end_by_job', (b) => b.start().end('end', { message: { name: 'said' }, job: 'say' }), [{ work: 'end' }]),
];

const starts: readonly Waiting[] = [
  waiting('start_listener', (b) => b.start('start', { endListeners: ['begun'] }).end(), [{ work: 'start' }]),
  waiting(
    'start_message',
    (b) =>
      b
        .start('start', { message: { name: 'begin' } })
        .userTask('check', form)
        .end(),
    [{ message: 'begin' }, { complete: 'check' }],
    { isBegun: false },
  ),
  waiting(
    'start_message_queue',
    (b) =>
      b
        .start('start', { message: { name: 'queue' } })
        .userTask('check', form)
        .end(),
    [{ complete: 'check' }, { complete: 'check' }],
    {
      isBegun: false,
      before: [
        { message: 'queue', timeToLiveMs: 1e12 },
        { message: 'queue', timeToLiveMs: 1e12 },
      ],
      times: 2,
    },
  ),
  waiting(
    'start_signal',
    (b) => b.start('start', { signal: 'start_signal' }).userTask('check', form).end(),
    [{ signal: 'start_signal' }, { complete: 'check' }],
    { isBegun: false },
  ),
  waiting(
    'start_conditional',
    (b) => b.start('start', { conditional: '=alarmLevel = 3' }).userTask('check', form).end(),
    [{ evaluate: { alarmLevel: 3 } }, { complete: 'check' }],
    { isBegun: false },
  ),
  waiting(
    'kept_message',
    (b) => b.start().userTask('check', form).catchEvent('early', told).end(),
    [{ complete: 'check' }],
    { before: [{ message: 'told', timeToLiveMs: 1e12 }] },
  ),
];

/** Last, since they move the clock; in the order of their hours. */
const timed: readonly Waiting[] = [
  caught('timer', 1),
  boundary('timer', 2, true),
  boundary('timer', 3, false),
  eventSubProcess('timer', 4),
  waiting(
    'boundary_cycle',
    (b) =>
      b
        .start()
        .userTask('check', form)
        .end('checked')
        .boundary('on', 'check', { timer: { cycle: 'R3/PT6H' }, interrupting: false })
        .end(),
    [{ clock: 6 }, { clock: 12 }, { clock: 18 }, { complete: 'check' }],
    { times: 3 },
  ),
  waiting(
    'boundary_monthly',
    (b) =>
      b
        .start()
        .userTask('check', form)
        .end('checked')
        .boundary('on', 'check', { timer: { cycle: 'R2/P1M' }, interrupting: false })
        .end(),
    [{ clock: 28 * 24 }, { clock: 59 * 24 }, { complete: 'check' }],
    { times: 2 },
  ),
  waiting(
    'start_timer',
    (b) =>
      b
        .start('start', { timer: { cycle: 'R1/P3M' } })
        .userTask('check', form)
        .end(),
    [{ clock: 92 * 24 }, { complete: 'check' }],
    { isBegun: false },
  ),
];

const untimed = caughtKinds.slice(0, -1);
export const waitingEvents: readonly Waiting[] = [
  ...untimed.map((kind) => caught(kind, 0)),
  ...untimed.map((kind) => boundary(kind, 0, true)),
  boundary('message', 0, false),
  ...untimed.map((kind) => eventSubProcess(kind, 0)),
  ...thrown,
  ...starts,
  ...timed,
];
