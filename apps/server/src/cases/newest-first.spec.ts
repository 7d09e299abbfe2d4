import { describe, expect, it } from '@jest/globals';
import { newestFirst } from './newest-first.js';

describe('steps that were done, newest first', () => {
  const done = (userTaskKey: string, completionDate: number) => ({ userTaskKey, completionDate });
  const keys = (tasks: ReturnType<typeof done>[]) => newestFirst(tasks).map(({ userTaskKey }) => userTaskKey);

  it('go by when they were done', () => {
    expect(keys([done('1', 5), done('3', 4), done('2', 6)])).toEqual(['2', '1', '3']);
  });

  it('go by their keys where one millisecond saw them done, in whatever order they come', () => {
    expect(keys([done('9', 5), done('10', 5), done('8', 5)])).toEqual(['10', '9', '8']);
    expect(keys([done('10', 5), done('8', 5), done('9', 5)])).toEqual(['10', '9', '8']);
  });
});
