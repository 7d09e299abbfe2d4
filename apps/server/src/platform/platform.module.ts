import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Database } from '#persistence';
import { ConfigurationDeployer } from '../configuration/configuration-deployer.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import {
  DATABASE,
  LOG,
  MASTER_KEY,
  QUERIES,
  RUNTIME,
  SETTINGS,
  STORE,
  VAULT,
  VAULT_QUERIES,
  WORK_QUERIES,
} from '../tokens.js';
import type { Platform } from './open-platform.js';

/** Hands to every module what was opened before Nest started. */
@Global()
@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const providers = [
      { provide: SETTINGS, useValue: platform.settings },
      { provide: LOG, useValue: platform.log },
      { provide: DATABASE, useValue: platform.database },
      { provide: QUERIES, useValue: platform.queries },
      { provide: WORK_QUERIES, useValue: platform.workQueries },
      { provide: VAULT_QUERIES, useValue: platform.vaultQueries },
      { provide: STORE, useValue: platform.store },
      { provide: RUNTIME, useValue: platform.runtime },
      { provide: MASTER_KEY, useValue: platform.masterKey },
      { provide: VAULT, useValue: platform.vault },
      { provide: ConfigurationHolder, useValue: platform.configuration },
      { provide: ConfigurationDeployer, useValue: platform.deployer },
    ];
    const { writer, reader } = platform.database;
    return {
      module: PlatformModule,
      imports: [connection('writer', writer), connection('reader', reader)],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}

/** The opened connection under its name, for `@InjectDataSource('reader')`. */
function connection(name: 'writer' | 'reader', dataSource: Database['writer']): DynamicModule {
  return TypeOrmModule.forRootAsync({
    name,
    useFactory: () => ({ ...dataSource.options, name }),
    dataSourceFactory: async () => dataSource,
  });
}
