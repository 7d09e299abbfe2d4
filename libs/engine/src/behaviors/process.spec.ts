import { model, startRun } from '#testing';

describe('process', () => {
  it('begins at the start event that was asked for', async () => {
    const definition = model('order')
      .start()
      .userTask('byHand')
      .end()
      .start('byMessage', { message: { name: 'order' } })
      .userTask('byMail')
      .end('mailed');

    const run = await startRun(definition, {}, { startElementId: 'byMessage' });

    expect(run.activeElements()).toEqual(['byMail']);
    expect(run.live.startElementId).toBe('byMessage');
  });

  it('splits where several flows leave one activity', async () => {
    const definition = model('order')
      .start()
      .manualTask('do')
      .userTask('one')
      .end()
      .at('do')
      .userTask('two')
      .end('other');

    const run = await startRun(definition);

    expect(run.activeElements()).toEqual(['one', 'two']);
  });

  it('passes through tasks that are done outside', async () => {
    const run = await startRun(model('order').start().manualTask('knock').end());

    expect(run.status).toBe('completed');
  });
});
