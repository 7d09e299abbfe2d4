import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccountRecord, Approval } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { ApprovalsService, type Awaiting } from '../studio/approvals.service.js';
import { type AccountChange, AccountsService, type Act, type NewAccount } from './accounts.service.js';
import { sentencesOfChange, sentenceOfNew } from './appointment-texts.js';
import { guardedRoles, readsProtected, seesIdentities } from './guarded-roles.js';
import { SecondPerson } from './second-person.service.js';

interface Appointment {
  readonly id: string;
  /** Absent: the account is changed. */
  readonly made?: NewAccount;
  readonly change?: AccountChange;
}

/**
 * Makes and changes accounts for an administrator. What gives, takes or opens the way to a guarded role waits for a second
 * person, as long as there is anybody else who may approve; so does the password of whoever may see who wrote, and so does
 * whatever makes a reader of protected content of an account that was none: a new one, or one without such a role before,
 * since one person alone could make a holder that there is not. Disabling somebody never waits.
 */
@Injectable()
export class AppointmentsService implements OnModuleInit {
  constructor(
    private readonly accounts: AccountsService,
    private readonly approvals: ApprovalsService,
    private readonly sessions: SessionsService,
    private readonly second: SecondPerson,
    private readonly configuration: ConfigurationHolder,
  ) {}

  onModuleInit(): void {
    this.approvals.carriesOut('account', { carryOut: (approval, approver) => this.carryOut(approval, approver) });
  }

  async create(made: NewAccount, by: SignedIn): Promise<AccountRecord | Awaiting> {
    await this.accounts.requirePossible(made);
    const set = this.configuration.current;
    const isGuarded = guardedRoles(made, set).length > 0 || readsProtected(made, set);
    if (!isGuarded || !(await this.second.existsBeside(by.id))) return this.make(made, { by: by.id });
    const why = [sentenceOfNew(made, set)];
    return this.ask({ id: made.id, made }, { message: `新建账号“${made.name}”`, why, by });
  }

  async change(id: string, change: AccountChange, by: SignedIn): Promise<AccountRecord | Awaiting> {
    const before = await this.accounts.requireChangeable(id, change);
    const isGuarded =
      this.isGuarded(before, change) ||
      this.opensProtected(before, change) ||
      (await this.opensIdentities(before, change));
    if (!isGuarded || !(await this.second.existsBeside(by.id))) return this.apply(id, change, { by: by.id });
    const why = sentencesOfChange(before, change, this.configuration.current);
    return this.ask({ id, change }, { message: `修改账号“${before.name}”`, why, by });
  }

  /**
   * Whoever knows the password could look in the name of its holder. A role that was taken away counts: it could be given
   * back afterwards.
   */
  private async opensIdentities(before: AccountRecord, { passwordHash }: AccountChange): Promise<boolean> {
    if (passwordHash === undefined) return false;
    return seesIdentities(await this.accounts.withPast(before), this.configuration.current);
  }

  /** A reader of protected content who has another ordinary role from now on was let in by two people already. */
  private opensProtected(before: AccountRecord, change: AccountChange): boolean {
    const { roles = before.roles, posts = before.posts, unit = before.unit } = change;
    const set = this.configuration.current;
    return !readsProtected(before, set) && readsProtected({ ...before, roles, posts, unit }, set);
  }

  private ask(
    appointment: Appointment,
    { message, why, by }: { readonly message: string; readonly why: readonly string[]; readonly by: SignedIn },
  ): Promise<Awaiting> {
    return this.approvals.ask({ kind: 'account', changes: appointment, message, why, author: by.id });
  }

  private async carryOut({ changes, author }: Approval, approver: SignedIn): Promise<null> {
    const { id, made, change } = changes as Appointment;
    if (id === approver.id) {
      throw new Refusal('forbidden', 'Expected another person than the holder of the account.', {
        zh: '不能批准对自己账号的修改，须由另一个人批准。',
      });
    }
    const act = { by: author, approvedBy: approver.id };
    if (made) await this.make(made, act);
    else if (change) await this.apply(id, change, act);
    return null;
  }

  private make(made: NewAccount, act: Act): Promise<AccountRecord> {
    return this.accounts.create(made, act);
  }

  private async apply(id: string, change: AccountChange, act: Act): Promise<AccountRecord> {
    const account = await this.accounts.change(id, change, act);
    if (change.disabled === true || change.passwordHash !== undefined) await this.sessions.closeAllOf(id);
    return account;
  }

  /** Whether a guarded role comes or goes, or somebody else gets at one by a password, a unit or a way back in. */
  private isGuarded(before: AccountRecord, change: AccountChange): boolean {
    const { roles = before.roles, posts = before.posts, unit = before.unit, disabled, passwordHash } = change;
    const set = this.configuration.current;
    const was = guardedRoles(before, set);
    const is = guardedRoles({ ...before, roles, posts, unit }, set);
    if (was.length !== is.length || !is.every((role) => was.includes(role))) return true;
    if (was.length === 0) return false;
    return unit !== before.unit || passwordHash !== undefined || (disabled === false && before.disabled);
  }
}
