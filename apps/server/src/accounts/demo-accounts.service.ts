import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DemoAccount } from '#configuration';
import { createAccountsRepository, type Database, insertAccount } from '#persistence';
import type { Runtime } from '#runtime';
import { hashPassword } from '#vault';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { replyOf } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { DATABASE, LOG, RUNTIME, SETTINGS } from '../tokens.js';

export const demoPassword = 'demo';

/** With `DEMO=true`: makes the accounts of `organization.json`, and `admin`, that are not there yet. */
@Injectable()
export class DemoAccountsService implements OnApplicationBootstrap {
  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.demo) return;
    await this.seed();
    this.configuration.onSwitch(
      () => void this.seed().catch((error: unknown) => this.log.error({ err: error }, 'demo accounts')),
    );
  }

  /** Demo accounts of the configuration in force; `admin` is among them in any case. */
  accounts(): readonly DemoAccount[] {
    const { organization, roles } = this.configuration.current;
    const accounts = organization.accounts ?? [];
    if (accounts.some(({ id }) => id === 'admin')) return accounts;
    const name = roles.roles.find(({ id }) => id === 'admin')?.name ?? '系统管理员';
    return [...accounts, { id: 'admin', name, roles: ['admin'] }];
  }

  private async seed(): Promise<void> {
    const known = new Set((await createAccountsRepository(this.database).list()).map(({ id }) => id));
    const missing = this.accounts().filter(({ id }) => !known.has(id));
    if (missing.length === 0) return;
    const passwordHash = await hashPassword(demoPassword);
    const records = missing.map(({ id, name, roles, unit, posts }) => ({
      id,
      name,
      roles,
      unit: unit ?? null,
      posts: posts ?? [],
      disabled: false,
      passwordHash,
    }));
    replyOf(
      await this.runtime.write(records.flatMap((record) => insertAccount(record, { by: 'demo', at: Date.now() }))),
    );
  }
}
