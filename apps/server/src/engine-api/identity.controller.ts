import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { DirectoryService, type DirectoryRole, type DirectoryUser } from './directory.service.js';
import { resultOf, SearchDto } from './search.js';

/** Accounts, roles and the one tenant, to read; who may neither operate nor manage accounts sees the own ones alone. */
@ApiTags('engine: identity')
@Controller('v2')
export class IdentityController {
  constructor(private readonly directory: DirectoryService) {}

  @Post('users/search')
  @HttpCode(200)
  @ApiOkResponse()
  async searchUsers(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.directory.users(body, account), userView);
  }

  @Get('users/:username')
  @ApiOkResponse()
  async user(@Param('username') username: string, @CurrentAccount() account: SignedIn) {
    return userView(await this.directory.user(username, account));
  }

  @Post('roles/search')
  @HttpCode(200)
  @ApiOkResponse()
  searchRoles(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(this.directory.roles(body, account), roleView);
  }

  @Get('roles/:roleId')
  @ApiOkResponse()
  role(@Param('roleId') roleId: string, @CurrentAccount() account: SignedIn) {
    return roleView(this.directory.role(roleId, account));
  }

  @Post('roles/:roleId/users/search')
  @HttpCode(200)
  @ApiOkResponse()
  async usersOfRole(@Param('roleId') roleId: string, @Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.directory.usersOfRole(roleId, body, account), ({ id }) => ({ username: id }));
  }

  @Post('tenants/search')
  @HttpCode(200)
  @ApiOkResponse()
  searchTenants(@Body() body: SearchDto) {
    return resultOf(this.directory.tenants(body), (found) => found);
  }

  @Get('tenants/:tenantId')
  @ApiOkResponse()
  tenant(@Param('tenantId') tenantId: string) {
    return this.directory.tenant(tenantId);
  }

  @Post('tenants/:tenantId/users/search')
  @HttpCode(200)
  @ApiOkResponse()
  async usersOfTenant(@Param('tenantId') id: string, @Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    this.directory.tenant(id);
    return resultOf(await this.directory.users(body, account), (user) => ({ username: user.id }));
  }

  @Post('tenants/:tenantId/roles/search')
  @HttpCode(200)
  @ApiOkResponse()
  rolesOfTenant(@Param('tenantId') id: string, @Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    this.directory.tenant(id);
    return resultOf(this.directory.roles(body, account), roleView);
  }
}

const userView = ({ id, name }: DirectoryUser) => ({ username: id, name });

/** The permissions are those of `workflows/roles.json`. */
const roleView = ({ id, name, permissions }: DirectoryRole) => ({
  roleId: id,
  name,
  description: permissions.length > 0 ? `Permissions: ${permissions.join(', ')}` : 'No permissions',
});
