import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { comesFromServer, createConnection } from './connection.js';

const HOUR_MS = 3_600_000;

describe('the connection of a page', () => {
  let answers: boolean;
  let looks: number;
  const open = () => {
    const connection = createConnection(() => {
      looks += 1;
      return answers ? Promise.resolve(true) : Promise.reject(new TypeError('Failed to fetch'));
    });
    return connection;
  };
  const settled = () => jest.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    jest.useFakeTimers();
    looks = 0;
    answers = true;
  });
  afterEach(() => void jest.useRealTimers());

  it('is not lost by one request that failed while the server answers', async () => {
    const connection = open();

    connection.missed();
    await settled();

    expect([connection.isLost(), looks]).toEqual([false, 1]);
  });

  it('is lost where the look after it fails too, and is told once', async () => {
    const connection = open();
    const told: boolean[] = [];
    connection.subscribe(() => told.push(connection.isLost()));
    answers = false;

    connection.missed();
    await settled();
    await jest.advanceTimersByTimeAsync(HOUR_MS);

    expect(told).toEqual([true]);
  });

  it('comes back with the next look that is answered', async () => {
    const connection = open();
    answers = false;
    connection.missed();
    await settled();

    answers = true;
    await jest.advanceTimersByTimeAsync(3_000);

    expect(connection.isLost()).toBe(false);
  });

  it('comes back with any answer, and then looks no more', async () => {
    const connection = open();
    answers = false;
    connection.missed();
    await settled();

    connection.heard();
    await jest.advanceTimersByTimeAsync(HOUR_MS);

    expect([connection.isLost(), looks]).toEqual([false, 1]);
  });

  it('looks seldom however many requests fail', async () => {
    const connection = open();
    answers = false;

    const failing = setInterval(connection.missed, 100);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    clearInterval(failing);

    expect(connection.isLost()).toBe(true);
    expect(looks).toBeLessThanOrEqual(HOUR_MS / 15_000 + 5);
  });

  it('looks at once where the browser says that the network is back', async () => {
    const connection = open();
    answers = false;
    connection.missed();
    await jest.advanceTimersByTimeAsync(HOUR_MS);

    answers = true;
    connection.lookNow();
    await settled();

    expect(connection.isLost()).toBe(false);
  });
});

describe('an answer', () => {
  const of = (status: number, type: string) =>
    comesFromServer(new Response(null, { status, headers: { 'content-type': type } }));

  it('of a proxy in the place of the server is none of it', () => {
    expect([of(502, 'text/html'), of(503, 'text/html'), of(504, 'text/html')]).toEqual([false, false, false]);
  });

  it('that the server itself refuses is one', () => {
    expect([of(503, 'application/problem+json'), of(500, 'text/html'), of(404, 'text/html')]).toEqual([
      true,
      true,
      true,
    ]);
  });
});
