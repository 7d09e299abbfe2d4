import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import type { DictionariesFile } from '#configuration';
import { Public } from '../access/decorators.js';
import { DemoAccountsService } from '../accounts/demo-accounts.service.js';
import { NamedDto } from '../accounts/dto/accounts.dto.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import type { Settings } from '../settings/settings.js';
import { SETTINGS } from '../tokens.js';

class OrganizationDto {
  @ApiProperty({ type: String })
  name!: string;
}

class UnitDto extends NamedDto {
  @ApiProperty({ type: String, nullable: true })
  parent!: string | null;
}

class ReferenceDto {
  @ApiProperty({ type: OrganizationDto })
  organization!: OrganizationDto;

  @ApiProperty({ type: [UnitDto] })
  units!: UnitDto[];

  @ApiProperty({ type: [NamedDto] })
  roles!: NamedDto[];

  @ApiProperty({ type: [NamedDto] })
  posts!: NamedDto[];

  @ApiProperty({ type: Object })
  dictionaries!: DictionariesFile;

  @ApiProperty({ type: Boolean })
  demo!: boolean;

  @ApiPropertyOptional({ type: [NamedDto] })
  demoAccounts?: NamedDto[];

  @ApiProperty({ type: String, example: 'zh' })
  language!: string;
}

/** Names that every screen needs; nothing of any case. */
@ApiTags('session')
@Controller('api/reference')
export class ReferenceController {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly demoAccounts: DemoAccountsService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Public()
  @Get()
  @ApiOkResponse({ type: ReferenceDto })
  show(): ReferenceDto {
    const { organization, roles, dictionaries } = this.configuration.current;
    const { demo } = this.settings;
    return {
      organization: { name: organization.name },
      units: organization.units.map(({ id, name, parent }) => ({ id, name, parent: parent ?? null })),
      roles: roles.roles.map(({ id, name }) => ({ id, name })),
      posts: (organization.posts ?? []).map(({ id, name }) => ({ id, name })),
      dictionaries,
      demo,
      ...(demo && { demoAccounts: this.demoAccounts.accounts().map(({ id, name }) => ({ id, name })) }),
      language: 'zh',
    };
  }
}
