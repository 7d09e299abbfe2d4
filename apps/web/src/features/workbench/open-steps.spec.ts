import { describe, expect, it } from '@jest/globals';
import { openSteps } from './open-steps.js';

const step = (answers: number) => ({
  summary: Array.from({ length: answers }, (_, index) => ({ label: `${index}`, value: '是' })),
});

describe('steps that stand open above a form', () => {
  it('reach down to the draft that a check has agreed to', () => {
    expect(openSteps([step(1), step(9), step(1), step(9)])).toBe(2);
  });

  it('reach past a refusal with its reason, and past a step that says nothing', () => {
    expect(openSteps([step(0), step(2), step(5)])).toBe(3);
  });

  it('end with the last that says something where there are decisions alone', () => {
    expect(openSteps([step(0), step(1), step(1)])).toBe(2);
  });

  it('are one where none says anything, and none where there is none', () => {
    expect([openSteps([step(0), step(0)]), openSteps([])]).toEqual([1, 0]);
  });
});
