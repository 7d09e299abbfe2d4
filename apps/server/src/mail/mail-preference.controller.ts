import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { createMailPreferences, type Database, type MailPreferences, replaceMailPreference } from '#persistence';
import type { Runtime } from '#runtime';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';
import { MailPreferenceDto, MailPreferenceViewDto } from './dto/mail-preference.dto.js';
import { isMailAddress } from './letter.js';
import { MailNotices } from './mail-notices.service.js';

/** Whether the signed-in account gets its notices by e-mail too, and where. Nobody reads the address of another. */
@ApiTags('notices')
@Controller('api/mail-preference')
export class MailPreferenceController {
  private readonly preferences: MailPreferences;

  constructor(
    private readonly notices: MailNotices,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.preferences = createMailPreferences(database);
  }

  @Get()
  @ApiOkResponse({ type: MailPreferenceViewDto })
  async show(@CurrentAccount() account: SignedIn): Promise<MailPreferenceViewDto> {
    const kept = await this.preferences.of(account.id);
    return { address: kept?.address ?? '', wanted: kept?.wanted ?? false, offered: this.notices.isOffered };
  }

  @Put()
  @ApiOkResponse({ type: MailPreferenceViewDto })
  async change(@Body() wish: MailPreferenceDto, @CurrentAccount() account: SignedIn): Promise<MailPreferenceViewDto> {
    const { wanted } = wish;
    const address = wish.address.trim();
    if (!(isMailAddress(address) || (address === '' && !wanted))) {
      throw new Refusal('invalidForm', 'Expected one mailbox address.', {
        zh: '请填写一个邮箱地址，例如 name@example.org。',
        fields: [{ path: '/address', message: '请填写一个邮箱地址，例如 name@example.org' }],
      });
    }
    replyOf(await this.runtime.write(replaceMailPreference({ account: account.id, address, wanted }, Date.now())));
    return this.show(account);
  }
}
