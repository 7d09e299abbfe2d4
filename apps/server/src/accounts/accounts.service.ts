import { Inject, Injectable } from '@nestjs/common';
import { type ConfigurationSet, dayOf } from '#configuration';
import {
  type AccountAct,
  type AccountRecord,
  type AccountsRepository,
  createAccountsRepository,
  type Database,
  insertAccount,
  replacePosts,
  replaceRoles,
  updateAccount,
} from '#persistence';
import type { Runtime, RowWrite } from '#runtime';
import { hashPassword, verifyPassword } from '#vault';
import { signedIn, type SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';
import { lentTo, type Standing, Standings } from './standings.js';
import { toAccount } from '../notices/to-account.js';

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  readonly roles: readonly string[];
  readonly posts: readonly string[];
  readonly passwordHash: string;
}

export interface AccountChange {
  readonly name?: string | undefined;
  readonly unit?: string | null | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly posts?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}

/** Who makes or changes an account, and who approved it where a second person had to. */
export type Act = Omit<AccountAct, 'at'>;

export interface StoredCredential {
  readonly passwordHash: string;
  /** Undefined where the account is disabled. */
  readonly signedIn: SignedIn | undefined;
}

interface KeptView {
  readonly set: ConfigurationSet;
  readonly view: SignedIn;
}

/** Accounts: who may sign in, with which roles and posts, in which unit, and in whose place today. */
@Injectable()
export class AccountsService {
  private readonly repository: AccountsRepository;
  private readonly standings: Standings;
  private readonly views = new WeakMap<Standing, KeptView>();

  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.repository = createAccountsRepository(database);
    this.standings = new Standings(database, this.repository);
  }

  /** The account as guards and queries see it; undefined where it is unknown or disabled. */
  async signedIn(id: string): Promise<SignedIn | undefined> {
    return this.seen(await this.standingOf(id));
  }

  /** What a credential is checked against, from one reading; undefined where the account is unknown. */
  async credentialOf(id: string): Promise<StoredCredential | undefined> {
    const standing = await this.standingOf(id);
    return standing && { passwordHash: standing.account.passwordHash, signedIn: this.seen(standing) };
  }

  /** ISO date of today, by the engine's clock, in the zone of the configuration. */
  today(): string {
    return dayOf(this.runtime.evaluationContext());
  }

  /** Takes equally long whether or not the account exists. */
  async verify(id: string, password: string): Promise<SignedIn | undefined> {
    const account = await this.repository.find(id);
    const isRight = await verifyPassword(password, account?.passwordHash);
    return isRight ? this.signedIn(id) : undefined;
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

  async create(account: NewAccount, act: Act): Promise<AccountRecord> {
    await this.requirePossible(account);
    const record = { ...account, disabled: false, mustChangePassword: true };
    replyOf(await this.runtime.write(insertAccount(record, { ...act, at: Date.now() })));
    return this.get(account.id);
  }

  /** Refuses an account whose id is taken, or whose roles, posts or unit the configuration does not know. */
  async requirePossible(account: NewAccount): Promise<void> {
    this.requireKnown(account);
    if (await this.repository.find(account.id)) {
      throw new Refusal('alreadyExists', `Expected ${account.id} to be free but there is such an account.`, {
        zh: '该账号已存在。',
      });
    }
  }

  async change(id: string, change: AccountChange, act: Act): Promise<AccountRecord> {
    await this.requireChangeable(id, change);
    const { roles, posts, ...rest } = change;
    const columns = { ...rest, ...(rest.passwordHash !== undefined && { mustChangePassword: act.by !== id }) };
    const writes: RowWrite[] = [
      ...(await this.telling(id, change, act)),
      ...updateAccount(id, columns, { ...act, at: Date.now() }),
      ...(roles ? replaceRoles(id, roles, act.by) : []),
      ...(posts ? replacePosts(id, posts, act.by) : []),
    ];
    replyOf(await this.runtime.write(writes));
    return this.get(id);
  }

  /** Who gets another password from somebody else is told by whom, and who approved it. */
  private async telling(id: string, { passwordHash }: AccountChange, { by, approvedBy }: Act): Promise<RowWrite[]> {
    if (passwordHash === undefined || by === id) return [];
    const nameOf = async (account: string) => (await this.nameOf(account)) ?? account;
    const approved = approvedBy ? `，${await nameOf(approvedBy)}批准` : '';
    const text = `${await nameOf(by)}重设了您的密码${approved}。请马上改成只有您知道的密码；不是您要求的，请立即报告。`;
    const row = { recipient: toAccount(id), text, process_instance_key: null, created_at: this.runtime.now() };
    return [{ insert: 'notices', rows: [{ notice_key: await this.runtime.nextKey(), ...row }] }];
  }

  /** The account as it is, with all roles and posts that it ever had. */
  async withPast(account: AccountRecord): Promise<AccountRecord> {
    const past = await this.repository.everHeld(account.id);
    return { ...account, roles: [...account.roles, ...past.roles], posts: [...account.posts, ...past.posts] };
  }

  /** The account as it is before the change; refused where the configuration does not know what it would get. */
  async requireChangeable(id: string, { roles = [], posts = [], unit = null }: AccountChange): Promise<AccountRecord> {
    this.requireKnown({ roles, posts, unit });
    return this.get(id);
  }

  async changePassword(id: string, current: string, next: string): Promise<void> {
    if (next === current) {
      const fields = [{ path: '/next', message: '新密码不能与当前密码相同' }];
      throw new Refusal('invalidForm', 'Expected another password.', { zh: '新密码不能与当前密码相同。', fields });
    }
    if (!(await this.verify(id, current))) {
      const fields = [{ path: '/current', message: '当前密码不正确' }];
      throw new Refusal('invalidForm', 'Expected the current password.', { zh: '当前密码不正确。', fields });
    }
    await this.change(id, { passwordHash: await hashPassword(next) }, { by: id });
  }

  private standingOf(id: string): Promise<Standing | undefined> {
    return this.standings.find(id, this.today());
  }

  /** What is made of a reading stays good as long as the configuration. */
  private seen(standing: Standing | undefined): SignedIn | undefined {
    if (!standing || standing.account.disabled) return undefined;
    const { current } = this.configuration;
    const known = this.views.get(standing);
    if (known?.set === current) return known.view;
    const view = signedIn(standing.account, current, {
      standsInFor: lentTo(standing, current),
      asOf: standing.day,
    });
    this.views.set(standing, { set: current, view });
    return view;
  }

  private requireKnown({ roles, posts, unit }: Pick<NewAccount, 'roles' | 'posts' | 'unit'>): void {
    const { roles: rolesFile, organization } = this.configuration.current;
    const unknown = roles.find((role) => role !== 'admin' && !rolesFile.roles.some(({ id }) => id === role));
    const unknownPost = posts.find((post) => !organization.posts?.some(({ id }) => id === post));
    const isUnitKnown = unit === null || organization.units.some(({ id }) => id === unit);
    const fields = [
      ...(unknown === undefined ? [] : [{ path: '/roles', message: `没有角色 ${unknown}` }]),
      ...(unknownPost === undefined ? [] : [{ path: '/posts', message: `没有职务 ${unknownPost}` }]),
      ...(isUnitKnown ? [] : [{ path: '/unit', message: `没有单位 ${unit}` }]),
    ];
    if (fields.length > 0)
      throw new Refusal('invalidForm', 'Expected roles, posts and a unit of the configuration.', { fields });
  }
}
