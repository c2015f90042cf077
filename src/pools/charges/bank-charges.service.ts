import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { tell } from '../../platform/outbox/outbox.js';
import { balanceShares, type FunderShare } from '../balance-shares.js';
import {
  funderBalances,
  type LockedPool,
  lockPool,
  requireCovered,
  requireOpenPeriod,
} from '../pool-position.js';
import { amountOf } from '../pools.service.js';
import type { ReverseBankCharge, TakeBankCharge } from './bank-charge.dto.js';
import { chargeTaken } from './bank-charge.entries.js';
import { type BankCharge, readBankCharge } from './bank-charges.read.js';

/** What the bank takes for its services; all who have unrestricted money in the pool bear it. */
@Injectable()
export class BankChargesService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Records a charge as it stands on the bank statement, and shares it among the funders by what each has left
   * without an earmark.
   * @throws ruleBroken, periodLocked or insufficientFunds naming the field; alreadyExists for a bank reference that is
   *   recorded
   */
  async take(tx: Tx, poolId: string, command: TakeBankCharge): Promise<BankCharge> {
    const pool = await lockPool(tx, poolId);
    const amount = amountOf(command.amount, pool.currency, '/amount')!;
    if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'A charge is more than nothing.');
    await this.requireDay(tx, pool, command.takenOn, '/takenOn');
    const shares = await this.shares(tx, pool, amount);
    const id = newId();
    const { bankReference, takenOn, note = '' } = command;
    const entryId = await this.ledger.postOne(
      tx,
      chargeTaken(pool, { id, amount, bankReference, takenOn, shares }),
    );
    await tx.run(
      `INSERT INTO bank_charges (id, coalition_id, pool_id, amount, currency, taken_on, bank_reference, note, entry_id,
         recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, pool.coalitionId, poolId, amount, pool.currency, takenOn, bankReference, note, entryId],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    await requireCovered(tx, poolId);
    const charge = await readBankCharge(tx, id);
    await this.write(tx, charge, 'bankCharge.taken', { after: { ...charge, shares } });
    return charge;
  }

  /**
   * Takes back a charge that was recorded by mistake, once, with a reason, and by somebody else than who recorded it.
   * Those who wait for cash are told.
   * @throws makerIsChecker, stateForbids; ruleBroken or periodLocked naming the date
   */
  async reverse(tx: Tx, bankChargeId: string, command: ReverseBankCharge): Promise<BankCharge> {
    const before = await readBankCharge(tx, bankChargeId);
    const pool = await lockPool(tx, before.poolId);
    const row = await tx.row<{ recordedBy: string | null; reversedAt: Date | null }>(
      `SELECT recorded_by AS "recordedBy", reversed_at AS "reversedAt" FROM bank_charges WHERE id = $1 FOR UPDATE`,
      [bankChargeId],
    );
    if (row?.reversedAt) throw new DomainError('stateForbids', 'This charge is reversed already.');
    if (row?.recordedBy !== null && row?.recordedBy === tx.actor.personId) {
      throw new DomainError('makerIsChecker', 'You recorded this charge, so somebody else must reverse it.');
    }
    if (command.occurredOn < before.takenOn) {
      const sentence = `The charge was taken on ${before.takenOn}: it cannot be reversed before that.`;
      throw fieldError('ruleBroken', '/occurredOn', sentence);
    }
    await this.requireDay(tx, pool, command.occurredOn, '/occurredOn');
    await this.ledger.reverse(tx, before.entryId, command.reason, command.occurredOn);
    await tx.run(
      `UPDATE bank_charges SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = $1`,
      [bankChargeId, tx.actor.personId ?? null, tx.now, command.reason],
    );
    const after = await readBankCharge(tx, bankChargeId);
    await this.write(tx, after, 'bankCharge.reversed', { before, after, reason: command.reason });
    await tell(tx, pool.coalitionId, 'contribution.received', { poolId: pool.id });
    return after;
  }

  private async shares(tx: Tx, pool: LockedPool, amount: bigint): Promise<FunderShare[]> {
    const balances = (await funderBalances(tx, pool.id)).filter(({ earmarkId }) => earmarkId === null);
    const total = balances.reduce((sum, { remaining }) => sum + remaining, 0n);
    if (amount > total) {
      const sentence = `The funders have ${formatMoney(total, pool.currency, 'en-GB')} without restriction: a charge is borne by that money alone.`;
      throw fieldError('insufficientFunds', '/amount', sentence);
    }
    return balanceShares(amount, balances);
  }

  private async requireDay(tx: Tx, pool: LockedPool, on: Day, pointer: string): Promise<void> {
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (on > today) throw fieldError('ruleBroken', pointer, 'This cannot lie in the future.');
    requireOpenPeriod(pool, on, pointer);
  }

  private write(
    tx: Tx,
    { coalitionId, id }: BankCharge,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'bankCharge', id }, ...change });
  }
}
