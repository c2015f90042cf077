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
import { callReference } from '../drawdowns/drawdowns.read.js';
import { DrawdownsService } from '../drawdowns/drawdowns.service.js';

const documents = `
  SELECT c.pool_id, c.id, 'Call ' || ${callReference} || ', ' || o.name AS label, c.amount - c.received AS amount,
    c.due_on AS "on", 'open, due' AS standing, ARRAY[${callReference}] AS refs, NULL::text AS end_to_end_id
  FROM drawdown_calls c JOIN bonds b ON b.id = c.bond_id JOIN bond_parties y ON y.id = c.party_id
  JOIN organisations o ON o.id = y.organisation_id WHERE c.received < c.amount AND c.cancelled_at IS NULL`;

/**
 * A line may be what an investor of a bond, or its guarantor, pays of a call that is open. It becomes a receipt: a call
 * may be paid in several parts.
 */
@Injectable()
@MatchesBankLines('drawdownCall')
export class DrawdownCallLines implements BankLineKind {
  readonly direction = 'in';

  constructor(private readonly drawdowns: DrawdownsService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'drawdownCall', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<BecameAnother> {
    return { kind: 'drawdownReceipt', id: await receiveFrom(tx, this.drawdowns, part, id) };
  }
}

/** Records a part of a line as paid of a call in its pool. Returns the receipt. @throws ruleBroken naming `/id` */
export async function receiveFrom(
  tx: Tx,
  drawdowns: DrawdownsService,
  { line, amount, bookedOn, reference }: PartOfLine,
  callId: string,
): Promise<string> {
  const call = await tx.row(`SELECT id FROM drawdown_calls WHERE id = $1 AND pool_id = $2`, [
    callId,
    line.poolId,
  ]);
  if (!call) throw fieldError('ruleBroken', '/id', 'Choose a call of a bond of this pool.');
  const { id } = await drawdowns.receive(tx, callId, {
    amount: formatAmount(amount, line.currency),
    receivedOn: bookedOn,
    bankReference: reference,
  });
  return id;
}
