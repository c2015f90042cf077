import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import './contribution-application.entity.js';
import './contribution.entity.js';
import { ContributionsController } from './contributions.controller.js';
import { ContributionsPages } from './contributions.pages.js';
import { ContributionsService } from './contributions.service.js';
import { LedgerPages } from './ledger.pages.js';
import './pledge-instalment.entity.js';
import './pledge.entity.js';
import { PledgesController } from './pledges.controller.js';
import { PledgesPages } from './pledges.pages.js';
import { PledgesService } from './pledges.service.js';
import './pool.entity.js';
import { PoolsController } from './pools.controller.js';
import { PoolsPages } from './pools.pages.js';
import { PoolsService } from './pools.service.js';
import { ReversalsController } from './reversals.controller.js';
import { ReversalsService } from './reversals.service.js';

/** Money in: pools with their policies, pledges, contributions. */
@Module({
  imports: [LedgerModule],
  controllers: [
    PoolsController,
    PledgesController,
    ContributionsController,
    ReversalsController,
    PoolsPages,
    LedgerPages,
    PledgesPages,
    ContributionsPages,
  ],
  providers: [PoolsService, PledgesService, ContributionsService, ReversalsService],
  exports: [PoolsService, PledgesService, ContributionsService],
})
export class PoolsModule {}
