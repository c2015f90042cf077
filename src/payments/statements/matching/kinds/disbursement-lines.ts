import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/database/tx.js';
import { fieldError } from '../../../../platform/errors/domain-error.js';
import { DisbursementsService } from '../../../disbursements.service.js';
import { ReturnedPaymentsService } from '../../../returned-payments.service.js';
import { type BankLineKind, MatchesBankLines, type PartOfLine } from '../bank-line-kinds.js';
import type { BankLine, MatchedPart } from '../bank-lines.read.js';
import { candidatesAmong } from '../candidates.js';
import { matchOf, type PaymentOfLine } from '../matching.rules.js';

/** As in `endToEndId`, in SQL. */
const endToEndId = `upper(replace(d.id::text, '-', ''))`;

const paymentsOf = (sign: '' | '-', states: string, on: string, standing: string) => `
  SELECT d.pool_id, d.id, g.reference || ', ' || o.name AS label, ${sign}coalesce(d.charged_amount, d.amount) AS amount,
    ${on} AS "on", ${standing} AS standing, ARRAY[g.reference, d.bank_reference] AS refs, ${endToEndId} AS end_to_end_id
  FROM disbursements d JOIN instalments i ON i.id = d.instalment_id JOIN grants g ON g.id = d.grant_id
  JOIN organisations o ON o.id = g.organisation_id WHERE d.state IN (${states})`;

const documents = [
  paymentsOf('-', `'approved'`, 'i.due_on', `'approved, due'`),
  paymentsOf('-', `'settled', 'returned'`, 'd.paid_on', `'recorded as paid on'`),
  paymentsOf('', `'settled'`, 'd.paid_on', `'may be its return: paid on'`),
  paymentsOf('', `'returned'`, 'd.paid_on', `'recorded as come back, after it was paid on'`),
].join(' UNION ALL ');

/** A line may be a payment to a partner: it settles it, gives it back, or shows what was recorded by hand. */
@Injectable()
@MatchesBankLines('disbursement')
export class DisbursementLines implements BankLineKind {
  readonly direction = 'both';

  constructor(
    private readonly disbursements: DisbursementsService,
    private readonly returned: ReturnedPaymentsService,
  ) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'disbursement', documents, lines);
  }

  /** In the order of the bank's days; what went before what came back. */
  named(tx: Tx, poolId: string): Promise<{ lineId: string; id: string }[]> {
    return tx.rows(
      `SELECT l.id AS "lineId", d.id FROM bank_statement_lines l
       JOIN disbursements d ON d.pool_id = l.pool_id AND ${endToEndId} = upper(l.end_to_end_id)
       WHERE l.pool_id = $1 AND l.state = 'unmatched' ORDER BY l.booked_on, l.amount > 0, l.id`,
      [poolId],
    );
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'posted' | 'found'> {
    const { line, bookedOn, reference } = part;
    const payment = await tx.row<PaymentOfLine>(
      `SELECT d.state, d.amount, d.charged_amount AS charged, d.paid_on AS "paidOn", p.locked_through AS "lockedThrough"
       FROM disbursements d JOIN pools p ON p.id = d.pool_id WHERE d.id = $1 AND d.pool_id = $2`,
      [id, line.poolId],
    );
    if (!payment) throw fieldError('ruleBroken', '/id', 'Choose a payment of this pool.');
    const match = matchOf(part, payment);
    if ('wait' in match) throw fieldError('ruleBroken', '/id', `The line ${match.wait}.`);
    if (match.do === 'find') return 'found';
    if (match.do === 'settle')
      await this.disbursements.settle(tx, id, { bankReference: reference, paidOn: bookedOn });
    else {
      const reason = line.returnReason ?? `sent back by the bank (${reference})`;
      await this.returned.giveBack(tx, id, { returnedOn: bookedOn, reason });
    }
    return 'posted';
  }

  whyItStands({ posted }: MatchedPart): string | null {
    if (!posted) return null;
    return 'The line settled a payment, or gave it back: that stands in the ledger. Reverse it there.';
  }
}
