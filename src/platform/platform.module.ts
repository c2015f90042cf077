import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Logger } from 'pino';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { Sessions } from './auth/sessions.js';
import { Clock } from './clock.js';
import type { Config } from './config/config.js';
import { createDataSource } from './database/data-source.js';
import { Database } from './database/database.js';
import { refuseUnsafeRole } from './database/role-check.js';
import { Postman } from './mail/postman.js';
import { DueWork } from './queue/due-work.js';
import './files/stored-file.entity.js';
import './files/stored-file-part.entity.js';
import { Handlers } from './queue/handlers.js';
import { CONFIG, LOGGER } from './tokens.js';
import './auth/session.entity.js';
import './mail/mail-message.entity.js';

/** Configuration, clock, database and due work, for every room. */
@Module({})
export class PlatformModule {
  static with(config: Config, clock: Clock, logger: Logger): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: Clock, useValue: clock },
        { provide: DataSource, useFactory: () => connect(config, logger.bindings().name as string) },
        Database,
        Sessions,
        Handlers,
        DueWork,
        Postman,
        DatabaseLifetime,
      ],
      exports: [CONFIG, LOGGER, Clock, DataSource, Database, Sessions, Handlers, DueWork, Postman],
    };
  }
}

@Injectable()
class DatabaseLifetime {
  constructor(private readonly source: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

async function connect(config: Config, name: string): Promise<DataSource> {
  const source = createDataSource({
    url: config.database.url,
    applicationName: `tributary ${name}`,
    // Every class marked @Entity that the rooms have brought along.
    entities: getMetadataArgsStorage().tables.map((table) => table.target as new () => object),
    poolSize: config.database.poolSize,
  });
  await source.initialize();
  await refuseUnsafeRole(source);
  return source;
}
