import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PaymentsModule } from '../payments/payments.module.js';
import { PoolsModule } from '../pools/pools.module.js';
import './contracts/bond.entity.js';
import './contracts/bond-party.entity.js';
import './contracts/bond-version.entity.js';

/** Outcome-linked bonds: contract, claims, outcome payments, investors. */
@Module({ imports: [LedgerModule, PoolsModule, PaymentsModule] })
export class BondsModule {}
