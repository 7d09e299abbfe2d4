import { describe, expect, it } from '@jest/globals';
import { untilDatabaseAnswers } from './until-database-answers.js';

const away = () => Object.assign(new Error('the database system is starting up'), { code: '57P03' });

describe('opening while the database is away', () => {
  it('tries again until it answers', async () => {
    const failures = [away(), away()];

    const opened = await untilDatabaseAnswers(async () => {
      const failure = failures.pop();
      if (failure) throw failure;
      return 'open';
    });

    expect(opened).toBe('open');
  });

  it('gives up after a while', async () => {
    const opening = untilDatabaseAnswers(() => Promise.reject(away()), 0);

    await expect(opening).rejects.toThrow(/starting up/);
  });

  it('passes on what another try does not mend', async () => {
    const opening = untilDatabaseAnswers(() => Promise.reject(new Error('broken')));

    await expect(opening).rejects.toThrow('broken');
  });
});
