import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const { xml: listening } = model('listening')
  .start()
  .userTask('wait', { form: '' })
  .end()
  .boundary('heard', 'wait', { message: { name: 'note', key: '=caseNo' }, interrupting: false })
  .userTask('read', { form: '' })
  .end('read_end');

describe.each(testDatabases)('messages that were kept on $kind', ({ open }) => {
  let node: TestNode;

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
    await node.deploy(listening);
  });
  afterEach(() => node.drop());

  it('all reach an event that takes more than one, however many they are', async () => {
    const note = (number: number) => ({
      name: 'note',
      correlationKey: 'K1',
      timeToLiveMs: 60_000,
      variables: { number },
    });
    for (let number = 0; number < 230; number += 1) valueOf(await node.runtime.publishMessage(note(number)));

    await node.begin('listening', { caseNo: 'K1' });
    await node.runtime.idle();

    const read = await node.rows(`SELECT COUNT(*) AS n FROM user_tasks WHERE element_id = 'read'`);
    expect(Number(read[0]?.['n'])).toBe(230);
  });
});
