import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { CaseAccessService } from '../cases/case-access.service.js';
import { Key } from '../engine-api/key-param.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { found, notFound } from '../problems/refusal.js';
import { CaseRecords, DestructionsService } from './destructions.service.js';
import { ShownDestructions } from './shown-destructions.service.js';

export class GroundsDto {
  @ApiProperty({ type: String, description: 'Why; kept on record' })
  @IsString()
  @Length(2, 1000)
  reason!: string;
}

export class DestructionDecisionDto {
  @ApiProperty({ type: Boolean })
  @IsBoolean()
  approved!: boolean;

  @ApiProperty({ type: String, description: 'Why; kept on record' })
  @IsString()
  @Length(2, 1000)
  comment!: string;
}

const MOST = 200;

/** The end of protected content, and what stops it. */
@ApiTags('destruction')
@Controller('api')
export class DestructionsController {
  constructor(
    private readonly destructions: DestructionsService,
    private readonly records: CaseRecords,
    private readonly shown: ShownDestructions,
    private readonly access: CaseAccessService,
    private readonly visibility: InstanceVisibility,
  ) {}

  @Get('destructions')
  @RequirePermission('operate', 'approve')
  @ApiOkResponse({ description: 'The latest 200 destructions and legal holds, newest first' })
  async list(@CurrentAccount() account: SignedIn) {
    const hidden = await this.visibility.hiddenCases(account);
    const { destructions } = this.records;
    const isSeen = ({ caseKey }: { readonly caseKey: string }): boolean => !hidden.has(caseKey);
    const [asked, held] = await Promise.all([destructions.destructions(MOST), destructions.holds(MOST)]);
    return this.shown.of(asked.filter(isSeen), held.filter(isSeen));
  }

  @Get('instances/:key/destructions')
  @RequirePermission('operate', 'approve')
  @ApiOkResponse({ description: 'The destructions and legal holds of its case, newest first' })
  async ofCase(@Param('key') key: string, @CurrentAccount() account: SignedIn) {
    const { caseKey } = await this.access.requireVisible(key, account);
    const { destructions } = this.records;
    if (caseKey === null) return this.shown.of([], []);
    return this.shown.of(await destructions.destructionsOf(caseKey), await destructions.holdsOf(caseKey));
  }

  @ClientCommand()
  @Post('instances/:key/destruction')
  @RequirePermission('operate', 'approve')
  @ApiCreatedResponse({ description: 'It waits for a second person' })
  async ask(@Param('key') key: string, @Body() { reason }: GroundsDto, @CurrentAccount() account: SignedIn) {
    const instance = await this.access.requireVisible(key, account);
    return { destructionKey: await this.destructions.ask(instance, reason, account) };
  }

  @ClientCommand()
  @Post('destructions/:destructionKey/decision')
  @HttpCode(204)
  @RequirePermission('approve')
  @ApiNoContentResponse({ description: 'Approved: the key is destroyed with this answer' })
  async decide(
    @Key('destructionKey') key: string,
    @Body() decision: DestructionDecisionDto,
    @CurrentAccount() account: SignedIn,
  ): Promise<void> {
    const name = `destruction ${key}`;
    const destruction = found(await this.records.destructions.destruction(key), name);
    if ((await this.visibility.hiddenCases(account)).has(destruction.caseKey)) throw notFound(name);
    await this.destructions.decide(destruction, decision, account);
  }

  @ClientCommand()
  @Post('instances/:key/hold')
  @HttpCode(204)
  @RequirePermission('approve')
  @ApiNoContentResponse({ description: 'The case is kept until the hold is lifted' })
  async hold(@Param('key') key: string, @Body() { reason }: GroundsDto, @CurrentAccount() account: SignedIn) {
    await this.destructions.hold(await this.access.requireVisible(key, account), reason, account);
  }

  @ClientCommand()
  @Post('instances/:key/hold/lift')
  @HttpCode(204)
  @RequirePermission('approve')
  @ApiNoContentResponse({ description: 'The hold ends' })
  async lift(@Param('key') key: string, @Body() { reason }: GroundsDto, @CurrentAccount() account: SignedIn) {
    await this.destructions.lift(await this.access.requireVisible(key, account), reason, account);
  }
}
