import { Inject, Injectable } from '@nestjs/common';
import type { ConfigurationSet } from '#configuration';
import {
  type AccountRecord,
  type AccountsRepository,
  createAccountsRepository,
  type Database,
  insertAccount,
  replaceRoles,
  updateAccount,
} from '#persistence';
import type { Runtime, RowWrite } from '#runtime';
import { hashPassword, verifyPassword } from '#vault';
import { signedIn, type SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  readonly roles: readonly string[];
  readonly password: string;
}

export interface AccountChange {
  readonly name?: string | undefined;
  readonly unit?: string | null | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
}

export interface StoredCredential {
  readonly passwordHash: string;
  /** Undefined where the account is disabled. */
  readonly signedIn: SignedIn | undefined;
}

/** Accounts: who may sign in, with which roles, in which unit. */
@Injectable()
export class AccountsService {
  private readonly repository: AccountsRepository;
  private readonly views = new WeakMap<AccountRecord, { readonly set: ConfigurationSet; readonly view: SignedIn }>();

  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.repository = createAccountsRepository(database);
  }

  /** The account as guards and queries see it; undefined where it is unknown or disabled. */
  async signedIn(id: string): Promise<SignedIn | undefined> {
    return this.seen(await this.repository.find(id));
  }

  /** What a credential is checked against, from one reading; undefined where the account is unknown. */
  async credentialOf(id: string): Promise<StoredCredential | undefined> {
    const account = await this.repository.find(id);
    return account && { passwordHash: account.passwordHash, signedIn: this.seen(account) };
  }

  /** Takes equally long whether or not the account exists. */
  async verify(id: string, password: string): Promise<SignedIn | undefined> {
    const account = await this.repository.find(id);
    const isRight = await verifyPassword(password, account?.passwordHash);
    return isRight ? this.seen(account) : undefined;
  }

  async nameOf(id: string): Promise<string | undefined> {
    return (await this.repository.find(id))?.name;
  }

  list(): Promise<readonly AccountRecord[]> {
    return this.repository.list();
  }

  async get(id: string): Promise<AccountRecord> {
    return found(await this.repository.find(id), `account ${id}`);
  }

  async create(account: NewAccount): Promise<AccountRecord> {
    this.requireKnown(account);
    if (await this.repository.find(account.id)) {
      throw new Refusal('alreadyExists', `Expected ${account.id} to be free but there is such an account.`, {
        zh: '该账号已存在。',
      });
    }
    const passwordHash = await hashPassword(account.password);
    const record = { ...account, disabled: false, passwordHash };
    replyOf(await this.runtime.write(insertAccount(record, Date.now())));
    return this.get(account.id);
  }

  async change(id: string, change: AccountChange): Promise<AccountRecord> {
    await this.get(id);
    this.requireKnown({ roles: change.roles ?? [], unit: change.unit ?? null });
    const { name, unit, disabled, password, roles } = change;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const writes: RowWrite[] = [
      ...updateAccount(id, { name, unit, disabled, passwordHash }),
      ...(roles ? replaceRoles(id, roles) : []),
    ];
    if (writes.length > 0) replyOf(await this.runtime.write(writes));
    return this.get(id);
  }

  async changePassword(id: string, current: string, next: string): Promise<void> {
    if (!(await this.verify(id, current))) {
      const fields = [{ path: '/current', message: '当前密码不正确' }];
      throw new Refusal('invalidForm', 'Expected the current password.', { zh: '当前密码不正确。', fields });
    }
    await this.change(id, { password: next });
  }

  /** What is made of an account stays good until account or configuration are others. */
  private seen(account: AccountRecord | undefined): SignedIn | undefined {
    if (!account || account.disabled) return undefined;
    const { current } = this.configuration;
    const known = this.views.get(account);
    if (known?.set === current) return known.view;
    const view = signedIn(account, current);
    this.views.set(account, { set: current, view });
    return view;
  }

  private requireKnown({ roles, unit }: Pick<NewAccount, 'roles' | 'unit'>): void {
    const { roles: rolesFile, organization } = this.configuration.current;
    const unknown = roles.find((role) => role !== 'admin' && !rolesFile.roles.some(({ id }) => id === role));
    const isUnitKnown = unit === null || organization.units.some(({ id }) => id === unit);
    const fields = [
      ...(unknown === undefined ? [] : [{ path: '/roles', message: `没有角色 ${unknown}` }]),
      ...(isUnitKnown ? [] : [{ path: '/unit', message: `没有单位 ${unit}` }]),
    ];
    if (fields.length > 0)
      throw new Refusal('invalidForm', 'Expected roles and a unit of the configuration.', { fields });
  }
}
