import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { EngineApiModule } from './engine-api/engine-api.module.js';
import { EventsController } from './events/events.controller.js';
import { EventsService } from './events/events.service.js';
import { HealthController } from './health/health.controller.js';
import { CommandsModule } from './idempotency/commands.module.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { MetricsService } from './metrics/metrics.service.js';
import type { Platform } from './platform/open-platform.js';
import { PlatformModule } from './platform/platform.module.js';
import { productModules } from './product-modules.js';
import { ReferenceController } from './reference/reference.controller.js';

const servicesOf = (platform: Platform) => [
  PlatformModule.of(platform),
  AccessModule,
  CommandsModule,
  ...productModules,
];

/** The server: platform (opened before), access, engine API, product features. */
@Module({})
export class AppModule {
  static of(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [...servicesOf(platform), EngineApiModule],
      controllers: [EventsController, HealthController, MetricsController, ReferenceController],
      providers: [EventsService, MetricsService],
    };
  }
}

/** What works behind its HTTP interface: product features without those who ask. */
@Module({})
export class ServicesModule {
  static of(platform: Platform): DynamicModule {
    return { module: ServicesModule, imports: servicesOf(platform) };
  }
}
