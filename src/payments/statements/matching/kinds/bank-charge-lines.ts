import { Injectable } from '@nestjs/common';
import { formatAmount } from '../../../../maths/money.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { BankChargesService } from '../../../../pools/charges/bank-charges.service.js';
import {
  type BankLineKind,
  MatchesBankLines,
  type NewDocument,
  type PartOfLine,
} from '../bank-line-kinds.js';
import type { BankLine } from '../bank-lines.read.js';
import { candidatesAmong } from '../candidates.js';
import { requireRecorded } from './recorded.js';

const documents = `
  SELECT c.pool_id, c.id, 'Bank charge ' || c.bank_reference AS label, -c.amount AS amount, c.taken_on AS "on",
    'recorded on' AS standing, ARRAY[c.bank_reference] AS refs, NULL::text AS end_to_end_id
  FROM bank_charges c WHERE c.reversed_at IS NULL`;

/** A line may be what the bank took for its services: recorded already, or not yet. */
@Injectable()
@MatchesBankLines('bankCharge')
export class BankChargeLines implements BankLineKind {
  readonly direction = 'out';

  constructor(private readonly charges: BankChargesService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'bankCharge', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'found'> {
    const row = await tx.row<{ amount: bigint }>(
      `SELECT amount FROM bank_charges WHERE id = $1 AND pool_id = $2 AND reversed_at IS NULL`,
      [id, part.line.poolId],
    );
    requireRecorded(row, part, 'bank charge');
    return 'found';
  }

  newOnes() {
    return Promise.resolve([{ value: '', label: 'Bank charge' }]);
  }

  async record(tx: Tx, part: PartOfLine, { note }: NewDocument): Promise<string> {
    const { line, amount, bookedOn, reference } = part;
    const { id } = await this.charges.take(tx, line.poolId, {
      amount: formatAmount(-amount, line.currency),
      takenOn: bookedOn,
      bankReference: reference,
      note: note ?? line.remittance,
    });
    return id;
  }
}
