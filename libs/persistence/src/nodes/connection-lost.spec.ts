import { DatabaseAway, isConnectionLost } from './connection-lost.js';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

describe('a lost connection', () => {
  it.each(['57P01', '57P03', '08006', '25P03', 'ECONNREFUSED', 'ECONNRESET'])('is told by the code %s', (code) => {
    expect(isConnectionLost(withCode(code))).toBe(true);
  });

  it('is told inside of what the query builder and the operating system throw', () => {
    const failedQuery = Object.assign(new Error('query failed'), { driverError: withCode('57P01') });
    const bothAddresses = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]);

    expect([failedQuery, bothAddresses].map(isConnectionLost)).toEqual([true, true]);
  });

  it('is told where keys could not be fetched because of it', () => {
    expect(isConnectionLost(new DatabaseAway('try again'))).toBe(true);
  });

  it.each(['23505', '40001', '42P01'])('is not what the code %s says', (code) => {
    expect(isConnectionLost(withCode(code))).toBe(false);
  });

  it('is nothing that is no error', () => {
    expect([undefined, null, 'ECONNREFUSED', 42].map(isConnectionLost)).toEqual([false, false, false, false]);
  });
});
