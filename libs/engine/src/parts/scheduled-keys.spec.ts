import { describe, expect, it } from '@jest/globals';
import { ScheduledKeys } from './scheduled-keys.js';

const all = (scheduled: ScheduledKeys): readonly string[] => {
  const taken: string[] = [];
  while (!scheduled.isEmpty) taken.push(scheduled.take()!);
  return taken;
};

describe('scheduled keys', () => {
  it('gives what was left behind in the order of keys, whatever order it was left in', () => {
    const scheduled = new ScheduledKeys();
    const keys = Array.from({ length: 500 }, (_, index) => String(((index * 7919) % 500) + 900));

    scheduled.leave(keys);

    expect(all(scheduled)).toEqual(Array.from({ length: 500 }, (_, index) => String(index + 900)));
  });

  it('gives what is added after what was left behind, in the order of adding', () => {
    const scheduled = new ScheduledKeys();
    scheduled.leave(['12', '9']);
    scheduled.add('3');
    const first = scheduled.take();
    scheduled.add('1');

    expect([first, ...all(scheduled)]).toEqual(['9', '12', '3', '1']);
  });

  it('hands over what is left and what was added as one heap, each key once', () => {
    const scheduled = new ScheduledKeys();
    scheduled.leave(['12', '9', '15', '30', '21']);
    scheduled.take();
    for (const key of ['3', '40', '21', '7']) scheduled.add(key);

    const next = scheduled.handOver((key) => key !== '40');

    expect(all(next)).toEqual(['3', '7', '12', '15', '21', '30']);
  });

  it('hands over much that was added as well', () => {
    const scheduled = new ScheduledKeys();
    scheduled.leave(['12']);
    for (const key of ['30', '3', '12', '21']) scheduled.add(key);

    expect(all(scheduled.handOver(() => true))).toEqual(['3', '12', '21', '30']);
  });

  it('gives nothing when all are taken', () => {
    const scheduled = new ScheduledKeys();
    scheduled.add('1');
    scheduled.take();

    expect([scheduled.isEmpty, scheduled.take()]).toEqual([true, undefined]);
  });
});
