import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import { AccountModule } from './account/account.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { CoalitionsModule } from './coalitions/coalitions.module.js';
import { ActivitiesModule } from './activities/activities.module.js';
import { DecisionsModule } from './decisions/decisions.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { GoalsModule } from './goals/goals.module.js';
import type { Clock } from './platform/clock.js';
import type { Config } from './platform/config/config.js';
import { migrations } from './migrations/index.js';
import { AuthenticationGuard } from './platform/auth/authentication.guard.js';
import { HealthModule } from './platform/health/health.module.js';
import { AccessGuard } from './platform/http/access.guard.js';
import { CsvInterceptor } from './platform/http/csv.interceptor.js';
import { EtagInterceptor } from './platform/http/etag.interceptor.js';
import { createValidationPipe } from './platform/http/validation.js';
import { PoolsModule } from './pools/pools.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { LearningModule } from './learning/learning.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { BondsModule } from './bonds/bonds.module.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { FinanceReportsModule } from './finance-reports/finance-reports.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { ShellFiguresService } from './overview/shell-figures.service.js';
import { WebModule } from './web/web.module.js';
import { PlatformModule } from './platform/platform.module.js';

/** Every room of the house, in the order in which they may know of each other. */
@Module({})
export class AppModule {
  static with(config: Config, clock: Clock, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, clock, logger),
        HealthModule.with(migrations),
        WebModule.with({ figures: ShellFiguresService, styleGuide: config.environment === 'development' }),
        LedgerModule,
        AccountModule,
        CoalitionsModule,
        NoticesModule,
        DecisionsModule,
        PoolsModule,
        GoalsModule,
        ActivitiesModule,
        GrantsModule,
        PaymentsModule,
        BondsModule,
        ReportingModule,
        LearningModule,
        ExchangeModule,
        FinanceReportsModule,
        OverviewModule,
      ],
      providers: [
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: CsvInterceptor },
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
      ],
    };
  }
}
