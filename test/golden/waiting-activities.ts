import { waiting, workedBy, type Waiting } from './waiting.js';

const form = { form: '' };
const job = (id: string) => waiting(id, (b) => b.start().serviceTask('work').end(), [{ work: 'work' }]);
const three = { collection: '=[1, 2, 3]', element: 'item', outputCollection: 'results', outputElement: '=item * 2' };

export const waitingActivities: readonly Waiting[] = [
  waiting(
    'user_task',
    (b) =>
      b
        .start()
        .userTask('check', { ...form, groups: 'clerk', priority: '70' })
        .end(),
    [{ complete: 'check', variables: { done: true } }],
  ),
  job('service_task'),
  waiting(
    'signed_task',
    (b) =>
      b
        .start()
        .userTask('check', { ...form, assignee: 'clerk' })
        .end(),
    [{ agree: 'check', by: 'leader' }],
    { before: [{ sign: 'check', by: 'leader' }, { complete: 'check' }] },
  ),
  workedBy('sendTask', job('send_task')),
  workedBy('scriptTask', job('script_task')),
  workedBy('businessRuleTask', job('business_rule_task')),
  waiting('receive_task', (b) => b.start().receiveTask('answer', { name: 'answered', key: '=caseNo' }).end(), [
    { message: 'answered' },
  ]),
  waiting(
    'manual_task',
    (b) =>
      b
        .start()
        .manualTask('hand', { startListeners: ['heard'] })
        .end(),
    [{ work: 'hand' }],
  ),
  waiting(
    'undefined_task',
    (b) =>
      b
        .start()
        .task('some', { endListeners: ['heard'] })
        .end(),
    [{ work: 'some' }],
  ),
  waiting(
    'listened_task',
    (b) =>
      b
        .start()
        .userTask('check', {
          ...form,
          startListeners: ['before'],
          endListeners: ['after'],
          taskListeners: { creating: ['creating'], completing: ['completing'] },
        })
        .end(),
    [{ work: 'check' }, { work: 'check' }, { complete: 'check' }, { work: 'check' }, { work: 'check' }],
  ),
  waiting(
    'completing_listener',
    (b) =>
      b
        .start()
        .userTask('check', { ...form, taskListeners: { completing: ['completing'] } })
        .end(),
    [{ work: 'check' }],
    { before: [{ complete: 'check', variables: { approved: true } }] },
  ),
  /** Its second end is the one of the instance that is called. */
  waiting('called', (b) => b.start().userTask('inner', form).end(), [{ complete: 'inner' }], { times: 2 }),
  waiting('call_activity', (b) => b.start().callActivity('call', { process: 'called' }).end(), [{ complete: 'inner' }]),
  waiting(
    'parallel_instances',
    (b) =>
      b
        .start()
        .userTask('each', { ...form, multiInstance: three })
        .end(),
    [{ complete: 'each' }, { complete: 'each' }],
    { before: [{ complete: 'each' }] },
  ),
  waiting(
    'sequential_instances',
    (b) =>
      b
        .start()
        .serviceTask('each', { multiInstance: { ...three, sequential: true } })
        .end(),
    [{ work: 'each' }, { work: 'each' }],
    { before: [{ work: 'each' }] },
  ),
  waiting(
    'standard_loop',
    (b) =>
      b
        .start()
        .userTask('again', { ...form, loop: { condition: '=more', maximum: '5' } })
        .end(),
    [{ complete: 'again', variables: { more: false } }],
    { variables: { more: true }, before: [{ complete: 'again' }] },
  ),
  waiting(
    'quantities',
    (b) =>
      b
        .start()
        .parallelGateway('fork', ['a', 'b'])
        .branch('a')
        .connectTo('pair')
        .branch('b')
        .userTask('second', form)
        .userTask('pair', { ...form, startQuantity: 2 })
        .end(),
    [{ complete: 'second' }, { complete: 'pair' }],
  ),
  waiting(
    'failed_job',
    (b) => b.start().serviceTask('work').end(),
    [{ resolve: 'work', retries: 1 }, { work: 'work' }],
    { before: [{ fail: 'work' }] },
  ),
  waiting(
    'suspended',
    (b) => b.start().userTask('check', form).end(),
    [{ operate: 'resumeProcessInstance' }, { complete: 'check' }],
    { before: [{ operate: 'suspendProcessInstance' }] },
  ),
];
