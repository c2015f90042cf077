import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { LedgerService } from '../../ledger/ledger.service.js';
import { addDays, type Day } from '../../maths/day.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import type { LockedPool } from '../../pools/pool-position.js';
import { amountOf } from '../../pools/pools.service.js';
import type { Bond } from '../contracts/bonds.read.js';
import { requireBondCovered } from '../investors/bond-till.js';
import { requirePastDay, requireReversible } from '../reversing.js';
import type { RecordReceipt, ReverseReceipt } from './invoice.dto.js';
import { outcomeInvoiced, outcomePaymentReceived } from './invoice.entries.js';
import { type InvoiceSource, openOf, requireReceivable } from './invoice.rules.js';
import { lockInvoice } from './lock-invoice.js';
import { type OutcomeReceipt, readReceipt } from './invoices.read.js';
import { callOffReminders, planReminders } from '../reminders/plan-reminders.js';

/** What payers of a bond are asked for, all at once. */
export interface InvoicesToIssue {
  source: InvoiceSource;
  issuedOn: Day;
  dueAfterDays: number;
  /** Minor units; parties that owe nothing are left out. */
  shares: readonly { partyId: string; amount: bigint }[];
}

/** What payers owe for outcomes, and what comes of it. */
@Injectable()
export class InvoicesService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Issues an invoice to each payer, in the transaction of what it is for. Whoever calls holds the bond and its pool
   * (`lockBond`), and has worked out the shares within all caps. Returns the ids.
   * @throws periodLocked
   */
  async issue(tx: Tx, bond: Bond, pool: LockedPool, toIssue: InvoicesToIssue): Promise<string[]> {
    const { source, issuedOn, dueAfterDays } = toIssue;
    const first = await this.nextNumber(tx, bond.id);
    const invoices = toIssue.shares
      .filter(({ amount }) => amount > 0n)
      .map((share, index) => ({ ...share, id: newId(), number: first + index }));
    const entries = invoices.map(({ id, partyId, amount, number }) =>
      outcomeInvoiced(pool, {
        ...{ id, partyId, amount, issuedOn },
        bondId: bond.id,
        reference: `${bond.reference}/${number}`,
      }),
    );
    const entryIds = await this.ledger.post(tx, entries);
    await tx.run(
      `INSERT INTO outcome_invoices (id, coalition_id, bond_id, pool_id, party_id, number, source_kind, source_id, amount,
         currency, issued_on, due_on, entry_id, issued_by, issued_at)
       SELECT id, $2, $3, $4, party_id, number, $5, $6, amount, $7, $8, $9, entry_id, $10, $11
       FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, party_id uuid, number int, amount bigint, entry_id uuid)`,
      [
        JSON.stringify(
          invoices.map(({ id, partyId, number, amount }, index) => ({
            ...{ id, number, party_id: partyId, amount: amount.toString(), entry_id: entryIds[index] },
          })),
        ),
        ...[bond.coalitionId, bond.id, pool.id, source.kind, source.id, bond.currency],
        ...[issuedOn, addDays(issuedOn, dueAfterDays), tx.actor.personId ?? null, tx.now],
      ],
    );
    const ids = invoices.map(({ id }) => id);
    await planReminders(tx, bond.coalitionId, 'outcomeInvoice', ids);
    for (const { id, amount } of invoices)
      await this.write(tx, { id, coalitionId: bond.coalitionId }, 'outcomeInvoice.issued', {
        after: { amount, source },
      });
    return ids;
  }

  /**
   * Records what a payer has paid of an invoice, whole or in part.
   * @throws ruleBroken or periodLocked naming the field; alreadyExists for a bank reference that is recorded for it
   */
  async receive(tx: Tx, invoiceId: string, command: RecordReceipt): Promise<OutcomeReceipt> {
    const { pool, invoice } = await lockInvoice(tx, invoiceId);
    const amount = amountOf(command.amount, invoice.currency, '/amount')!;
    requireReceivable(invoice, amount);
    await requirePastDay(tx, pool, command.receivedOn, '/receivedOn');
    const id = newId();
    const { bankReference, receivedOn } = command;
    const { bondId, partyId, reference } = invoice;
    const entryId = await this.ledger.postOne(
      tx,
      outcomePaymentReceived(pool, {
        ...{ id: invoice.id, receiptId: id, bondId, partyId, reference, amount, bankReference, receivedOn },
      }),
    );
    await tx.run(
      `INSERT INTO outcome_receipts (id, coalition_id, invoice_id, pool_id, amount, currency, received_on, bank_reference,
         entry_id, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, invoice.coalitionId, invoiceId, pool.id, amount, invoice.currency, receivedOn, bankReference],
        ...[entryId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await tx.run(`UPDATE outcome_invoices SET received = received + $2 WHERE id = $1`, [invoiceId, amount]);
    if (amount === openOf(invoice))
      await callOffReminders(tx, 'outcomeInvoice', invoiceId, 'it has been paid');
    const receipt = await readReceipt(tx, id);
    await this.write(tx, invoice, 'outcomeInvoice.paid', { after: receipt });
    return receipt;
  }

  /**
   * Takes back a receipt that was recorded by mistake, once, with a reason, and by somebody else than who recorded it:
   * what it paid is open again. Refused where the bond has spent the money.
   * @throws makerIsChecker, stateForbids, insufficientFunds; ruleBroken or periodLocked naming the date
   */
  async reverse(tx: Tx, receiptId: string, command: ReverseReceipt): Promise<OutcomeReceipt> {
    const before = await readReceipt(tx, receiptId);
    const { pool, invoice } = await lockInvoice(tx, before.invoiceId);
    const recorded = await tx.row<{ recordedBy: string | null; reversedAt: Date | null }>(
      `SELECT recorded_by AS "recordedBy", reversed_at AS "reversedAt" FROM outcome_receipts WHERE id = $1 FOR UPDATE`,
      [receiptId],
    );
    const { occurredOn, reason } = command;
    await requireReversible(tx, pool, 'receipt', { ...recorded!, on: before.receivedOn }, occurredOn);
    await this.ledger.reverse(tx, before.entryId, reason, occurredOn);
    await tx.run(
      `UPDATE outcome_receipts SET reversed_by = $2, reversed_at = $3, reversal_reason = $4 WHERE id = $1`,
      [receiptId, tx.actor.personId ?? null, tx.now, reason],
    );
    await tx.run(`UPDATE outcome_invoices SET received = received - $2 WHERE id = $1`, [
      invoice.id,
      before.amount,
    ]);
    await requireBondCovered(tx, invoice.bondId);
    await planReminders(tx, invoice.coalitionId, 'outcomeInvoice', [invoice.id]);
    const after = await readReceipt(tx, receiptId);
    await this.write(tx, invoice, 'outcomeInvoice.receiptReversed', { before, after, reason });
    return after;
  }

  private async nextNumber(tx: Tx, bondId: string): Promise<number> {
    const row = await tx.row<{ next: number }>(
      `SELECT coalesce(max(number), 0) + 1 AS next FROM outcome_invoices WHERE bond_id = $1`,
      [bondId],
    );
    return row!.next;
  }

  private write(
    tx: Tx,
    { id, coalitionId }: { id: string; coalitionId: string },
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'outcomeInvoice', id }, ...change });
  }
}
