import { counted } from './counted.js';

describe('a number of tasks', () => {
  it('is told exactly below a thousand, and as more from there on', () => {
    expect([0, 37, 999, 1_000].map(counted)).toEqual(['0', '37', '999', '999+']);
  });
});
