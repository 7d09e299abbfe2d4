import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CalendarFeed } from '#configuration';
import { CurrentAccount, Public } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { isoTime } from '../iso-time.js';
import { RateLimitService } from '../portal/rate-limit.service.js';
import { Refusal, notFound } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { SETTINGS } from '../tokens.js';
import type { Appointment } from './calendar-text.js';
import { CalendarTokensService } from './calendar-tokens.service.js';
import { CalendarsService } from './calendars.service.js';

const ICS = 'text/calendar';
const SUFFIX = '.ics';

/** A calendar that a program can subscribe to. */
export interface CalendarRow {
  readonly id: string;
  readonly title: string;
  readonly titleEn: string | null;
  /** With the secret of the account; null where it is not shown any more. */
  readonly address: string | null;
}

/** What comes next of a public calendar. */
export interface NextAppointment {
  /** A moment with its offset, or a day. */
  readonly start: string;
  readonly summary: string;
  /** Where people come; null where the row names no place. */
  readonly place: string | null;
}

export interface PublicCalendarRow extends CalendarRow {
  readonly next: NextAppointment | null;
}

/** Calendars of ledgers, for programs that subscribe to them. The secret in an address stands for the account. */
@ApiTags('calendars')
@Controller('api')
export class CalendarsController {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly tokens: CalendarTokensService,
    private readonly limits: RateLimitService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('calendars')
  @ApiOkResponse({ description: 'Calendars that you may subscribe to, and since when your address holds' })
  async list(@CurrentAccount() account: SignedIn) {
    const createdAt = await this.tokens.queries.createdAt(account.id);
    return { items: this.rows(account), since: isoTime(createdAt) };
  }

  @Post('calendars/token')
  @HttpCode(200)
  @ApiOkResponse({ description: 'New addresses, shown this once; those before open nothing any more' })
  async renew(@CurrentAccount() account: SignedIn) {
    const token = await this.tokens.renew(account);
    const createdAt = await this.tokens.queries.createdAt(account.id);
    return { items: this.rows(account, token), since: isoTime(createdAt) };
  }

  @Delete('calendars/token')
  @HttpCode(204)
  async revoke(@CurrentAccount() account: SignedIn): Promise<void> {
    await this.tokens.revoke(account);
  }

  @Public()
  @Get('calendars/:id/:file')
  @ApiProduces(ICS)
  @ApiOkResponse({ description: 'The calendar as the account of the secret may see it (RFC 5545)' })
  async feed(
    @Param('id') id: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await this.limits.take('look', request.ip);
    await this.limits.require('wrongCode', request.ip);
    try {
      const account = await this.tokens.holderOf(nameIn(file));
      return await sendCalendar(reply, { id, text: await this.calendars.textFor(id, account), isPublic: false });
    } catch (error) {
      if (error instanceof Refusal && error.code === 'notFound') await this.limits.take('wrongCode', request.ip);
      throw error;
    }
  }

  @Public()
  @Get('portal/calendars')
  @ApiOkResponse({ description: 'Calendars that everybody may subscribe to, each with what comes next' })
  async listPublic() {
    const items: readonly PublicCalendarRow[] = await Promise.all(
      this.calendars.publicOnes.map(async (feed) => ({
        ...named(feed),
        address: `${this.settings.baseUrl}/api/portal/calendars/${feed.id}${SUFFIX}`,
        next: nextFrom(await this.calendars.nextOf(feed)),
      })),
    );
    return { items };
  }

  @Public()
  @Get('portal/calendars/:file')
  @ApiProduces(ICS)
  @ApiOkResponse({ description: 'A public calendar (RFC 5545)' })
  async publicFeed(@Param('file') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.limits.take('look', request.ip);
    const id = nameIn(file);
    return sendCalendar(reply, { id, text: await this.calendars.publicText(id), isPublic: true });
  }

  private rows(account: SignedIn, token?: string): readonly CalendarRow[] {
    const { baseUrl } = this.settings;
    return this.calendars.offeredTo(account).map((feed) => ({
      ...named(feed),
      address: token === undefined ? null : `${baseUrl}/api/calendars/${feed.id}/${token}${SUFFIX}`,
    }));
  }
}

const named = ({ id, title, titleEn }: CalendarFeed) => ({ id, title, titleEn: titleEn ?? null });

const nextFrom = (next: Appointment | undefined): NextAppointment | null =>
  next === undefined
    ? null
    : {
        start: typeof next.start === 'number' ? isoTime(next.start) : next.start,
        summary: next.summary,
        place: next.place ?? null,
      };

function nameIn(file: string): string {
  if (!file.endsWith(SUFFIX)) throw notFound('calendar');
  return file.slice(0, -SUFFIX.length);
}

function sendCalendar(
  reply: FastifyReply,
  { id, text, isPublic }: { readonly id: string; readonly text: string; readonly isPublic: boolean },
): FastifyReply {
  return reply
    .header('content-type', `${ICS}; charset=utf-8`)
    .header('content-disposition', `inline; filename="${id}${SUFFIX}"`)
    .header('cache-control', isPublic ? 'public, max-age=300' : 'no-store')
    .send(text);
}
