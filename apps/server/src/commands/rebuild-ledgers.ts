import { createDeadlineStore, createLedgerStore } from '#persistence';
import { LedgerFollower } from '../ledgers/ledger-follower.js';
import { createLog } from '../platform/log.js';
import { closePlatform, loadConfiguration, openPlatform } from '../platform/open-platform.js';
import type { Settings } from '../settings/settings.js';

const TELL_EVERY_MS = 2_000;

/**
 * Makes all rows of ledgers and indicators again by the configuration in force; tells meanwhile how many instances are
 * left. On PostgreSQL beside running servers, on SQLite alone.
 *
 * @throws DatabaseInUse where a server works on the SQLite file.
 */
export async function rebuildLedgers(settings: Settings, tell: (text: string) => void): Promise<string> {
  const platform = await openPlatform(settings, createLog('error'));
  try {
    await platform.store.join();
    await loadConfiguration(platform);
    const ledgers = createLedgerStore(platform.database, platform.store);
    const deadlines = createDeadlineStore(platform.database, platform.store);
    const follower = new LedgerFollower({
      ledgers,
      setId: async (hash) => (await deadlines.setOf(hash))?.id ?? 0,
      now: () => platform.runtime.now(),
      current: () => platform.configuration.current,
      timeZone: platform.runtime.evaluationContext().timeZone,
      log: platform.log,
    });
    const telling = setInterval(() => {
      // Where the count is not to be had, the work goes on untold.
      void ledgers.pending().then(
        (left) => tell(`还剩 ${left} 件 left\n`),
        () => undefined,
      );
    }, TELL_EVERY_MS);
    await follower.rebuild().finally(() => clearInterval(telling));
    const left = await ledgers.pending();
    const faults = await ledgers.faults(20);
    return [
      left === 0
        ? '台账和指标已重新生成。 Ledgers and indicators are made again.'
        : `还剩 ${left} 件 left: see the log`,
      ...faults.map(({ fault, instances }) => `  ${fault} (${instances})`),
      '',
    ].join('\n');
  } finally {
    await platform.runtime.stop();
    await closePlatform(platform);
  }
}
