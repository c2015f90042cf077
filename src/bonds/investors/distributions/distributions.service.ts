import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { LedgerService } from '../../../ledger/ledger.service.js';
import { formatMoney } from '../../../maths/money.js';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import { canonical } from '../../../platform/http/once.js';
import { type ApprovalHandler, CarriesOut } from '../../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../../pools/approvals/approvals.service.js';
import type { LockedPool } from '../../../pools/pool-position.js';
import { requireBondStep } from '../../contracts/bond.rules.js';
import { type Bond, lockBond } from '../../contracts/bonds.read.js';
import { requirePastDay } from '../../reversing.js';
import type { PayOutOfBond } from '../advances/advance.dto.js';
import { requirePayable, requireWithdrawable } from '../bond-payment.js';
import { distributionPaid } from '../bond-payment.entries.js';
import { requireHeld } from '../bond-till.js';
import type { AskDistribution, PreviewDistribution } from './distribution.dto.js';
import { distributionContent } from './distribution-content.js';
import {
  type Distribution,
  readDistribution,
  sharesOfDistribution,
  workingOf,
} from './distributions.read.js';
import { kept, type KeptWorking } from './kept-working.js';
import { distributionPlan, inputsNow, type PlannedDistribution } from './plan-distribution.js';

/** What a bond pays its investors: worked out by its terms, approved by others, paid as it was worked out. */
@Injectable()
@CarriesOut('distribution')
export class DistributionsService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
  ) {}

  /** What a distribution would come to, tier by tier; nothing is saved. @throws as `ask` */
  async preview(tx: Tx, bondId: string, command: PreviewDistribution): Promise<PlannedDistribution> {
    const { bond } = await lockBond(tx, bondId);
    return distributionPlan(tx, bond, command);
  }

  /**
   * Asks for a distribution, with its whole working: what is approved is what is paid.
   * @throws stateForbids; ruleBroken or insufficientFunds naming the field
   */
  async ask(tx: Tx, bondId: string, command: AskDistribution): Promise<Distribution> {
    const { bond, pool } = await lockBond(tx, bondId);
    const { inputs, termsHash, result } = await distributionPlan(tx, bond, command);
    if (result.paid === 0n) {
      const sentence = 'Nothing of this would be paid to anybody: all of it stays in the bond.';
      throw new DomainError('ruleBroken', sentence);
    }
    const working: KeptWorking = {
      termsHash,
      inputs: kept(inputs, bond.currency),
      result: kept(result, bond.currency),
    };
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: bond.coalitionId,
      poolId: pool.id,
      subject: { kind: 'distribution', id },
      summary: `Pay ${formatMoney(result.paid, bond.currency, 'en-GB')} out of ${bond.reference} as of ${inputs.asOf}`,
      content: distributionContent(bond, working, command.reason),
      required: signaturesRequired(result.paid, pool.approvalTiers),
    });
    const { totals } = result;
    await tx.run(
      `INSERT INTO distributions (id, coalition_id, bond_id, pool_id, source, as_of, available, amount, for_pool, remaining,
         fee, for_provider, currency, working, reason, state, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15, 'proposed', $16, $17, $18)`,
      [
        ...[id, bond.coalitionId, bondId, pool.id, inputs.source, inputs.asOf, inputs.available, result.paid],
        ...[
          totals.pool,
          result.remaining,
          totals.fee,
          totals.provider,
          bond.currency,
          JSON.stringify(working),
        ],
        ...[command.reason, approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    const shares = result.shares.filter(({ capital, income }) => capital + income > 0n);
    await tx.run(
      `INSERT INTO distribution_shares (coalition_id, distribution_id, party_id, capital, income)
       SELECT $1, $2, party_id, capital, income FROM unnest($3::uuid[], $4::bigint[], $5::bigint[]) AS s (party_id, capital, income)`,
      [
        ...[bond.coalitionId, id, shares.map(({ partyId }) => partyId)],
        shares.map(({ capital }) => capital),
        shares.map(({ income }) => income),
      ],
    );
    const distribution = await readDistribution(tx, id);
    await this.write(tx, distribution, 'distribution.proposed', { after: distribution });
    return distribution;
  }

  /**
   * Enough have signed: the money is promised, if it is still there and still what it would come to.
   * @throws insufficientFunds, staleVersion, stateForbids
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const { bond, distribution } = await this.lock(tx, approval.subjectId);
    await this.requireSame(tx, bond, distribution);
    await this.requireFree(tx, bond, distribution);
    await this.setState(tx, distribution.id, 'approved');
    await this.write(tx, distribution, 'distribution.approved', { after: { approvalId: approval.id } });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const { distribution } = await this.lock(tx, approval.subjectId);
    await this.setState(tx, distribution.id, 'rejected');
    await this.write(tx, distribution, 'distribution.rejected', { reason });
  }

  /**
   * The bank has paid: posts what was approved, to each investor its capital and what is beyond it.
   * @throws stateForbids; staleVersion when it would come to something else since; insufficientFunds when the bond no
   *   longer holds it; ruleBroken or periodLocked naming the day; alreadyExists for a bank reference that is recorded
   */
  async pay(tx: Tx, distributionId: string, { bankReference, paidOn }: PayOutOfBond): Promise<Distribution> {
    const { bond, pool, distribution } = await this.lock(tx, distributionId);
    requirePayable(distribution.state, 'distribution');
    if (paidOn < distribution.asOf) {
      const sentence = `It was worked out as of ${distribution.asOf}: it cannot have been paid before.`;
      throw fieldError('ruleBroken', '/paidOn', sentence);
    }
    await requirePastDay(tx, pool, paidOn, '/paidOn');
    await this.requireSame(tx, bond, distribution);
    await requireHeld(tx, bond, distribution.amount);
    const { amount, fee, forProvider } = distribution;
    const entryId = await this.ledger.postOne(
      tx,
      distributionPaid(pool, {
        ...{ id: distributionId, bondId: bond.id, reference: bond.reference, amount, bankReference, paidOn },
        toOthers: fee + forProvider,
        shares: await sharesOfDistribution(tx, distributionId),
      }),
    );
    await tx.run(
      `UPDATE distributions SET state = 'paid', bank_reference = $2, paid_on = $3, paid_by = $4, entry_id = $5 WHERE id = $1`,
      [distributionId, bankReference, paidOn, tx.actor.personId ?? null, entryId],
    );
    await this.write(tx, distribution, 'distribution.paid', { after: { bankReference, paidOn } });
    return readDistribution(tx, distributionId);
  }

  /** Takes back an approved distribution that is not paid, for a reason. @throws stateForbids */
  async withdraw(tx: Tx, distributionId: string, reason: string): Promise<Distribution> {
    const { distribution } = await this.lock(tx, distributionId);
    requireWithdrawable(distribution.state, 'distribution');
    await tx.run(`UPDATE distributions SET state = 'rejected' WHERE id = $1`, [distributionId]);
    await this.write(tx, distribution, 'distribution.withdrawn', { reason });
    return readDistribution(tx, distributionId);
  }

  private async lock(
    tx: Tx,
    distributionId: string,
  ): Promise<{ bond: Bond; pool: LockedPool; distribution: Distribution }> {
    const { bondId } = await readDistribution(tx, distributionId);
    const locked = await lockBond(tx, bondId);
    return { ...locked, distribution: await readDistribution(tx, distributionId) };
  }

  /** What it was worked out from is what there is: another distribution, other terms or other outcomes make another one of it. */
  private async requireSame(tx: Tx, bond: Bond, distribution: Distribution): Promise<void> {
    requireBondStep(bond.state, 'distribute');
    const { source, asOf, available } = distribution;
    const working = await workingOf(tx, distribution.id);
    const now = await inputsNow(tx, bond, { source, asOf, available });
    const isSame =
      now.termsHash === working.termsHash &&
      canonical(kept(now.inputs, bond.currency)) === canonical(working.inputs);
    if (isSame) return;
    throw new DomainError(
      'staleVersion',
      'Since this was worked out, investors were paid, or terms, outcomes or the plan changed. Ask for it again.',
    );
  }

  /** @throws insufficientFunds */
  private async requireFree(tx: Tx, bond: Bond, distribution: Distribution): Promise<void> {
    const { source, asOf, available } = distribution;
    const { free } = await inputsNow(tx, bond, { source, asOf, available });
    if (available <= free) return;
    const money = (minor: bigint) => formatMoney(minor, bond.currency, 'en-GB');
    const sentence = `The bond has ${money(free)} to distribute, and this takes ${money(available)}. Ask for less.`;
    throw new DomainError('insufficientFunds', sentence);
  }

  private async setState(tx: Tx, id: string, state: 'approved' | 'rejected'): Promise<void> {
    await tx.run(`UPDATE distributions SET state = $2 WHERE id = $1 AND state = 'proposed'`, [id, state]);
  }

  private write(
    tx: Tx,
    { id, coalitionId }: Distribution,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'distribution', id }, ...change });
  }
}
