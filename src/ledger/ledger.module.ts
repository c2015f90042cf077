import { Module } from '@nestjs/common';
import './account.entity.js';
import './account-day.entity.js';
import { EntriesController } from './entries.controller.js';
import './journal-entry.entity.js';
import { LedgerService } from './ledger.service.js';
import './posting.entity.js';

/** Double entry, append-only, two books; enforced by the database. */
@Module({ controllers: [EntriesController], providers: [LedgerService], exports: [LedgerService] })
export class LedgerModule {}
