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
import { lockPool, requireOpenPeriod } from '../pool-position.js';
import { amountOf } from '../pools.service.js';
import type { AskFeePayment, PayFee } from './fee-payment.dto.js';
import { feePaid } from './fee-payment.entries.js';
import { type FeePayment, type OwedFees, owedFees, readFeePayment } from './fee-payments.read.js';

/** Fees paid to the host: asked for by one person, approved by others, then recorded as paid. */
@Injectable()
@CarriesOut('feePayment')
export class FeePaymentsService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
  ) {}

  /**
   * Asks to pay a host what it is owed, or a part of it. Never more than is owed and not asked for yet.
   * @throws ruleBroken naming the amount
   */
  async ask(tx: Tx, poolId: string, command: AskFeePayment): Promise<FeePayment> {
    const pool = await lockPool(tx, poolId);
    const { hostId } = command;
    const owed = await this.requireOwed(tx, poolId, hostId);
    const amount = amountOf(command.amount, pool.currency, '/amount') ?? owed.unasked;
    const money = (minor: bigint) => formatMoney(minor, pool.currency, 'en-GB');
    if (amount <= 0n || amount > owed.unasked) {
      const sentence = `${owed.host} is owed ${money(owed.unasked)} that nobody has asked to pay yet.`;
      throw fieldError('ruleBroken', '/amount', sentence);
    }
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: pool.coalitionId,
      poolId,
      subject: { kind: 'feePayment', id },
      summary: `Pay ${money(amount)} of fees to ${owed.host}`,
      content: {
        pool: pool.name,
        host: owed.host,
        hostId,
        amount: formatAmount(amount, pool.currency),
        currency: pool.currency,
      },
      required: signaturesRequired(amount, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO fee_payments (id, coalition_id, pool_id, host_id, amount, currency, state, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8, $9)`,
      [
        ...[id, pool.coalitionId, poolId, hostId, amount, pool.currency, approvalId],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    await this.write(tx, pool.coalitionId, id, 'feePayment.proposed', { after: { amount, hostId } });
    return readFeePayment(tx, id);
  }

  /** Enough have signed: it can be paid. @throws stateForbids when less is owed than was asked for */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const payment = await readFeePayment(tx, approval.subjectId);
    await lockPool(tx, payment.poolId);
    await this.requireStillOwed(tx, payment);
    await this.setState(tx, payment.id, 'approved');
    await this.write(tx, payment.coalitionId, payment.id, 'feePayment.approved', {
      after: { approvalId: approval.id },
    });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    await this.setState(tx, approval.subjectId, 'rejected');
    await this.write(tx, approval.coalitionId, approval.subjectId, 'feePayment.rejected', { reason });
  }

  /**
   * The bank has paid: what is owed to the host becomes less.
   * @throws stateForbids; ruleBroken or periodLocked naming the day; alreadyExists for a bank reference that is recorded
   */
  async pay(tx: Tx, feePaymentId: string, { bankReference, paidOn }: PayFee): Promise<FeePayment> {
    const { poolId } = await readFeePayment(tx, feePaymentId);
    const pool = await lockPool(tx, poolId);
    const payment = await readFeePayment(tx, feePaymentId);
    if (payment.state !== 'approved') {
      throw new DomainError('stateForbids', `The payment is ${payment.state}. Only an approved one is paid.`);
    }
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (paidOn > today)
      throw fieldError('ruleBroken', '/paidOn', 'A fee cannot have been paid in the future.');
    requireOpenPeriod(pool, paidOn, '/paidOn');
    await this.requireStillOwed(tx, payment);
    const { hostId, amount } = payment;
    const entryId = await this.ledger.postOne(
      tx,
      feePaid(pool, { id: feePaymentId, hostId, amount, bankReference, paidOn }),
    );
    await tx.run(
      `UPDATE fee_payments SET state = 'paid', bank_reference = $2, paid_on = $3, paid_by = $4, entry_id = $5 WHERE id = $1`,
      [feePaymentId, bankReference, paidOn, tx.actor.personId ?? null, entryId],
    );
    await this.write(tx, pool.coalitionId, feePaymentId, 'feePayment.paid', {
      after: { bankReference, paidOn },
    });
    return readFeePayment(tx, feePaymentId);
  }

  private async requireOwed(tx: Tx, poolId: string, hostId: string): Promise<OwedFees> {
    const owed = (await owedFees(tx, poolId)).find((each) => each.hostId === hostId);
    if (!owed) throw new DomainError('stateForbids', 'This organisation is owed no fee by the pool.');
    return owed;
  }

  /** A contribution may have been reversed since, and its fee with it. */
  private async requireStillOwed(tx: Tx, { poolId, hostId, amount }: FeePayment): Promise<void> {
    const { owed, host } = await this.requireOwed(tx, poolId, hostId);
    if (amount > owed)
      throw new DomainError('stateForbids', `${host} is owed less than this by now. Ask for it again.`);
  }

  private async setState(tx: Tx, id: string, state: 'approved' | 'rejected'): Promise<void> {
    await tx.run(`UPDATE fee_payments SET state = $2 WHERE id = $1 AND state = 'proposed'`, [id, state]);
  }

  private write(
    tx: Tx,
    coalitionId: string,
    id: string,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'feePayment', id }, ...change });
  }
}
