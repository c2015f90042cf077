import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ContributionsController } from './contributions.controller.js';
import { ContributionsService } from './contributions.service.js';
import { PledgesController } from './pledges.controller.js';
import { PledgesService } from './pledges.service.js';
import { PoolsController } from './pools.controller.js';
import { PoolsService } from './pools.service.js';

@Module({
  imports: [LedgerModule],
  controllers: [PoolsController, PledgesController, ContributionsController],
  providers: [PoolsService, PledgesService, ContributionsService],
  exports: [PoolsService, PledgesService, ContributionsService],
})
export class PoolsModule {}
