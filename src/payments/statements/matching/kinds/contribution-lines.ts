import { Injectable } from '@nestjs/common';
import { organisationChoices } from '../../../../coalitions/organisation-choices.js';
import { formatAmount } from '../../../../maths/money.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { fieldError } from '../../../../platform/errors/domain-error.js';
import { ContributionsService } from '../../../../pools/contributions/contributions.service.js';
import { PoolsService } from '../../../../pools/pools.service.js';
import type { PostContribution } from '../bank-line.dto.js';
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
  SELECT c.pool_id, c.id, c.bank_reference || ', ' || o.name AS label, c.amount, c.received_on AS "on",
    'recorded on' AS standing, ARRAY[c.bank_reference] AS refs, NULL::text AS end_to_end_id
  FROM contributions c JOIN organisations o ON o.id = c.funder_id WHERE c.reversed_at IS NULL`;

/** A line may be a contribution: one that is recorded already, or a new one. */
@Injectable()
@MatchesBankLines('contribution')
export class ContributionLines implements BankLineKind {
  readonly direction = 'in';

  constructor(
    private readonly contributions: ContributionsService,
    private readonly pools: PoolsService,
  ) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'contribution', documents, lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'found'> {
    const row = await tx.row<{ amount: bigint }>(
      `SELECT amount FROM contributions WHERE id = $1 AND pool_id = $2 AND reversed_at IS NULL`,
      [id, part.line.poolId],
    );
    requireRecorded(row, part, 'contribution');
    return 'found';
  }

  async newOnes(tx: Tx, poolId: string) {
    const { coalitionId } = await this.pools.get(tx, poolId);
    const funders = await organisationChoices(tx, coalitionId);
    return funders.map(({ value, label }) => ({ value, label: `Contribution from ${label}` }));
  }

  record(tx: Tx, part: PartOfLine, { newFor }: NewDocument): Promise<string> {
    if (newFor === undefined)
      throw fieldError('ruleBroken', '/newFor', 'Say from which funder the contribution came.');
    return this.receive(tx, part, { funderId: newFor });
  }

  /** Records a new one, with all that can be said of it; amount, day and reference are the line's. */
  async receive(tx: Tx, part: PartOfLine, command: PostContribution): Promise<string> {
    const { line, amount, bookedOn, reference } = part;
    const { id } = await this.contributions.receive(tx, line.poolId, {
      ...command,
      amount: formatAmount(amount, line.currency),
      receivedOn: bookedOn,
      bankReference: reference,
    });
    return id;
  }
}
