import { formatCandidates, formatDeadline, parseCandidates, parseDeadline } from './candidates.js';

describe('candidates of a task', () => {
  it.each([
    ['xf_clerk', { roles: ['xf_clerk'], unit: '' }],
    ['=["xf_clerk", "xf_receptionist"]', { roles: ['xf_clerk', 'xf_receptionist'], unit: '' }],
    ['="unit_handler@" + leadUnit', { roles: ['unit_handler'], unit: 'leadUnit' }],
    ['=["unit_head@" + unit, "unit_handler@" + unit]', { roles: ['unit_head', 'unit_handler'], unit: 'unit' }],
  ])('%s is read and written back unchanged', (source, expected) => {
    const parsed = parseCandidates(source);

    expect(parsed).toEqual(expected);
    expect(formatCandidates(parsed as { roles: string[]; unit: string })).toBe(source);
  });

  it.each(['=leaderRole', '=if unit = "office" then "a" else "b"', '="a@" + if x then y else z'])(
    '%s stays an expression of its own',
    (source) => {
      expect(parseCandidates(source)).toEqual({ custom: source });
    },
  );

  it('are absent when no role is chosen', () => {
    expect(formatCandidates({ roles: [], unit: 'leadUnit' })).toBeUndefined();
  });
});

describe('deadline of a task', () => {
  it('is a number of working days where it is written so', () => {
    expect(parseDeadline('=working days after(now(), 3)')).toEqual({ kind: 'days', days: 3 });
  });

  it('is an expression else', () => {
    expect(parseDeadline('=replyDue')).toEqual({ kind: 'custom', expression: '=replyDue' });
  });

  it('is written as FEEL', () => {
    expect(formatDeadline({ kind: 'days', days: 5 })).toBe('=working days after(now(), 5)');
  });
});
