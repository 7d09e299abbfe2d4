import { Global, Module } from '@nestjs/common';
import { ClientRequests } from './client-requests.service.js';

/** What the interceptors of commands share, in whichever module a command stands. */
@Global()
@Module({ providers: [ClientRequests], exports: [ClientRequests] })
export class CommandsModule {}
