import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError } from '../../../platform/errors/domain-error.js';
import {
  type BankLineKind,
  MatchesBankLines,
  type NewDocument,
  type NewOne,
  type PartOfLine,
} from '../../../payments/statements/matching/bank-line-kinds.js';
import type { BankLine } from '../../../payments/statements/matching/bank-lines.read.js';
import { candidatesAmong } from '../../../payments/statements/matching/candidates.js';
import { requireRecorded } from '../../../payments/statements/matching/kinds/recorded.js';
import { InvoicesService } from '../invoices.service.js';
import { receiveFrom } from './outcome-invoice-lines.js';

const documents = `
  SELECT r.pool_id, r.id, 'Outcome payment for ' || b.reference || '/' || i.number || ', ' || o.name AS label, r.amount,
    r.received_on AS "on", 'recorded on' AS standing, ARRAY[r.bank_reference, b.reference || '/' || i.number] AS refs,
    NULL::text AS end_to_end_id
  FROM outcome_receipts r JOIN outcome_invoices i ON i.id = r.invoice_id JOIN bonds b ON b.id = i.bond_id
  JOIN bond_parties y ON y.id = i.party_id JOIN organisations o ON o.id = y.organisation_id
  WHERE r.reversed_at IS NULL`;

/** Invoices that are offered as what a line pays in part. */
const MOST = 500;

/** A line may be what a payer of a bond has paid: recorded already, or a part of any invoice that is open. */
@Injectable()
@MatchesBankLines('outcomeReceipt')
export class OutcomeReceiptLines implements BankLineKind {
  readonly direction = 'in';

  constructor(private readonly invoices: InvoicesService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'outcomeReceipt', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'found'> {
    const row = await tx.row<{ amount: bigint }>(
      `SELECT amount FROM outcome_receipts WHERE id = $1 AND pool_id = $2 AND reversed_at IS NULL`,
      [id, part.line.poolId],
    );
    requireRecorded(row, part, 'outcome payment');
    return 'found';
  }

  newOnes(tx: Tx, poolId: string): Promise<NewOne[]> {
    return tx.rows<NewOne>(
      `SELECT i.id AS value, 'Part of outcome invoice ' || b.reference || '/' || i.number || ', ' || o.name AS label
       FROM outcome_invoices i JOIN bonds b ON b.id = i.bond_id JOIN bond_parties y ON y.id = i.party_id
       JOIN organisations o ON o.id = y.organisation_id
       WHERE i.pool_id = $1 AND i.received + i.cancelled < i.amount ORDER BY i.due_on, i.id LIMIT ${MOST}`,
      [poolId],
    );
  }

  record(tx: Tx, part: PartOfLine, { newFor }: NewDocument): Promise<string> {
    if (newFor === undefined)
      throw fieldError('ruleBroken', '/newFor', 'Say of which outcome invoice it is a payment.');
    return receiveFrom(tx, this.invoices, part, newFor);
  }
}
