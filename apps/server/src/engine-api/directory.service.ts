import { Injectable } from '@nestjs/common';
import { authorizationsOf } from '#configuration';
import type { SearchResult } from '#persistence';
import { administratorPermissions, may, type SignedIn } from '../access/signed-in.js';
import { AccountsService } from '../accounts/accounts.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found } from '../problems/refusal.js';
import { searchList, type ListRules } from './list-search.js';
import { type SearchDto, tenant } from './search.js';

export interface DirectoryUser {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface DirectoryRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
}

export interface DirectoryTenant {
  readonly tenantId: string;
  readonly name: string;
  readonly description: string;
}

const userRules: ListRules<DirectoryUser> = {
  key: 'username',
  fields: ['username', 'name', 'email'],
  fieldsOf: ({ id, name }) => ({ username: id, name, email: null }),
};
const roleRules: ListRules<DirectoryRole> = {
  key: 'roleId',
  fields: ['roleId', 'name'],
  fieldsOf: ({ id, name }) => ({ roleId: id, name }),
};
const tenantRules: ListRules<DirectoryTenant> = {
  key: 'tenantId',
  names: { key: 'tenantId' },
  constants: { tenantId: undefined },
  fields: ['tenantId', 'name'],
  fieldsOf: ({ tenantId, name }) => ({ tenantId, name }),
};

const theTenant: DirectoryTenant = { tenantId: tenant, name: 'Default', description: '' };
const administrator: DirectoryRole = {
  id: 'admin',
  name: 'Administrator',
  permissions: administratorPermissions,
};

/** Who works here, as the API shows it: no more to an account than its own entry unless it manages or operates. */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly configuration: ConfigurationHolder,
  ) {}

  async users(body: SearchDto, account: SignedIn): Promise<SearchResult<DirectoryUser>> {
    return searchList(await this.visibleUsers(account), body, userRules);
  }

  async user(id: string, account: SignedIn): Promise<DirectoryUser> {
    const users = await this.visibleUsers(account);
    return found(
      users.find((user) => user.id === id),
      `user ${JSON.stringify(id.slice(0, 100))}`,
    );
  }

  roles(body: SearchDto, account: SignedIn): SearchResult<DirectoryRole> {
    return searchList(this.visibleRoles(account), body, roleRules);
  }

  role(id: string, account: SignedIn): DirectoryRole {
    return found(
      this.visibleRoles(account).find((role) => role.id === id),
      `role ${JSON.stringify(id.slice(0, 100))}`,
    );
  }

  async usersOfRole(id: string, body: SearchDto, account: SignedIn): Promise<SearchResult<DirectoryUser>> {
    const { id: role } = this.role(id, account);
    const users = await this.visibleUsers(account);
    return searchList(
      users.filter(({ roles }) => roles.includes(role)),
      body,
      userRules,
    );
  }

  tenants(body: SearchDto): SearchResult<DirectoryTenant> {
    return searchList([theTenant], body, tenantRules);
  }

  tenant(id: string): DirectoryTenant {
    return found(id === tenant ? theTenant : undefined, `tenant ${JSON.stringify(id.slice(0, 100))}`);
  }

  /** A disabled account is none for the API. */
  private async visibleUsers(account: SignedIn): Promise<readonly DirectoryUser[]> {
    const all = (await this.accounts.list()).filter(({ disabled }) => !disabled);
    return may(account, 'USER:READ') ? all : all.filter(({ id }) => id === account.id);
  }

  private visibleRoles(account: SignedIn): readonly DirectoryRole[] {
    const defined = this.configuration.current.roles.roles.map(
      ({ id, name, permissions = [], authorizations = {} }) => ({
        id,
        name,
        permissions: [...permissions, ...authorizationsOf({ authorizations })],
      }),
    );
    const all = defined.some(({ id }) => id === administrator.id) ? defined : [...defined, administrator];
    return may(account, 'ROLE:READ') ? all : all.filter(({ id }) => account.roles.includes(id));
  }
}
