import { afterAll, afterEach, expect } from '@jest/globals';
import type { TestBrowser } from '../../support/browser.js';
import type { ServerProcess } from '../../support/server-process.js';
import { setClock } from './shortcuts.js';

/** The server and the browser of a story. */
export interface Stage {
  readonly server: ServerProcess;
  readonly browser: TestBrowser;
}

/** Fails each step in which a page complained, and closes both at the end, also where only one of them opened. */
export function keepClean(opened: () => Partial<Stage>): void {
  afterAll(async () => {
    const { server, browser } = opened();
    await browser?.close();
    await server?.dispose();
  });
  afterEach(() => {
    expect(opened().browser?.takeProblems()).toEqual([]);
  });
}

/** Sets the clock of the server and of the windows that are opened from now on. */
export async function setBothClocks({ server, browser }: Stage, moment: string): Promise<void> {
  await setClock(server.url, Date.parse(moment));
  browser.setTime(Date.parse(moment));
}
