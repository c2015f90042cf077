import { Injectable } from '@nestjs/common';
import { formatAmount } from '../../../maths/money.js';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError } from '../../../platform/errors/domain-error.js';
import {
  type BankLineKind,
  type BecameAnother,
  MatchesBankLines,
  type PartOfLine,
} from '../../../payments/statements/matching/bank-line-kinds.js';
import type { BankLine } from '../../../payments/statements/matching/bank-lines.read.js';
import { candidatesAmong } from '../../../payments/statements/matching/candidates.js';
import { InvoicesService } from '../invoices.service.js';

const documents = `
  SELECT i.pool_id, i.id, 'Outcome invoice ' || b.reference || '/' || i.number || ', ' || o.name AS label,
    i.amount - i.received - i.cancelled AS amount, i.due_on AS "on", 'open, due' AS standing,
    ARRAY[b.reference || '/' || i.number] AS refs, NULL::text AS end_to_end_id
  FROM outcome_invoices i JOIN bonds b ON b.id = i.bond_id JOIN bond_parties y ON y.id = i.party_id
  JOIN organisations o ON o.id = y.organisation_id WHERE i.received + i.cancelled < i.amount`;

/**
 * A line may be what a payer of a bond pays of an invoice that is open. It becomes a receipt: an invoice may be paid in
 * several parts, and each line is one of them.
 */
@Injectable()
@MatchesBankLines('outcomeInvoice')
export class OutcomeInvoiceLines implements BankLineKind {
  readonly direction = 'in';

  constructor(private readonly invoices: InvoicesService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'outcomeInvoice', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<BecameAnother> {
    return { kind: 'outcomeReceipt', id: await receiveFrom(tx, this.invoices, part, id) };
  }
}

/** Records a part of a line as paid of an invoice of its pool. Returns the receipt. @throws ruleBroken naming `/id` */
export async function receiveFrom(
  tx: Tx,
  invoices: InvoicesService,
  { line, amount, bookedOn, reference }: PartOfLine,
  invoiceId: string,
): Promise<string> {
  const invoice = await tx.row(`SELECT id FROM outcome_invoices WHERE id = $1 AND pool_id = $2`, [
    invoiceId,
    line.poolId,
  ]);
  if (!invoice) throw fieldError('ruleBroken', '/id', 'Choose an outcome invoice of this pool.');
  const { id } = await invoices.receive(tx, invoiceId, {
    amount: formatAmount(amount, line.currency),
    receivedOn: bookedOn,
    bankReference: reference,
  });
  return id;
}
