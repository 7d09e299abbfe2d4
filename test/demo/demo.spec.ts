import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../e2e/start-app.js';

interface Story {
  readonly scenario: unknown;
  readonly cases: readonly { readonly repeat?: number; readonly values?: { readonly name?: string } }[];
}
interface Player {
  readStories(): readonly Story[];
  play(url: string, stories?: readonly Story[]): Promise<{ cases: number; steps: number }>;
}

describe('demo', () => {
  let player: Player;
  let app: TestApp;
  beforeAll(async () => {
    player = (await import(pathToFileURL(resolve(process.cwd(), 'scripts/demo/play.mjs')).href)) as Player;
    app = await startApp();
  });
  afterAll(() => app.close());

  it('names nobody: petitioners stand there as 信访人甲, 信访人乙 …', () => {
    const names = player.readStories().flatMap(({ cases }) => cases.flatMap(({ values }) => values?.name ?? []));

    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !/^信访人\p{Script=Han}$/u.test(name))).toEqual([]);
  });

  it('plays the longest case of each story through the public API, up to now', async () => {
    const stories = player.readStories().map((story) => ({
      ...story,
      cases: story.cases.slice(0, 1).map((one) => ({ ...one, repeat: 1 })),
    }));

    const { cases } = await player.play(app.url, stories);

    const { items } = await app.running.platform.queries.search('processInstances', { page: { limit: 1_000 } });
    const of = (state: string) => items.filter((item) => item.state === state).length;
    expect(cases).toBe(stories.filter((story) => story.cases.length > 0).length);
    expect(of('COMPLETED')).toBeGreaterThan(3);
    expect(of('ACTIVE')).toBeGreaterThan(1);
    expect(items.filter((item) => item.hasIncident)).toEqual([]);
    expect(Math.abs(app.running.platform.runtime.now() - Date.now())).toBeLessThan(60_000);
  });
});
