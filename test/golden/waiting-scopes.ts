import type { ModelBuilder } from '#testing';
import { waiting, type Waiting } from './waiting.js';

const form = { form: '' };
const booked = (builder: ModelBuilder) =>
  builder
    .serviceTask('book')
    .compensation('book', 'unbook')
    .serviceTask('unbook', { isForCompensation: true })
    .at('book');
const vote = (builder: ModelBuilder) =>
  builder
    .start()
    .parallelGateway('fork', ['a', 'b', 'c'])
    .branch('a')
    .userTask('ann', form)
    .connectTo('join')
    .branch('b')
    .userTask('bob', form)
    .connectTo('join')
    .branch('c')
    .userTask('cid', form)
    .complexGateway('join', '=activationCount >= 2')
    .userTask('next', form)
    .end();

export const waitingScopes: readonly Waiting[] = [
  waiting(
    'sub_process',
    (b) =>
      b
        .start()
        .subProcess('inside', (inner) => inner.start('s').userTask('check', form).end('e'))
        .end(),
    [{ complete: 'check' }],
  ),
  waiting(
    'ad_hoc',
    (b) =>
      b
        .start()
        .adHoc('desk', (inner) => inner.userTask('read', form).userTask('file', form).apart().userTask('ring', form), {
          completionCondition: '=done',
        })
        .end(),
    [
      { complete: 'read' },
      { complete: 'file' },
      { choose: 'desk', elements: ['ring'] },
      { complete: 'ring', variables: { done: true } },
    ],
    { variables: { done: false }, before: [{ choose: 'desk', elements: ['read'] }] },
  ),
  waiting(
    'transaction',
    (b) =>
      b
        .start()
        .transaction('deal', (inner) =>
          booked(inner.start('s')).userTask('pay', form).end('cancelled', { cancel: true }),
        )
        .end('never')
        .boundary('onCancel', 'deal', { cancel: true })
        .end(),
    [{ complete: 'pay' }, { work: 'unbook' }],
    { before: [{ work: 'book' }] },
  ),
  waiting(
    'cancelled_transaction',
    (b) =>
      b
        .start()
        .transaction('deal', (inner) => booked(inner.start('s')).end('cancelled', { cancel: true }))
        .end('never')
        .boundary('onCancel', 'deal', { cancel: true })
        .end(),
    [{ work: 'unbook' }],
    { before: [{ work: 'book' }] },
  ),
  waiting(
    'compensating_throw',
    (b) => booked(b.start()).throwEvent('undo', { compensate: '' }).end(),
    [{ work: 'unbook' }],
    { before: [{ work: 'book' }] },
  ),
  waiting('compensating_end', (b) => booked(b.start()).end('end', { compensate: '' }), [{ work: 'unbook' }], {
    before: [{ work: 'book' }],
  }),
  waiting(
    'compensation_to_come',
    (b) => booked(b.start()).userTask('check', form).throwEvent('undo', { compensate: 'book' }).end(),
    [{ complete: 'check' }, { work: 'unbook' }],
    { before: [{ work: 'book' }] },
  ),
  waiting(
    'event_sub_process_compensation',
    (b) =>
      b
        .start()
        .subProcess('trip', (inner) =>
          inner
            .start('s')
            .userTask('go', form)
            .end('e')
            .eventSubProcess('back', (own) => own.start('bs', { compensate: '' }).userTask('home', form).end('be')),
        )
        .userTask('check', form)
        .throwEvent('undo', { compensate: 'trip' })
        .end(),
    [{ complete: 'go' }, { complete: 'check' }, { complete: 'home' }],
  ),
  waiting(
    'event_sub_process_runs',
    (b) =>
      b
        .start()
        .userTask('check', form)
        .end()
        .eventSubProcess('beside', (own) =>
          own.start('bs', { signal: 'beside', interrupting: false }).userTask('note', form).end('be'),
        ),
    [{ complete: 'note' }, { complete: 'check' }],
    { before: [{ signal: 'beside' }] },
  ),
  waiting(
    'parallel_join',
    (b) =>
      b
        .start()
        .parallelGateway('fork', ['a', 'b'])
        .branch('a')
        .connectTo('join')
        .branch('b')
        .userTask('slow', form)
        .parallelGateway('join')
        .end(),
    [{ complete: 'slow' }],
  ),
  waiting(
    'inclusive_join',
    (b) =>
      b
        .start()
        .inclusiveGateway('fork', { a: '=true', b: '=true', c: '=false' })
        .branch('a')
        .connectTo('join')
        .branch('c')
        .connectTo('join')
        .branch('b')
        .userTask('slow', form)
        .inclusiveGateway('join')
        .end(),
    [{ complete: 'slow' }],
  ),
  waiting('complex_join', vote, [{ complete: 'bob' }, { complete: 'cid' }, { complete: 'next' }], {
    before: [{ complete: 'ann' }],
  }),
  waiting('complex_reset', vote, [{ complete: 'next' }, { complete: 'cid' }], {
    before: [{ complete: 'ann' }, { complete: 'bob' }],
  }),
  waiting(
    'exclusive_incident',
    (b) => b.start().exclusiveGateway('which', { big: '=size > 10' }).branch('big').end(),
    [{ set: { size: 11 } }, { resolve: 'which' }],
    { variables: { size: 'much' } },
  ),
  waiting(
    'event_gateway',
    (b) =>
      b
        .start()
        .eventBasedGateway('first', ['answered', 'silent'])
        .branch('answered')
        .catchEvent('answer', { message: { name: 'answered', key: '=caseNo' } })
        .end()
        .branch('silent')
        .catchEvent('silence', { timer: { duration: 'P30Y' } })
        .end('silent-end'),
    [{ message: 'answered' }],
  ),
];
