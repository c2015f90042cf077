import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { formatAmount, formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { type ApprovalHandler, CarriesOut } from '../approvals/approval-handlers.js';
import { signaturesRequired } from '../approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../approvals/approvals.service.js';
import {
  funderBalances,
  type LockedPool,
  lockPool,
  poolPosition,
  requireOpenPeriod,
} from '../pool-position.js';
import { amountOf, PoolsService } from '../pools.service.js';
import type { AskRefund, PayRefund } from './refund.dto.js';
import { refundPaid } from './refund.entries.js';
import { balanceShares, type FunderShare } from '../balance-shares.js';
import { nameShares } from '../funder-shares.read.js';
import type { NamedShare } from '../funder-shares-card.js';
import { readRefund, type Refund, sharesOfRefund } from './refunds.read.js';

/** Money back to funders, by the pool's policy. */
@Injectable()
@CarriesOut('refund')
export class RefundsService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
    private readonly pools: PoolsService,
  ) {}

  /**
   * What each funder would get of a refund, were it asked for now.
   * @throws ruleBroken or insufficientFunds naming the amount
   */
  async preview(tx: Tx, poolId: string, typed: string): Promise<NamedShare[]> {
    const pool = await lockPool(tx, poolId);
    const amount = amountOf(typed, pool.currency, '/amount')!;
    return nameShares(tx, await this.shares(tx, pool, amount));
  }

  /**
   * Asks for a refund, with the share of each funder in it: what is approved is what is paid. As many others as the
   * pool's tiers say must approve it.
   * @throws as `preview`
   */
  async ask(tx: Tx, poolId: string, command: AskRefund): Promise<Refund> {
    const pool = await lockPool(tx, poolId);
    const amount = amountOf(command.amount, pool.currency, '/amount')!;
    const shares = await nameShares(tx, await this.shares(tx, pool, amount));
    const id = newId();
    const money = (minor: bigint) => formatMoney(minor, pool.currency, 'en-GB');
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: pool.coalitionId,
      poolId,
      subject: { kind: 'refund', id },
      summary: `Refund ${money(amount)} to the funders of ${pool.name}`,
      content: {
        pool: pool.name,
        amount: formatAmount(amount, pool.currency),
        currency: pool.currency,
        reason: command.reason,
        shares: shares.map((share) => ({
          funder: share.funder,
          amount: formatAmount(share.amount, pool.currency),
        })),
      },
      required: signaturesRequired(amount, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO refunds (id, coalition_id, pool_id, amount, currency, reason, state, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8, $9)`,
      [
        ...[id, pool.coalitionId, poolId, amount, pool.currency, command.reason, approvalId],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    await tx.run(
      `INSERT INTO refund_shares (coalition_id, refund_id, funder_id, amount)
       SELECT $1, $2, funder_id, amount FROM unnest($3::uuid[], $4::bigint[]) AS s (funder_id, amount)`,
      [
        ...[pool.coalitionId, id, shares.map(({ funderId }) => funderId)],
        shares.map((share) => share.amount),
      ],
    );
    await this.write(tx, pool.coalitionId, id, 'refund.proposed', { after: { amount, shares } });
    return readRefund(tx, id);
  }

  /** Enough have signed: the money is promised, if it is still there. @throws insufficientFunds */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const refund = await readRefund(tx, approval.subjectId);
    const pool = await lockPool(tx, refund.poolId);
    await this.requireFree(tx, pool, refund.amount);
    await this.setState(tx, refund.id, 'approved');
    await this.write(tx, pool.coalitionId, refund.id, 'refund.approved', {
      after: { approvalId: approval.id },
    });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    await this.setState(tx, approval.subjectId, 'rejected');
    await this.write(tx, approval.coalitionId, approval.subjectId, 'refund.rejected', { reason });
  }

  /**
   * The bank has paid: posts the shares that were approved, each from its funder's balance.
   * @throws stateForbids; ruleBroken or periodLocked naming the day; staleVersion when a funder's balance no longer
   *   reaches for its share; alreadyExists for a bank reference that is recorded
   */
  async pay(tx: Tx, refundId: string, { bankReference, paidOn }: PayRefund): Promise<Refund> {
    const { poolId } = await readRefund(tx, refundId);
    const pool = await lockPool(tx, poolId);
    const refund = await readRefund(tx, refundId);
    if (refund.state !== 'approved') {
      throw new DomainError('stateForbids', `The refund is ${refund.state}. Only an approved one is paid.`);
    }
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (paidOn > today)
      throw fieldError('ruleBroken', '/paidOn', 'A refund cannot have been paid in the future.');
    requireOpenPeriod(pool, paidOn, '/paidOn');
    const shares = await sharesOfRefund(tx, refundId);
    await this.requireBalances(tx, poolId, shares);
    const entry = refundPaid(pool, { id: refundId, amount: refund.amount, bankReference, paidOn, shares });
    const entryId = await this.ledger.postOne(tx, entry);
    await tx.run(
      `UPDATE refunds SET state = 'paid', bank_reference = $2, paid_on = $3, paid_by = $4, entry_id = $5 WHERE id = $1`,
      [refundId, bankReference, paidOn, tx.actor.personId ?? null, entryId],
    );
    await this.write(tx, pool.coalitionId, refundId, 'refund.paid', { after: { bankReference, paidOn } });
    return readRefund(tx, refundId);
  }

  /** Takes back an approved refund that is not paid, for a reason. @throws stateForbids */
  async withdraw(tx: Tx, refundId: string, reason: string): Promise<Refund> {
    const { poolId, coalitionId } = await readRefund(tx, refundId);
    await lockPool(tx, poolId);
    const { state } = await readRefund(tx, refundId);
    if (state !== 'approved') {
      const sentence = `The refund is ${state}. What is not approved yet is taken back at its request.`;
      throw new DomainError('stateForbids', sentence);
    }
    await tx.run(`UPDATE refunds SET state = 'rejected' WHERE id = $1`, [refundId]);
    await this.write(tx, coalitionId, refundId, 'refund.withdrawn', { reason });
    return readRefund(tx, refundId);
  }

  private async shares(tx: Tx, pool: LockedPool, amount: bigint): Promise<FunderShare[]> {
    const { refundPolicy } = await this.pools.get(tx, pool.id);
    if (refundPolicy === 'none') {
      const sentence = 'By its policy this pool gives no refunds. Change the policy first.';
      throw fieldError('ruleBroken', '/amount', sentence);
    }
    if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'A refund is more than nothing.');
    await this.requireFree(tx, pool, amount);
    const balances = (await funderBalances(tx, pool.id)).filter(({ earmarkId }) => earmarkId === null);
    return balanceShares(amount, balances);
  }

  /** Neither the reserve, nor what is approved, nor what grants count on is given back. */
  private async requireFree(tx: Tx, pool: LockedPool, amount: bigint): Promise<void> {
    const { availableToDisburse, availableToCommit } = await poolPosition(tx, pool.id);
    const free = availableToDisburse < availableToCommit ? availableToDisburse : availableToCommit;
    if (amount <= free) return;
    const money = (minor: bigint) => formatMoney(minor, pool.currency, 'en-GB');
    const sentence = `The pool can give back ${money(free)}: the rest is reserved, approved, restricted, or granted.`;
    throw fieldError('insufficientFunds', '/amount', sentence);
  }

  private async requireBalances(tx: Tx, poolId: string, shares: readonly NamedShare[]): Promise<void> {
    const balances = (await funderBalances(tx, poolId)).filter(({ earmarkId }) => earmarkId === null);
    const short = shares.find(
      ({ funderId, amount }) =>
        amount > (balances.find((each) => each.funderId === funderId)?.remaining ?? 0n),
    );
    if (short === undefined) return;
    throw new DomainError(
      'staleVersion',
      `Since it was approved, the balance of ${short.funder} was used for payments. Ask for the refund again.`,
    );
  }

  private async setState(tx: Tx, id: string, state: 'approved' | 'rejected'): Promise<void> {
    await tx.run(`UPDATE refunds SET state = $2 WHERE id = $1 AND state = 'proposed'`, [id, state]);
  }

  private write(
    tx: Tx,
    coalitionId: string,
    id: string,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'refund', id }, ...change });
  }
}
