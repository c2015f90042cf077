import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar, refuseServingBackbone } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { tell } from '../../platform/outbox/outbox.js';
import type { ReceiveContribution, ReverseContribution } from './contribution.dto.js';
import { settledByPledge } from './contribution.rules.js';
import { lockOpenInstalments, saveApplications, undoApplications } from './contribution-applications.js';
import { settle } from './contribution-settling.js';
import { type ContributionRow, readContribution } from './contributions.read.js';
import { feeOnReceipt } from '../fees/fee.rules.js';
import { earmarkIdOf } from '../earmarks.js';
import { readForeignAmount } from '../foreign-amount.js';
import { contributionReceived, feeCharged } from '../pool.entries.js';
import { type LockedPool, lockPool, requireCovered, requireOpenPeriod } from '../pool-position.js';
import { amountOf } from '../pools.service.js';

@Injectable()
export class ContributionsService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Records money that arrived: applies it to the funder's open pledge instalments, oldest due first, posts it, and
   * charges the host's fee as an entry of its own. What exceeds the pledges is an overpayment and stays in the pool.
   * Those who wait for cash are told.
   * @throws ruleBroken naming the field; alreadyExists for a bank reference that is recorded; periodLocked
   */
  async receive(tx: Tx, poolId: string, command: ReceiveContribution): Promise<ContributionRow> {
    const pool = await lockPool(tx, poolId);
    const amount = await this.requireSensible(tx, pool, command);
    const paid = readForeignAmount(pool.currency, command);
    const id = newId();
    const { funderId, receivedOn, bankReference } = command;
    const { applications, earmark } = await settle(
      tx,
      pool,
      await lockOpenInstalments(tx, pool.id, funderId, command.pledgeId),
      {
        tenders: [...(paid ? [paid] : []), { currency: pool.currency, amount }],
        said: earmarkIdOf(command) === null ? undefined : command,
        chosen: command.settles,
      },
    );
    const fee = feeOnReceipt(amount, pool);
    const earmarkId = earmarkIdOf(earmark);

    const received = contributionReceived(pool, {
      ...{ id, funderId, amount, bankReference, receivedOn, earmarkId },
      settled: settledByPledge(applications),
    });
    const charged = feeCharged(pool, {
      ...{ contributionId: id, funderId, earmarkId, bankReference },
      ...{ hostId: pool.feeHostId ?? '', amount: fee, chargedOn: receivedOn },
    });
    const [entryId] = await this.ledger.post(tx, fee > 0n ? [received, charged] : [received]);
    await tx.run(
      `INSERT INTO contributions (id, coalition_id, pool_id, funder_id, amount, currency, fee, received_on,
         bank_reference, earmark_goal_id, earmark_grant_id, paid_amount, paid_currency, entry_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        ...[id, pool.coalitionId, poolId, funderId, amount, pool.currency, fee, receivedOn, bankReference],
        ...[earmark.earmarkGoalId ?? null, earmark.earmarkGrantId ?? null],
        ...[paid?.amount ?? null, paid?.currency ?? null],
        ...[entryId!, tx.actor.personId ?? null, tx.now],
      ],
    );
    await saveApplications(tx, pool.coalitionId, id, applications);
    const contribution = await readContribution(tx, id);
    const subject = { kind: 'contribution', id };
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'contribution.received',
      subject,
      after: contribution,
    });
    await tell(tx, pool.coalitionId, 'contribution.received', { poolId, contributionId: id });
    return contribution;
  }

  /**
   * Takes back a contribution that was recorded by mistake: reverses its entries, and opens again the instalments it
   * settled. Once, with a reason, and by somebody else than who recorded it.
   * @throws makerIsChecker, stateForbids; ruleBroken or periodLocked naming the date; insufficientFunds when the money
   *   has been paid out since, or approved payments or grants count on it
   */
  async reverse(tx: Tx, contributionId: string, command: ReverseContribution): Promise<ContributionRow> {
    const before = await readContribution(tx, contributionId);
    const pool = await lockPool(tx, before.poolId);
    const row = await tx.row<{ recordedBy: string | null; reversedAt: Date | null }>(
      `SELECT recorded_by AS "recordedBy", reversed_at AS "reversedAt" FROM contributions WHERE id = $1 FOR UPDATE`,
      [contributionId],
    );
    if (row?.reversedAt) throw new DomainError('stateForbids', 'This contribution is reversed already.');
    if (row?.recordedBy !== null && row?.recordedBy === tx.actor.personId) {
      throw new DomainError(
        'makerIsChecker',
        'You recorded this contribution, so somebody else must reverse it.',
      );
    }
    await this.requireReversalDate(tx, pool, before, command.occurredOn);
    const entries = await tx.rows<{ id: string }>(
      `SELECT id FROM journal_entries WHERE document_id = $1 AND reverses_id IS NULL
       ORDER BY kind <> 'fee.charged', id`,
      [contributionId],
    );
    // The fee first: it was taken from what the contribution brought. Then as they came: what it settled at first is
    // open again before that is applied elsewhere.
    for (const { id } of entries) await this.ledger.reverse(tx, id, command.reason, command.occurredOn);
    await undoApplications(tx, contributionId);
    await tx.run(
      `UPDATE contributions SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = $1`,
      [contributionId, tx.actor.personId ?? null, tx.now, command.reason],
    );
    await requireCovered(tx, pool.id);
    const after = await readContribution(tx, contributionId);
    const subject = { kind: 'contribution', id: contributionId };
    const { coalitionId } = pool;
    await audit(tx, {
      coalitionId,
      action: 'contribution.reversed',
      subject,
      before,
      after,
      reason: command.reason,
    });
    return after;
  }

  private async requireSensible(tx: Tx, pool: LockedPool, command: ReceiveContribution): Promise<bigint> {
    if (command.currency !== undefined && command.currency !== pool.currency) {
      const sentence = `The pool is in ${pool.currency}: record what arrived on its account in ${pool.currency}.`;
      throw fieldError('ruleBroken', '/currency', sentence);
    }
    const amount = amountOf(command.amount, pool.currency, '/amount')!;
    if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'A contribution is more than nothing.');
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (command.receivedOn > today) {
      throw fieldError('ruleBroken', '/receivedOn', 'Money cannot have been received in the future.');
    }
    requireOpenPeriod(pool, command.receivedOn, '/receivedOn');
    await refuseServingBackbone(tx, pool.coalitionId, command.funderId, '/funderId');
    return amount;
  }

  private async requireReversalDate(
    tx: Tx,
    pool: LockedPool,
    { receivedOn }: ContributionRow,
    on: Day,
  ): Promise<void> {
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (on > today) throw fieldError('ruleBroken', '/occurredOn', 'A reversal cannot lie in the future.');
    if (on < receivedOn) {
      const sentence = `The contribution was received on ${receivedOn}: it cannot be reversed before that.`;
      throw fieldError('ruleBroken', '/occurredOn', sentence);
    }
    requireOpenPeriod(pool, on, '/occurredOn');
  }
}
