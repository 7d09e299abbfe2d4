import { describe, expect, it } from '@jest/globals';
import { LoginDelay } from './login-delay.js';

const fail = (delay: LoginDelay, times: number) =>
  Array.from({ length: times }).forEach(() => delay.failed('clerk', '10.0.0.1', 1_000));

describe('login delay', () => {
  it('lets two failures pass without waiting', () => {
    const delay = new LoginDelay();

    fail(delay, 2);

    expect(() => delay.check('clerk', '10.0.0.1', 1_001)).not.toThrow();
  });

  it('grows with each failure', () => {
    const delay = new LoginDelay();

    fail(delay, 5);

    expect(() => delay.check('clerk', '10.0.0.1', 4_999)).toThrow(/within 1 s/);
    expect(() => delay.check('clerk', '10.0.0.1', 5_001)).not.toThrow();
  });

  it('counts each account and address for itself', () => {
    const delay = new LoginDelay();

    fail(delay, 5);

    expect(() => delay.check('clerk', '10.0.0.2', 1_001)).not.toThrow();
    expect(() => delay.check('head', '10.0.0.1', 1_001)).not.toThrow();
  });

  it('forgets failures after a success', () => {
    const delay = new LoginDelay();
    fail(delay, 5);

    delay.succeeded('clerk', '10.0.0.1');

    expect(() => delay.check('clerk', '10.0.0.1', 1_001)).not.toThrow();
  });
});
