import { describe, expect, it } from '@jest/globals';
import { remembered } from './remembered.js';

describe('a remembered function', () => {
  it('works its answer out once for each object, also where the answer is nothing', () => {
    const asked: object[] = [];
    const first = { name: 'one' };
    const second = { name: 'one' };
    const answer = remembered((thing: { readonly name: string }) => {
      asked.push(thing);
      return thing.name === 'two' ? 'two' : undefined;
    });

    const answers = [answer(first), answer(first), answer(second)];

    expect(answers).toEqual([undefined, undefined, undefined]);
    expect(asked).toEqual([first, second]);
  });
});
