import { describe, expect, it } from '@jest/globals';
import type { UserTaskView } from '#persistence';
import { attendanceOf, unitOfTask } from './attendance.js';
import { taskHolder } from '../access/signed-in.js';

const set = {
  roles: {
    classes: [],
    roles: [
      { id: 'head', name: '负责人' },
      { id: 'leader', name: '领导' },
      { id: 'board', name: '纪委', permissions: ['exclusive'] },
    ],
  },
  organization: {
    name: '示例',
    units: [{ id: 'hr', name: '人资' }],
    posts: [{ id: 'chair', name: '书记', unit: 'hr', roles: ['board'] }],
    fallback: [{ roles: ['board'], to: ['post:chair'] }, { to: ['leader', 'head'] }],
  },
};
const account = (id: string, roles: readonly string[], posts: readonly string[] = []) =>
  taskHolder({ id, name: id, unit: 'hr', roles, posts }, set);
const task = (more: Partial<UserTaskView>): UserTaskView =>
  ({ assignee: null, owner: null, turnId: null, candidateGroups: [], candidateUsers: [], ...more }) as UserTaskView;

describe('who can do an open task', () => {
  it('is enough where one candidate is left', () => {
    expect(attendanceOf(task({ candidateGroups: ['head@hr'] }), [account('li', ['head'])], set)).toEqual({
      releases: false,
      need: 'none',
    });
  });

  it('falls back to the first group in which somebody is, where nobody is in its own', () => {
    const open = task({ candidateGroups: ['head@nowhere'] });

    expect(attendanceOf(open, [account('wu', ['leader']), account('li', ['head'])], set).need).toEqual({
      offerTo: 'leader',
    });
    expect(attendanceOf(open, [account('li', ['head'])], set).need).toEqual({ offerTo: 'head' });
    expect(attendanceOf(open, [], set).need).toEqual({});
  });

  it('asks a formula in the place where it stands: the head of the unit of the task, then who it names, then the rest', () => {
    const ofUnit = '="head@" + task.unit';
    const chain = { ...set, organization: { ...set.organization, fallback: [{ to: [ofUnit, '=nobody', 'leader'] }] } };
    const groupsOf = (formula: string) => (formula === ofUnit ? ['head@hr'] : []);
    const open = task({ candidateGroups: ['handler@hr'] });
    const needOf = (...allowed: ReturnType<typeof account>[]) =>
      attendanceOf(open, allowed, { ...chain, groupsOf }).need;

    expect(needOf(account('wu', ['leader']), account('li', ['head']))).toEqual({ offerTo: 'head@hr' });
    expect(needOf(account('wu', ['leader']))).toEqual({ offerTo: 'leader' });
    expect(needOf()).toEqual({});
  });

  it('belongs to the unit that its candidates name', () => {
    expect(unitOfTask({ candidateGroups: ['leader', 'head@*', 'head@hr'] })).toBe('hr');
    expect(unitOfTask({ candidateGroups: ['leader'] })).toBeNull();
  });

  it('takes a task from whom the case excludes, and gives it back to the candidates that are left', () => {
    const assigned = task({ assignee: 'li', candidateGroups: ['head'] });

    expect(attendanceOf(assigned, [account('wu', ['head'])], set)).toEqual({ releases: true, need: 'none' });
    expect(attendanceOf(assigned, [account('wu', ['leader'])], set)).toEqual({
      releases: true,
      need: { offerTo: 'leader' },
    });
  });

  it('takes a turn from whom the case excludes, and counts the owner as one who can do the task', () => {
    const inTurn = task({ assignee: 'li', owner: 'wu', turnId: '7' });

    expect(attendanceOf(inTurn, [account('wu', [])], set)).toEqual({ releases: true, need: 'none' });
    expect(attendanceOf(inTurn, [], set)).toEqual({ releases: true, need: {} });
  });

  it('leaves with its assignee what was given to somebody by name', () => {
    expect(attendanceOf(task({ assignee: 'wu' }), [account('wu', [])], set)).toEqual({ releases: false, need: 'none' });
  });

  it('goes by the rule that names its process, also where that belongs to an exclusive role', () => {
    const seat = task({ candidateGroups: ['head'], processDefinitionId: 'votes' });
    const rule = { processes: ['votes'], roles: ['head'], to: ['leader'] };
    const processes = [{ id: 'votes', exclusiveTo: ['board'], takeovers: [] }] as never;
    const owned = { ...set, processes, organization: { ...set.organization, fallback: [{ to: ['head'] }, rule] } };
    const needOf = (open: UserTaskView) => attendanceOf(open, [account('wu', ['leader'])], owned).need;

    expect(needOf(seat)).toEqual({ offerTo: 'leader' });
    expect(needOf({ ...seat, candidateGroups: ['board'] })).toEqual({});
    expect(needOf({ ...seat, processDefinitionId: 'other' })).toEqual({});
  });

  it('lets what is in the hands of an exclusive role fall to others by a rule of its own alone', () => {
    const open = task({ candidateGroups: ['board'] });

    expect(attendanceOf(open, [account('wu', ['leader'])], set).need).toEqual({});
    expect(attendanceOf(task({ candidateGroups: ['board', 'head'] }), [account('wu', ['leader'])], set).need).toEqual(
      {},
    );
    expect(attendanceOf(task({ candidateGroups: ['board@mine'] }), [account('qi', [], ['chair'])], set).need).toEqual({
      offerTo: 'post:chair',
    });
  });
});
