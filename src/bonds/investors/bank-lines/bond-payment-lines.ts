import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import {
  type BankLineKind,
  MatchesBankLines,
  type PartOfLine,
} from '../../../payments/statements/matching/bank-line-kinds.js';
import type { BankLine, MatchedPart } from '../../../payments/statements/matching/bank-lines.read.js';
import { candidatesAmong } from '../../../payments/statements/matching/candidates.js';
import { requireRecorded } from '../../../payments/statements/matching/kinds/recorded.js';
import { AdvancesService } from '../advances/advances.service.js';
import { DistributionsService } from '../distributions/distributions.service.js';

const standing = `CASE d.state WHEN 'paid' THEN 'recorded as paid on' ELSE 'approved on' END AS standing,
  ARRAY[d.bank_reference, b.reference] AS refs, NULL::text AS end_to_end_id`;

/** SQL: what is approved or paid of a table. */
const documentsOf = (table: 'provider_advances' | 'distributions', label: string) => `
  SELECT d.pool_id, d.id, ${label} || b.reference AS label, -d.amount AS amount,
    coalesce(d.paid_on, a.ended_at::date, d.made_at::date) AS "on", ${standing}
  FROM ${table} d JOIN bonds b ON b.id = d.bond_id JOIN approvals a ON a.id = d.approval_id
  WHERE d.state IN ('approved', 'paid')`;

/** A line may be working capital paid to the provider of a bond: it pays what is approved, or shows what is recorded. */
@Injectable()
@MatchesBankLines('providerAdvance')
export class ProviderAdvanceLines implements BankLineKind {
  readonly direction = 'out';

  constructor(private readonly advances: AdvancesService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'providerAdvance', documentsOf('provider_advances', `'Advance for '`), lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'posted' | 'found'> {
    const row = await tx.row<{ amount: bigint; state: string }>(
      `SELECT amount, state FROM provider_advances WHERE id = $1 AND pool_id = $2`,
      [id, part.line.poolId],
    );
    const { state } = requireRecorded(row, part, 'advance to a provider');
    if (state === 'paid') return 'found';
    await this.advances.pay(tx, id, { bankReference: part.reference, paidOn: part.bookedOn });
    return 'posted';
  }

  whyItStands({ posted }: MatchedPart): string | null {
    return posted ? 'The line paid an advance: that stands in the ledger.' : null;
  }
}

/** A line may be a distribution, paid whole: it pays what is approved, or shows what is recorded. */
@Injectable()
@MatchesBankLines('distribution')
export class DistributionLines implements BankLineKind {
  readonly direction = 'out';

  constructor(private readonly distributions: DistributionsService) {}

  candidates(tx: Tx, lines: readonly BankLine[]) {
    return candidatesAmong(tx, 'distribution', documentsOf('distributions', `'Distribution of '`), lines);
  }

  async match(tx: Tx, part: PartOfLine, id: string): Promise<'posted' | 'found'> {
    const row = await tx.row<{ amount: bigint; state: string }>(
      `SELECT amount, state FROM distributions WHERE id = $1 AND pool_id = $2`,
      [id, part.line.poolId],
    );
    const { state } = requireRecorded(row, part, 'distribution');
    if (state === 'paid') return 'found';
    await this.distributions.pay(tx, id, { bankReference: part.reference, paidOn: part.bookedOn });
    return 'posted';
  }

  whyItStands({ posted }: MatchedPart): string | null {
    return posted ? 'The line paid a distribution: that stands in the ledger.' : null;
  }
}
