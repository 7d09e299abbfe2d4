import { createHash } from 'node:crypto';
import { model } from '#testing';

/** Processes that between them hold every kind of thing that waits, sends, calls, undoes or repeats. Variable: `orderId`. */
export const allKinds = [
  /** A user task; each note and each alarm while it waits leaves a trace of its own. */
  model('st_task')
    .start()
    .userTask('check', { groups: 'admin', form: '' })
    .end()
    .boundary('noted', 'check', { message: { name: 'note', key: '=orderId' }, interrupting: false })
    .end('noted-end')
    .boundary('alarmed', 'check', { signal: 'alarm', interrupting: false })
    .end('alarmed-end')
    .boundary('late', 'check', { timer: { duration: 'PT20S' } })
    .end('late-end'),
  /** Jobs one after the other, three at once, and one with a start and an end listener. */
  model('st_work')
    .start()
    .serviceTask('one', { type: 'st.work' })
    .serviceTask('many', { type: 'st.work', multiInstance: { collection: '=[1, 2, 3]', element: 'n' } })
    .scriptTask('sum', '=1 + 2', 'sum')
    .serviceTask('heard', { type: 'st.work', startListeners: ['st.work'], endListeners: ['st.work'] })
    .end(),
  /** Times, and whatever comes first of a message and a time. */
  model('st_wait')
    .start()
    .catchEvent('pause', { timer: { duration: 'PT0.3S' } })
    .eventBasedGateway('first', ['answered', 'silent'])
    .branch('answered')
    .catchEvent('answer', { message: { name: 'answer', key: '=orderId' } })
    .end('answered-end')
    .branch('silent')
    .catchEvent('silence', { timer: { duration: 'PT3S' } })
    .end('silent-end'),
  /** A called process that escalates on its way and ends by itself. */
  model('st_call')
    .start()
    .callActivity('call', { process: 'st_called', allParentVariables: true, allChildVariables: true })
    .throwEvent('tell', { message: { name: 'begin' } })
    .end()
    .boundary('escalated', 'call', { escalation: 'hurry', interrupting: false })
    .end('escalated-end'),
  model('st_called')
    .start()
    .serviceTask('inner', { type: 'st.work' })
    .throwEvent('raise', { escalation: 'hurry' })
    .end(),
  /** Started by a message. */
  model('st_begun')
    .start('start', { message: { name: 'begin' } })
    .parallelGateway('fork', ['a', 'b'])
    .branch('a')
    .serviceTask('left', { type: 'st.work' })
    .parallelGateway('join')
    .end()
    .branch('b')
    .catchEvent('moment', { timer: { duration: 'PT0.2S' } })
    .connectTo('join'),
  /** A transaction that is cancelled, and what was done in it undone. */
  model('st_undo')
    .start()
    .transaction('deal', (inner) =>
      inner
        .start('s')
        .serviceTask('reserve', { type: 'st.work' })
        .compensation('reserve', 'release')
        .serviceTask('release', { type: 'st.work', isForCompensation: true })
        .at('reserve')
        .serviceTask('pay', { type: 'st.work' })
        .end('cancelled', { cancel: true }),
    )
    .end('done')
    .boundary('onCancel', 'deal', { cancel: true })
    .end('undone'),
  /** Waits for a signal. */
  model('st_signal').start().catchEvent('alarm', { signal: 'alarm' }).end(),
] as const;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The processes as files; `variant` makes another version of each. */
export const allKindsFiles = (variant = 0): readonly { path: string; content: string; digest: string }[] =>
  allKinds.map(({ xml }, index) => {
    const content = `${xml}\n<!-- ${variant} -->`;
    return { path: `all-kinds-${index}.bpmn`, content, digest: digest(content) };
  });

/** Ids of the processes that a client starts itself. */
export const startable = ['st_task', 'st_work', 'st_wait', 'st_call', 'st_undo', 'st_signal'] as const;
