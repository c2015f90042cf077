import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/database/tx.js';
import { RefundsService } from '../../../../pools/refunds/refunds.service.js';
import { type BankLineKind, MatchesBankLines, type PartOfLine } from '../bank-line-kinds.js';
import type { BankLine, MatchedPart } from '../bank-lines.read.js';
import { candidatesAmong } from '../candidates.js';
import { requireRecorded } from './recorded.js';

const documents = `
  SELECT r.pool_id, r.id, 'Refund: ' || r.reason AS label, -r.amount AS amount,
    coalesce(r.paid_on, a.ended_at::date, r.made_at::date) AS "on",
    CASE r.state WHEN 'paid' THEN 'recorded as paid on' ELSE 'approved on' END AS standing,
    ARRAY[r.bank_reference] AS refs, NULL::text AS end_to_end_id
  FROM refunds r JOIN approvals a ON a.id = r.approval_id WHERE r.state IN ('approved', 'paid')`;

/** A line may be a refund to funders: it pays one that is approved, or shows one that is recorded. */
@Injectable()
@MatchesBankLines('refund')
export class RefundLines implements BankLineKind {
  readonly direction = 'out';

  constructor(private readonly refunds: RefundsService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'refund', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'posted' | 'found'> {
    const row = await tx.row<{ amount: bigint; state: string }>(
      `SELECT amount, state FROM refunds WHERE id = $1 AND pool_id = $2`,
      [id, part.line.poolId],
    );
    const { state } = requireRecorded(row, part, 'refund');
    if (state === 'paid') return 'found';
    await this.refunds.pay(tx, id, { bankReference: part.reference, paidOn: part.bookedOn });
    return 'posted';
  }

  whyItStands({ posted }: MatchedPart): string | null {
    return posted ? 'The line paid a refund: that stands in the ledger.' : null;
  }
}
