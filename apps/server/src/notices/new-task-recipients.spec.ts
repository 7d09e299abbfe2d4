import { describe, expect, it } from '@jest/globals';
import type { UserTaskView } from '#persistence';
import type { TaskHolder } from '../access/signed-in.js';
import { accountsByGroup, actsMatterFrom, candidatesOf, hasJustActed, recipientsOf } from './new-task-recipients.js';

const holder = (id: string, ...groups: string[]) => ({ id, groups }) as unknown as TaskHolder;
const byGroup = accountsByGroup([holder('li', 'clerk', 'clerk@hr'), holder('wu', 'clerk'), holder('mei', 'head')]);
const task = (more: Partial<UserTaskView>): UserTaskView =>
  ({ assignee: null, candidateGroups: [], candidateUsers: [], ...more }) as UserTaskView;

describe('a task that has opened', () => {
  it('belongs to its assignee, without one to all in its groups', () => {
    expect(candidatesOf(task({ assignee: 'mei', candidateGroups: ['clerk'] }), byGroup)).toEqual(['mei']);
    expect(candidatesOf(task({ candidateGroups: ['clerk@hr', 'clerk'], candidateUsers: ['mei'] }), byGroup)).toEqual([
      'mei',
      'li',
      'wu',
    ]);
  });

  it('is told to the only one who can do it, whatever is chosen for many', () => {
    expect(recipientsOf(['mei'], new Set(), 'none')).toEqual(['mei']);
  });

  it('is told to those of several who want e-mail, to all or to none', () => {
    const able = ['li', 'wu'];

    expect(recipientsOf(able, new Set(['wu', 'mei']))).toEqual(['wu']);
    expect(recipientsOf(able, new Set(['wu']), 'all')).toEqual(able);
    expect(recipientsOf(able, new Set(['wu']), 'none')).toEqual([]);
  });

  it('is not told to who did a step of the case within the minute before', () => {
    const opened = { caseKey: '7', creationDate: 100_000 };
    const acted = (at: number, caseKey = '7') => [{ caseKey, account: 'li', at }];

    expect(hasJustActed(opened, 'li', acted(40_000))).toBe(true);
    expect(hasJustActed(opened, 'li', acted(39_999))).toBe(false);
    expect(hasJustActed(opened, 'li', acted(100_000, '8'))).toBe(false);
    expect(hasJustActed(opened, 'wu', acted(100_000))).toBe(false);
    expect(actsMatterFrom([opened, { creationDate: 70_000 }])).toBe(10_000);
  });
});
