import { describe, expect, it } from '@jest/globals';
import type { LoggedEvent } from '#persistence';
import { courseOf, statesTold } from './public-course.js';

const set = (at: number, variables: Record<string, unknown>, scopeKey = '1'): LoggedEvent =>
  ({ processInstanceKey: '1', position: at, at, event: { type: 'variablesSet', scopeKey, variables } }) as LoggedEvent;
const statesOf = (events: readonly LoggedEvent[]) => statesTold(events, { key: '1', variable: 'state' });
const said = (at: number, state: string, variables: Record<string, unknown> = {}) => ({ at, state, variables });

describe('the course of a case that a petitioner reads', () => {
  it('keeps, of a state that has passed, the values that it had until the next one came', () => {
    const states = statesOf([
      set(1, { state: 'accepted', due: 'March', unit: 'hr' }),
      set(2, { unit: 'safety' }),
      set(3, { state: 'extended', due: 'April' }),
    ]);

    expect(states.map(({ at, state, variables }) => [at, state, variables['due'], variables['unit']])).toEqual([
      [1, 'accepted', 'March', 'safety'],
      [3, 'extended', 'April', 'safety'],
    ]);
  });

  it('tells nothing of what a step keeps to itself', () => {
    const [state] = statesOf([set(1, { state: 'accepted', unit: 'hr' }), set(2, { unit: 'safety' }, '7')]);

    expect(state?.variables).toEqual({ state: 'accepted', unit: 'hr' });
  });

  it('goes on with what runs after the end, and back to the end where that has ended', () => {
    const own = { states: [said(1, 'accepted'), said(2, 'closed', { unit: 'hr' })], endAt: 2 };
    const review = { states: [said(5, 'underReview', { body: 'company' })], endAt: 9 };

    expect(courseOf(own, [review])).toEqual([
      said(1, 'accepted'),
      said(2, 'closed', { unit: 'hr' }),
      said(5, 'underReview', { unit: 'hr', body: 'company' }),
      said(9, 'closed', { unit: 'hr' }),
    ]);
  });

  it('says once what the case and its review say both, with what the review knows', () => {
    const own = { states: [said(1, 'replied'), said(3, 'underReview'), said(9, 'replied')], endAt: null };
    const review = { states: [said(3, 'underReview', { due: 'May' })], endAt: 9 };

    expect(courseOf(own, [review])).toEqual([
      said(1, 'replied'),
      said(3, 'underReview', { due: 'May' }),
      said(9, 'replied'),
    ]);
  });
});
