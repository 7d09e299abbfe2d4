import { Entity } from 'typeorm';
import { BooleanColumn, TextColumn, TimeColumn } from '../columns.js';

/** Somebody who may sign in. Names are those of people or posts; what they may do stands in `account_roles`. */
@Entity({ name: 'accounts' })
export class AccountEntity {
  @TextColumn('id', { primary: true }) id!: string;
  @TextColumn('name') name!: string;
  @TextColumn('unit', { nullable: true }) unit!: string | null;
  @TextColumn('password_hash') passwordHash!: string;
  @BooleanColumn('disabled') disabled!: boolean;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('password_changed_at', { nullable: true }) passwordChangedAt!: number | null;
  @BooleanColumn('must_change_password') mustChangePassword!: boolean;
  @TextColumn('changed_by', { nullable: true }) changedBy!: string | null;
  @TextColumn('approved_by', { nullable: true }) approvedBy!: string | null;
}

@Entity({ name: 'account_roles' })
export class AccountRoleEntity {
  @TextColumn('account', { primary: true }) account!: string;
  @TextColumn('role', { primary: true }) role!: string;
  @TextColumn('changed_by', { nullable: true }) changedBy!: string | null;
}

export const accountEntities = [AccountEntity, AccountRoleEntity] as const;
