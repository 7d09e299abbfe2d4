import { Controller, type MessageEvent, Sse } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { interval, map, merge, type Observable } from 'rxjs';
import { CurrentAccount } from '../access/decorators.js';
import type { SignedIn } from '../access/signed-in.js';
import { EventsService } from './events.service.js';

const heartbeatMs = 20_000;

@ApiTags('events')
@Controller('api/events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  /** Names and keys of what changed, never what stands in it: the browser asks for that under its own rights. */
  @Sse()
  @ApiOkResponse({ description: 'Server-sent events: tasks, instance, configuration, notice, heartbeat.' })
  stream(@CurrentAccount() account: SignedIn): Observable<MessageEvent> {
    const heartbeat = interval(heartbeatMs).pipe(map(() => ({ type: 'heartbeat', data: {} })));
    return merge(this.events.of(account), heartbeat);
  }
}
