import { asksForPin, isPin } from './pin.js';

describe('PIN of an anonymous report', () => {
  it('is asked for when the named field is true', () => {
    expect(asksForPin('=anonymous', { anonymous: true })).toBe(true);
    expect(asksForPin('=anonymous', { anonymous: false })).toBe(false);
    expect(asksForPin('=not(named)', { named: false })).toBe(true);
  });

  it('is not asked for without a rule', () => {
    expect(asksForPin(undefined, {})).toBe(false);
  });

  it('has six digits', () => {
    expect(isPin('012345')).toBe(true);
    expect(isPin('12345')).toBe(false);
  });
});
