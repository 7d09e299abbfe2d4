import { describe, expect, it } from '@jest/globals';
import { nightlyFolder, outdated } from './nightly-folders.js';

describe('folders of nightly backups', () => {
  it('carry their day', () => {
    expect(nightlyFolder('2026-03-02')).toBe('changtong-2026-03-02');
  });

  it('are outdated after the days that they are kept, over ends of months', () => {
    const names = ['changtong-2026-02-15', 'changtong-2026-02-16', 'changtong-2026-03-01'];

    expect(outdated(names, '2026-03-02', 14)).toEqual(['changtong-2026-02-15']);
  });

  it('are outdated too where a server broke off that did not come up again on their day', () => {
    const names = ['changtong-2026-02-15.partial', 'changtong-2026-03-02.partial'];

    expect(outdated(names, '2026-03-02', 14)).toEqual(['changtong-2026-02-15.partial']);
  });

  it('are told from what somebody else put beside them', () => {
    const names = ['changtong-2020-01-01.partial.old', 'changtong-2020-01-01-mine', 'old', 'changtong-2020-13-01'];

    expect(outdated(names, '2026-03-02', 1)).toEqual([]);
  });
});
