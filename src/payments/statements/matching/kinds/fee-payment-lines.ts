import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/database/tx.js';
import { FeePaymentsService } from '../../../../pools/fees/fee-payments.service.js';
import { type BankLineKind, MatchesBankLines, type PartOfLine } from '../bank-line-kinds.js';
import type { BankLine, MatchedPart } from '../bank-lines.read.js';
import { candidatesAmong } from '../candidates.js';
import { requireRecorded } from './recorded.js';

const documents = `
  SELECT f.pool_id, f.id, 'Fees to ' || o.name AS label, -f.amount AS amount,
    coalesce(f.paid_on, a.ended_at::date, f.made_at::date) AS "on",
    CASE f.state WHEN 'paid' THEN 'recorded as paid on' ELSE 'approved on' END AS standing,
    ARRAY[f.bank_reference] AS refs, NULL::text AS end_to_end_id
  FROM fee_payments f JOIN organisations o ON o.id = f.host_id JOIN approvals a ON a.id = f.approval_id
  WHERE f.state IN ('approved', 'paid')`;

/** A line may be fees paid to the host: it pays what is approved, or shows what is recorded. */
@Injectable()
@MatchesBankLines('feePayment')
export class FeePaymentLines implements BankLineKind {
  readonly direction = 'out';

  constructor(private readonly payments: FeePaymentsService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'feePayment', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'posted' | 'found'> {
    const row = await tx.row<{ amount: bigint; state: string }>(
      `SELECT amount, state FROM fee_payments WHERE id = $1 AND pool_id = $2`,
      [id, part.line.poolId],
    );
    const { state } = requireRecorded(row, part, 'payment of fees');
    if (state === 'paid') return 'found';
    await this.payments.pay(tx, id, { bankReference: part.reference, paidOn: part.bookedOn });
    return 'posted';
  }

  whyItStands({ posted }: MatchedPart): string | null {
    return posted ? 'The line paid the host its fees: that stands in the ledger.' : null;
  }
}
