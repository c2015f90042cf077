import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type GrantRow, readGrant } from '../../grants/grants.read.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { tell } from '../../platform/outbox/outbox.js';
import { type LockedPool, lockPool, requireCovered, requireOpenPeriod } from '../../pools/pool-position.js';
import { amountOf } from '../../pools/pools.service.js';
import type { RecordReturn, ReverseReturn } from './return.dto.js';
import { returnReceived } from './return.entries.js';
import { returnShares, withThePartner } from './return.rules.js';
import { firstPaidOn, type GrantReturn, paidShares, readGrantReturn } from './returns.read.js';

/** Unspent money of a grant comes back, to those whose money it was. */
@Injectable()
export class ReturnsService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Records what a partner gave back, as it stands on the bank statement, and shares it among those whose money paid
   * the grant. Those who wait for cash are told.
   * @throws ruleBroken or periodLocked naming the field; alreadyExists for a bank reference that is recorded
   */
  async record(tx: Tx, grantId: string, command: RecordReturn): Promise<GrantReturn> {
    const grant = await readGrant(tx, grantId);
    const pool = await lockPool(tx, grant.poolId);
    const amount = amountOf(command.amount, pool.currency, '/amount')!;
    const shares = await this.shares(tx, grant, amount);
    const { receivedOn, bankReference, note = '' } = command;
    await this.requireDay(tx, pool, receivedOn, '/receivedOn');
    const paidOn = await firstPaidOn(tx, grantId);
    if (paidOn !== null && receivedOn < paidOn) {
      const sentence = `The grant was first paid on ${paidOn}: nothing of it can come back before that.`;
      throw fieldError('ruleBroken', '/receivedOn', sentence);
    }
    const id = newId();
    const entryId = await this.ledger.postOne(
      tx,
      returnReceived(pool, { id, grant: grant.reference, amount, bankReference, receivedOn, shares }),
    );
    await tx.run(
      `INSERT INTO grant_returns (id, coalition_id, grant_id, pool_id, amount, currency, received_on, bank_reference,
         note, entry_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, pool.coalitionId, grantId, pool.id, amount, pool.currency, receivedOn, bankReference],
        ...[note, entryId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await tell(tx, pool.coalitionId, 'contribution.received', { poolId: pool.id });
    const returned = await readGrantReturn(tx, id);
    await this.write(tx, returned, 'received', { after: { ...returned, shares } });
    return returned;
  }

  /**
   * Takes back a return that was recorded by mistake, once, with a reason, and by somebody else than who recorded it.
   * @throws makerIsChecker, stateForbids; ruleBroken or periodLocked naming the date; insufficientFunds where the money
   *   is spent or promised already
   */
  async reverse(tx: Tx, grantReturnId: string, command: ReverseReturn): Promise<GrantReturn> {
    const { poolId } = await readGrantReturn(tx, grantReturnId);
    const pool = await lockPool(tx, poolId);
    const before = await readGrantReturn(tx, grantReturnId);
    if (before.reversalReason !== null) {
      throw new DomainError('stateForbids', 'This return is reversed already.');
    }
    if (before.recordedById === tx.actor.personId) {
      throw new DomainError('makerIsChecker', 'You recorded this return, so somebody else must reverse it.');
    }
    if (command.occurredOn < before.receivedOn) {
      const sentence = `The money came on ${before.receivedOn}: it cannot be reversed before that.`;
      throw fieldError('ruleBroken', '/occurredOn', sentence);
    }
    await this.requireDay(tx, pool, command.occurredOn, '/occurredOn');
    await this.ledger.reverse(tx, before.entryId, command.reason, command.occurredOn);
    await requireCovered(tx, pool.id);
    await tx.run(
      `UPDATE grant_returns SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = $1`,
      [grantReturnId, tx.actor.personId ?? null, tx.now, command.reason],
    );
    const after = await readGrantReturn(tx, grantReturnId);
    await this.write(tx, after, 'reversed', { before, after, reason: command.reason });
    return after;
  }

  private async shares(tx: Tx, { id, currency }: GrantRow, amount: bigint) {
    if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'A return is more than nothing.');
    const paid = await paidShares(tx, id);
    const most = withThePartner(paid);
    if (amount > most) {
      const money = formatMoney(most, currency, 'en-GB');
      const sentence =
        most === 0n
          ? 'Nothing is with the partner: what was paid of the grant has come back already, or nothing was paid.'
          : `${money} of the grant was paid and has not come back: no more than that can be returned.`;
      throw fieldError('ruleBroken', '/amount', sentence);
    }
    return returnShares(amount, paid);
  }

  private async requireDay(tx: Tx, pool: LockedPool, on: Day, pointer: string): Promise<void> {
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (on > today) throw fieldError('ruleBroken', pointer, 'This cannot lie in the future.');
    requireOpenPeriod(pool, on, pointer);
  }

  /** In the history of the return, and of its grant. */
  private async write(
    tx: Tx,
    { coalitionId, id, grantId, amount, currency }: GrantReturn,
    done: 'received' | 'reversed',
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    await audit(tx, {
      coalitionId,
      action: `grantReturn.${done}`,
      subject: { kind: 'grantReturn', id },
      ...change,
    });
    await audit(tx, {
      coalitionId,
      action: done === 'received' ? 'grant.returnReceived' : 'grant.returnReversed',
      subject: { kind: 'grant', id: grantId },
      after: { grantReturnId: id, amount: formatMoney(amount, currency, 'en-GB') },
      reason: change.reason,
    });
  }
}
