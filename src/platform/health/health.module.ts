import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { KNOWN_MIGRATIONS, Readiness } from './readiness.js';

/** How the installation is: for load balancers, Prometheus and the log. */
@Module({})
export class HealthModule {
  /** @param migrations every one that this program knows, oldest first */
  static with(migrations: readonly { name: string }[]): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        { provide: KNOWN_MIGRATIONS, useValue: migrations.map(({ name }) => name) },
        Readiness,
        Metrics,
      ],
      exports: [Metrics],
    };
  }
}
