import { Injectable } from '@nestjs/common';
import { formatAmount } from '../../../../maths/money.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { fieldError } from '../../../../platform/errors/domain-error.js';
import { ReturnsService } from '../../../returns/returns.service.js';
import {
  type BankLineKind,
  MatchesBankLines,
  type NewDocument,
  type NewOne,
  type PartOfLine,
} from '../bank-line-kinds.js';
import type { BankLine } from '../bank-lines.read.js';
import { candidatesAmong } from '../candidates.js';
import { requireRecorded } from './recorded.js';

const documents = `
  SELECT r.pool_id, r.id, 'Return of ' || g.reference || ', ' || o.name AS label, r.amount, r.received_on AS "on",
    'recorded on' AS standing, ARRAY[r.bank_reference, g.reference] AS refs, NULL::text AS end_to_end_id
  FROM grant_returns r JOIN grants g ON g.id = r.grant_id JOIN organisations o ON o.id = g.organisation_id
  WHERE r.reversed_at IS NULL`;

/** Grants that are offered as what a line gives back. */
const MOST = 500;

/** A line may be unspent money of a grant that comes back: recorded already, or not yet. */
@Injectable()
@MatchesBankLines('grantReturn')
export class GrantReturnLines implements BankLineKind {
  readonly direction = 'in';

  constructor(private readonly returns: ReturnsService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'grantReturn', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'found'> {
    const row = await tx.row<{ amount: bigint }>(
      `SELECT amount FROM grant_returns WHERE id = $1 AND pool_id = $2 AND reversed_at IS NULL`,
      [id, part.line.poolId],
    );
    requireRecorded(row, part, 'return');
    return 'found';
  }

  /** Of grants that were paid. */
  newOnes(tx: Tx, poolId: string): Promise<NewOne[]> {
    return tx.rows<NewOne>(
      `SELECT g.id AS value, 'Return of ' || g.reference || ', ' || o.name AS label
       FROM grants g JOIN organisations o ON o.id = g.organisation_id WHERE g.pool_id = $1
         AND EXISTS (SELECT 1 FROM disbursements d WHERE d.grant_id = g.id AND d.state = 'settled')
       ORDER BY g.reference LIMIT ${MOST}`,
      [poolId],
    );
  }

  async record(tx: Tx, part: PartOfLine, { newFor, note }: NewDocument): Promise<string> {
    const { line, amount, bookedOn, reference } = part;
    const grant = await tx.row<{ id: string }>(`SELECT id FROM grants WHERE id = $1 AND pool_id = $2`, [
      newFor ?? null,
      line.poolId,
    ]);
    if (!grant) throw fieldError('ruleBroken', '/newFor', 'Say of which grant of this pool it is a return.');
    const { id } = await this.returns.record(tx, grant.id, {
      amount: formatAmount(amount, line.currency),
      receivedOn: bookedOn,
      bankReference: reference,
      note: note ?? line.remittance,
    });
    return id;
  }
}
