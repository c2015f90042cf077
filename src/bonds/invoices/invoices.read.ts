import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, ListQuery, type Page } from '../../platform/http/list.js';
import { CalendarDay, Choice, Id } from '../../platform/http/fields.js';
import { type InvoiceSource, type InvoiceState, invoiceStates } from './invoice.rules.js';

/** An invoice to a payer of a bond. Minor units of the bond's currency. */
export interface OutcomeInvoice {
  id: string;
  coalitionId: string;
  poolId: string;
  bondId: string;
  partyId: string;
  payer: string;
  payerId: string;
  /** "CIB-1/7". */
  reference: string;
  sourceKind: InvoiceSource['kind'];
  sourceId: string;
  amount: bigint;
  received: bigint;
  /** What was open once, and is not expected any more. */
  cancelled: bigint;
  currency: string;
  state: InvoiceState;
  issuedOn: Day;
  dueOn: Day;
  entryId: string;
}

const state = `CASE WHEN i.received + i.cancelled < i.amount THEN CASE WHEN i.received = 0 THEN 'issued' ELSE 'partlyPaid' END
    WHEN i.cancelled > 0 THEN 'cancelled' ELSE 'paid' END`;

const invoices = `
  SELECT i.id, i.coalition_id AS "coalitionId", i.pool_id AS "poolId", i.bond_id AS "bondId", i.party_id AS "partyId",
    o.name AS payer, o.id AS "payerId", b.reference || '/' || i.number AS reference, i.source_kind AS "sourceKind",
    i.source_id AS "sourceId", i.amount, i.received, i.cancelled, i.currency, ${state} AS state, i.issued_on AS "issuedOn",
    i.due_on AS "dueOn", i.entry_id AS "entryId"
  FROM outcome_invoices i JOIN bonds b ON b.id = i.bond_id JOIN bond_parties y ON y.id = i.party_id
  JOIN organisations o ON o.id = y.organisation_id`;

/** @throws notFound */
export async function readInvoice(tx: Tx, invoiceId: string): Promise<OutcomeInvoice> {
  const invoice = await tx.row<OutcomeInvoice>(`${invoices} WHERE i.id = $1`, [invoiceId]);
  if (!invoice) throw notFound('invoice');
  return invoice;
}

/** Those that were issued for a claim. */
export const invoicesOfClaim = (tx: Tx, claimId: string): Promise<OutcomeInvoice[]> =>
  tx.rows<OutcomeInvoice>(
    `${invoices} WHERE i.source_kind = 'claim' AND i.source_id = $1 ORDER BY i.number`,
    [claimId],
  );

export class InvoiceQuery extends ListQuery {
  @Choice(invoiceStates, { optional: true }) state?: InvoiceState;
  @Id({ optional: true, description: 'Of one payer' }) payerId?: string;
  @CalendarDay({ optional: true, description: 'Due by this day' }) dueBy?: string;
}

export const listInvoices = (tx: Tx, bondId: string, query: InvoiceQuery): Promise<Page<OutcomeInvoice>> =>
  listPage<OutcomeInvoice>(
    tx,
    {
      sql: `${invoices} WHERE i.bond_id = $1 AND ($2::text IS NULL OR ${state} = $2) AND ($3::uuid IS NULL OR o.id = $3)
        AND ($4::date IS NULL OR i.due_on <= $4)`,
      parameters: [bondId, query.state ?? null, query.payerId ?? null, query.dueBy ?? null],
      sorts: {
        issuedOn: { column: '"issuedOn"', type: 'date' },
        dueOn: { column: '"dueOn"', type: 'date' },
        amount: { column: 'amount', type: 'bigint' },
        payer: { column: 'payer', type: 'text' },
      },
      defaultSort: '-issuedOn',
    },
    query,
  );

/** What came of an invoice. */
export interface OutcomeReceipt {
  id: string;
  invoiceId: string;
  amount: bigint;
  currency: string;
  receivedOn: Day;
  bankReference: string;
  entryId: string;
  recordedById: string | null;
  recordedBy: string | null;
  recordedAt: Date;
  reversalReason: string | null;
}

const receipts = `
  SELECT r.id, r.invoice_id AS "invoiceId", r.amount, r.currency, r.received_on AS "receivedOn",
    r.bank_reference AS "bankReference", r.entry_id AS "entryId", r.recorded_by AS "recordedById", p.name AS "recordedBy", r.recorded_at AS "recordedAt",
    r.reversal_reason AS "reversalReason"
  FROM outcome_receipts r LEFT JOIN persons p ON p.id = r.recorded_by`;

/** @throws notFound */
export async function readReceipt(tx: Tx, receiptId: string): Promise<OutcomeReceipt> {
  const receipt = await tx.row<OutcomeReceipt>(`${receipts} WHERE r.id = $1`, [receiptId]);
  if (!receipt) throw notFound('receipt');
  return receipt;
}

export const receiptsOf = (tx: Tx, invoiceId: string): Promise<OutcomeReceipt[]> =>
  tx.rows<OutcomeReceipt>(`${receipts} WHERE r.invoice_id = $1 ORDER BY r.received_on, r.id`, [invoiceId]);
