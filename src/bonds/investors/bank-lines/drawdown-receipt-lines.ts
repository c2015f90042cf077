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
import { callReference } from '../drawdowns/drawdowns.read.js';
import { DrawdownsService } from '../drawdowns/drawdowns.service.js';
import { receiveFrom } from './drawdown-call-lines.js';

const documents = `
  SELECT r.pool_id, r.id, 'Paid of call ' || ${callReference} || ', ' || o.name AS label, r.amount, r.received_on AS "on",
    'recorded on' AS standing, ARRAY[r.bank_reference, ${callReference}] AS refs, NULL::text AS end_to_end_id
  FROM drawdown_receipts r JOIN drawdown_calls c ON c.id = r.call_id JOIN bonds b ON b.id = c.bond_id
  JOIN bond_parties y ON y.id = c.party_id JOIN organisations o ON o.id = y.organisation_id WHERE r.reversed_at IS NULL`;

/** Calls that are offered as what a line pays in part. */
const MOST = 500;

/** A line may be what an investor has paid: recorded already, or a part of any call that is open. */
@Injectable()
@MatchesBankLines('drawdownReceipt')
export class DrawdownReceiptLines implements BankLineKind {
  readonly direction = 'in';

  constructor(private readonly drawdowns: DrawdownsService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'drawdownReceipt', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'found'> {
    const row = await tx.row<{ amount: bigint }>(
      `SELECT amount FROM drawdown_receipts WHERE id = $1 AND pool_id = $2 AND reversed_at IS NULL`,
      [id, part.line.poolId],
    );
    requireRecorded(row, part, 'payment of an investor');
    return 'found';
  }

  newOnes(tx: Tx, poolId: string): Promise<NewOne[]> {
    return tx.rows<NewOne>(
      `SELECT c.id AS value, 'Part of call ' || ${callReference} || ', ' || o.name AS label
       FROM drawdown_calls c JOIN bonds b ON b.id = c.bond_id JOIN bond_parties y ON y.id = c.party_id
       JOIN organisations o ON o.id = y.organisation_id
       WHERE c.pool_id = $1 AND c.received < c.amount AND c.cancelled_at IS NULL ORDER BY c.due_on, c.id LIMIT ${MOST}`,
      [poolId],
    );
  }

  record(tx: Tx, part: PartOfLine, { newFor }: NewDocument): Promise<string> {
    if (newFor === undefined) throw fieldError('ruleBroken', '/newFor', 'Say of which call it is a payment.');
    return receiveFrom(tx, this.drawdowns, part, newFor);
  }
}
