import {
  bondProceeds,
  cash,
  expectedOutcomeIncome,
  outcomePaymentsReceivable,
} from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { PoolOfEntry } from '../../pools/pool.entries.js';

export interface IssuedInvoice {
  id: string;
  bondId: string;
  partyId: string;
  /** "CIB-1/7": the bond's reference, and the number of the invoice in it. */
  reference: string;
  amount: bigint;
  issuedOn: Day;
}

/** A payer is asked for its share: outcome payments receivable ‖ expected outcome income. Minor units. */
export const outcomeInvoiced = (pool: PoolOfEntry, invoice: IssuedInvoice): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'outcome.invoiced',
  description: `Outcome invoice ${invoice.reference}`,
  occurredOn: invoice.issuedOn,
  idempotencyKey: `outcomeInvoice:${invoice.id}`,
  document: { kind: 'outcomeInvoice', id: invoice.id },
  legs: [
    debit(outcomePaymentsReceivable(invoice.partyId), invoice.amount),
    credit(expectedOutcomeIncome(invoice.bondId), invoice.amount),
  ],
});

export interface CancelledInvoice extends Omit<IssuedInvoice, 'issuedOn'> {
  cancellationId: string;
  /** What was open, and is not expected any more. */
  amount: bigint;
  occurredOn: Day;
}

/** What is open of an invoice will not come: it comes off the commitment book, expected outcome income ‖ receivable. */
export const outcomeInvoiceCancelled = (pool: PoolOfEntry, cancelled: CancelledInvoice): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'outcome.invoiceCancelled',
  description: `Outcome invoice ${cancelled.reference} cancelled`,
  occurredOn: cancelled.occurredOn,
  idempotencyKey: `outcomeCancellation:${cancelled.cancellationId}`,
  document: { kind: 'outcomeInvoice', id: cancelled.id },
  legs: [
    debit(expectedOutcomeIncome(cancelled.bondId), cancelled.amount),
    credit(outcomePaymentsReceivable(cancelled.partyId), cancelled.amount),
  ],
});

export interface ReceivedOutcomePayment extends Omit<IssuedInvoice, 'issuedOn'> {
  receiptId: string;
  bankReference: string;
  receivedOn: Day;
}

/** An outcome payment arrives: cash ‖ bond proceeds, and what was expected of it comes off the commitment book. */
export const outcomePaymentReceived = (pool: PoolOfEntry, receipt: ReceivedOutcomePayment): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'outcome.received',
  description: `Outcome payment ${receipt.bankReference} for invoice ${receipt.reference}`,
  occurredOn: receipt.receivedOn,
  idempotencyKey: `outcomeReceipt:${receipt.receiptId}`,
  document: { kind: 'outcomeInvoice', id: receipt.id },
  legs: [
    debit(cash(pool.id), receipt.amount),
    credit(bondProceeds(receipt.bondId), receipt.amount),
    debit(expectedOutcomeIncome(receipt.bondId), receipt.amount),
    credit(outcomePaymentsReceivable(receipt.partyId), receipt.amount),
  ],
});
