import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { LedgerService } from '../../../ledger/ledger.service.js';
import { formatAmount, formatMoney } from '../../../maths/money.js';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { type ApprovalHandler, CarriesOut } from '../../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../../pools/approvals/approvals.service.js';
import { callOffReminders } from '../../reminders/plan-reminders.js';
import { requirePastDay } from '../../reversing.js';
import { outcomeInvoiceCancelled } from '../invoice.entries.js';
import { openOf, requireCancellable } from '../invoice.rules.js';
import { lockInvoice } from '../lock-invoice.js';
import type { OutcomeInvoice } from '../invoices.read.js';
import type { CancelOutcomeInvoice } from './cancellation.dto.js';
import { lastMoveOfInvoice, type OutcomeCancellation, readCancellation } from './cancellations.read.js';

/**
 * What is open of an invoice and will not come is cancelled: asked for by one, approved by others. The promise is taken
 * off the commitment book; what has come stays. It gives back no room under any cap, because the outcomes were verified
 * and counted, whoever pays for them.
 */
@Injectable()
@CarriesOut('outcomeCancellation')
export class CancellationsService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
  ) {}

  /**
   * Asks to cancel all that is open of an invoice. As many others as the pool's tiers say must approve it.
   * @throws stateForbids when nothing is open, or a cancellation waits already; ruleBroken or periodLocked naming the day
   */
  async ask(tx: Tx, invoiceId: string, command: CancelOutcomeInvoice): Promise<OutcomeCancellation> {
    const { pool, invoice } = await lockInvoice(tx, invoiceId);
    const { occurredOn, reason } = command;
    await this.requireNoneWaits(tx, invoiceId);
    requireCancellable(invoice, occurredOn, await lastMoveOfInvoice(tx, invoiceId));
    await requirePastDay(tx, pool, occurredOn, '/occurredOn');
    const amount = openOf(invoice);
    const { currency } = invoice;
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: invoice.coalitionId,
      poolId: pool.id,
      subject: { kind: 'outcomeCancellation', id },
      summary: `Cancel ${formatMoney(amount, currency, 'en-GB')} of outcome invoice ${invoice.reference} to ${invoice.payer}`,
      content: {
        invoiceId,
        invoice: invoice.reference,
        payer: invoice.payer,
        payerId: invoice.payerId,
        invoiced: formatAmount(invoice.amount, currency),
        received: formatAmount(invoice.received, currency),
        toCancel: formatAmount(amount, currency),
        ...{ currency, occurredOn, reason },
      },
      required: signaturesRequired(amount, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO outcome_cancellations (id, coalition_id, invoice_id, pool_id, amount, currency, occurred_on, reason,
         state, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10, $11)`,
      [
        ...[id, invoice.coalitionId, invoiceId, pool.id, amount, currency, occurredOn, reason],
        ...[approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    const cancellation = await readCancellation(tx, id);
    await this.write(tx, invoice, 'outcomeInvoice.cancellationProposed', { after: cancellation, reason });
    return cancellation;
  }

  /**
   * Enough have signed: the open part is cancelled, if it is still what was approved.
   * @throws staleVersion when something has come, or was taken back, since; ruleBroken or periodLocked for the day
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const { id, invoiceId, amount, occurredOn, reason } = await readCancellation(tx, approval.subjectId);
    const { pool, invoice } = await lockInvoice(tx, invoiceId);
    if (openOf(invoice) !== amount) {
      const sentence = `Since this was asked for, what is open of the invoice has become ${formatMoney(openOf(invoice), invoice.currency, 'en-GB')}. Ask for it again.`;
      throw new DomainError('staleVersion', sentence);
    }
    requireCancellable(invoice, occurredOn, await lastMoveOfInvoice(tx, invoiceId));
    await requirePastDay(tx, pool, occurredOn, '/occurredOn');
    const { bondId, partyId, reference } = invoice;
    const entryId = await this.ledger.postOne(
      tx,
      outcomeInvoiceCancelled(pool, {
        ...{ id: invoiceId, cancellationId: id, bondId, partyId, reference, amount, occurredOn },
      }),
    );
    await tx.run(`UPDATE outcome_cancellations SET state = 'approved', entry_id = $2 WHERE id = $1`, [
      id,
      entryId,
    ]);
    await tx.run(`UPDATE outcome_invoices SET cancelled = cancelled + $2 WHERE id = $1`, [invoiceId, amount]);
    await callOffReminders(tx, 'outcomeInvoice', invoiceId, 'it has been cancelled');
    await this.write(tx, invoice, 'outcomeInvoice.cancelled', { after: { amount, occurredOn }, reason });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const { id, invoiceId } = await readCancellation(tx, approval.subjectId);
    const { invoice } = await lockInvoice(tx, invoiceId);
    await tx.run(`UPDATE outcome_cancellations SET state = 'rejected' WHERE id = $1 AND state = 'proposed'`, [
      id,
    ]);
    await this.write(tx, invoice, 'outcomeInvoice.cancellationRejected', { reason });
  }

  /** Whoever asks twice would have two agree on one amount. The invoice is locked. */
  private async requireNoneWaits(tx: Tx, invoiceId: string): Promise<void> {
    const waiting = await tx.row(
      `SELECT id FROM outcome_cancellations WHERE invoice_id = $1 AND state = 'proposed'`,
      [invoiceId],
    );
    if (waiting) throw new DomainError('stateForbids', 'A cancellation of this invoice waits for approval.');
  }

  private write(
    tx: Tx,
    { id, coalitionId }: OutcomeInvoice,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'outcomeInvoice', id }, ...change });
  }
}
