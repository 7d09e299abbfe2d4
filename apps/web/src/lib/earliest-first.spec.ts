import { earliestFirst } from './earliest-first.js';

describe('what has to be done', () => {
  it('stands by the moment it is due, whatever its zone, and without one at the end', () => {
    const rows = [
      { id: 'never', dueAt: null },
      { id: 'later', dueAt: '2026-03-02T08:00:00+08:00' },
      { id: 'first', dueAt: '2026-03-01T23:00:00Z' },
      { id: 'never either' },
    ];

    expect(earliestFirst(rows).map(({ id }) => id)).toEqual(['first', 'later', 'never', 'never either']);
  });
});
