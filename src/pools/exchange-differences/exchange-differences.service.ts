import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { balanceShares, gainShares } from '../balance-shares.js';
import {
  funderBalances,
  lockPool,
  poolPosition,
  requireCovered,
  requireOpenPeriod,
} from '../pool-position.js';
import { differenceShared } from './exchange-difference.entries.js';

/** What the currencies of payments cost or brought, kept apart until it is shared among the funders. */
@Injectable()
export class ExchangeDifferencesService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Shares the whole difference among the funders, by what each has left without an earmark. Returns the entry's id.
   * @throws stateForbids when there is no difference; insufficientFunds; periodLocked
   */
  async share(tx: Tx, poolId: string): Promise<string> {
    const pool = await lockPool(tx, poolId);
    const { exchangeLoss } = await poolPosition(tx, poolId);
    if (exchangeLoss === 0n) {
      throw new DomainError('stateForbids', 'There is no exchange difference to share.');
    }
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    requireOpenPeriod(pool, today, '');
    const isLoss = exchangeLoss > 0n;
    const amount = isLoss ? exchangeLoss : -exchangeLoss;
    const balances = (await funderBalances(tx, poolId)).filter(({ earmarkId }) => earmarkId === null);
    const total = balances.reduce((sum, { remaining }) => sum + remaining, 0n);
    if (total === 0n || (isLoss && amount > total)) {
      const sentence = `The funders have ${formatMoney(total, pool.currency, 'en-GB')} without restriction: it is shared among that money alone.`;
      throw new DomainError('insufficientFunds', sentence);
    }
    const shares = isLoss ? balanceShares(amount, balances) : gainShares(amount, balances);
    const entryId = await this.ledger.postOne(
      tx,
      differenceShared(pool, { id: newId(), isLoss, occurredOn: today, shares }),
    );
    await requireCovered(tx, poolId);
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'exchangeDifference.shared',
      subject: { kind: 'pool', id: poolId },
      after: { amount: exchangeLoss, shares },
    });
    return entryId;
  }
}
