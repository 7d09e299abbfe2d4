import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { HealthController } from './health/health.controller.js';
import type { Platform } from './platform/open-platform.js';
import { PlatformModule } from './platform/platform.module.js';
import { productModules } from './product-modules.js';
import { ReferenceController } from './reference/reference.controller.js';

/** The server: platform (opened before), access, engine API, product features. */
@Module({})
export class AppModule {
  static of(platform: Platform): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.of(platform), AccessModule, ...productModules],
      controllers: [HealthController, ReferenceController],
    };
  }
}
