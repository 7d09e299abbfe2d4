import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsService } from '../accounts/accounts.service.js';
import { DemoAccountsService } from '../accounts/demo-accounts.service.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { BasicCredentials } from '../sessions/basic-credentials.js';
import { LoginDelay } from '../sessions/login-delay.js';
import { LoginService } from '../sessions/login.service.js';
import { OauthController } from '../sessions/oauth.controller.js';
import { SessionController } from '../sessions/session.controller.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { AccessGuard } from './access.guard.js';
import { BarredTasksService } from './barred-tasks.service.js';
import { KeptPlaces } from './kept-places.service.js';
import { InstanceVisibility } from './instance-visibility.js';
import { OtherHandsService } from './other-hands.service.js';
import { TaskVisibility } from './task-visibility.js';

/** Who asks and what they may: accounts, sessions, the guard before every endpoint. */
@Global()
@Module({
  controllers: [OauthController, SessionController],
  providers: [
    AccountsService,
    DemoAccountsService,
    SessionsService,
    LoginService,
    LoginDelay,
    AccessTokens,
    BasicCredentials,
    TaskVisibility,
    ExclusiveCasesService,
    InstanceDefinitions,
    OtherHandsService,
    BarredTasksService,
    KeptPlaces,
    InstanceVisibility,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    AccountsService,
    DemoAccountsService,
    SessionsService,
    TaskVisibility,
    OtherHandsService,
    BarredTasksService,
    InstanceVisibility,
  ],
})
export class AccessModule {}
