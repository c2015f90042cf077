import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { LedgerService } from '../../../ledger/ledger.service.js';
import { formatAmount, formatMoney } from '../../../maths/money.js';
import { audit } from '../../../platform/audit/audit.js';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError } from '../../../platform/errors/domain-error.js';
import { type ApprovalHandler, CarriesOut } from '../../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../../pools/approvals/approvals.service.js';
import type { LockedPool } from '../../../pools/pool-position.js';
import { amountOf } from '../../../pools/pools.service.js';
import { requireBondStep } from '../../contracts/bond.rules.js';
import { type Bond, lockBond } from '../../contracts/bonds.read.js';
import { requirePastDay } from '../../reversing.js';
import { requirePayable, requireWithdrawable } from '../bond-payment.js';
import { advancePaid } from '../bond-payment.entries.js';
import { bondTill, requireHeld, requireUnpromised } from '../bond-till.js';
import type { AskAdvance, PayOutOfBond } from './advance.dto.js';
import { type ProviderAdvance, readAdvance } from './advances.read.js';

/** Working capital for the provider of a bond: asked for, approved by others, paid, and only out of what the bond holds. */
@Injectable()
@CarriesOut('providerAdvance')
export class AdvancesService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
  ) {}

  /**
   * Asks for an advance. As many others as the pool's tiers say must approve it.
   * @throws stateForbids; ruleBroken or insufficientFunds naming `/amount`
   */
  async ask(tx: Tx, bondId: string, command: AskAdvance): Promise<ProviderAdvance> {
    const { bond, pool } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'advance');
    const amount = amountOf(command.amount, bond.currency, '/amount')!;
    if (amount <= 0n) throw fieldError('ruleBroken', '/amount', 'An advance is more than nothing.');
    requireUnpromised(bond, await bondTill(tx, bondId), amount);
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: bond.coalitionId,
      poolId: pool.id,
      subject: { kind: 'providerAdvance', id },
      summary: `Advance ${formatMoney(amount, bond.currency, 'en-GB')} to ${bond.provider} for ${bond.reference}`,
      content: {
        bondId,
        bond: `${bond.reference} ${bond.title}`,
        provider: bond.provider,
        providerId: bond.providerId,
        amount: formatAmount(amount, bond.currency),
        currency: bond.currency,
        reason: command.reason,
      },
      required: signaturesRequired(amount, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO provider_advances (id, coalition_id, bond_id, pool_id, amount, currency, reason, state, approval_id,
         made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10)`,
      [
        ...[id, bond.coalitionId, bondId, pool.id, amount, bond.currency, command.reason, approvalId],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    const advance = await readAdvance(tx, id);
    await this.write(tx, advance, 'providerAdvance.proposed', { after: advance });
    return advance;
  }

  /** Enough have signed: the money is promised, if it is still there. @throws insufficientFunds, stateForbids */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const { bond, advance } = await this.lock(tx, approval.subjectId);
    requireBondStep(bond.state, 'advance');
    requireUnpromised(bond, await bondTill(tx, bond.id), advance.amount);
    await this.setState(tx, advance.id, 'approved');
    await this.write(tx, advance, 'providerAdvance.approved', { after: { approvalId: approval.id } });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const { advance } = await this.lock(tx, approval.subjectId);
    await this.setState(tx, advance.id, 'rejected');
    await this.write(tx, advance, 'providerAdvance.rejected', { reason });
  }

  /**
   * The bank has paid the provider.
   * @throws stateForbids; insufficientFunds when the bond no longer holds it; ruleBroken or periodLocked naming the day;
   *   alreadyExists for a bank reference that is recorded
   */
  async pay(tx: Tx, advanceId: string, { bankReference, paidOn }: PayOutOfBond): Promise<ProviderAdvance> {
    const { bond, pool, advance } = await this.lock(tx, advanceId);
    requirePayable(advance.state, 'advance');
    await requirePastDay(tx, pool, paidOn, '/paidOn');
    await requireHeld(tx, bond, advance.amount);
    const { reference } = bond;
    const entryId = await this.ledger.postOne(
      tx,
      advancePaid(pool, {
        ...{ id: advanceId, bondId: bond.id, reference, amount: advance.amount, bankReference, paidOn },
      }),
    );
    await tx.run(
      `UPDATE provider_advances SET state = 'paid', bank_reference = $2, paid_on = $3, paid_by = $4, entry_id = $5
       WHERE id = $1`,
      [advanceId, bankReference, paidOn, tx.actor.personId ?? null, entryId],
    );
    await this.write(tx, advance, 'providerAdvance.paid', { after: { bankReference, paidOn } });
    return readAdvance(tx, advanceId);
  }

  /** Takes back an approved advance that is not paid, for a reason. @throws stateForbids */
  async withdraw(tx: Tx, advanceId: string, reason: string): Promise<ProviderAdvance> {
    const { advance } = await this.lock(tx, advanceId);
    requireWithdrawable(advance.state, 'advance');
    await tx.run(`UPDATE provider_advances SET state = 'rejected' WHERE id = $1`, [advanceId]);
    await this.write(tx, advance, 'providerAdvance.withdrawn', { reason });
    return readAdvance(tx, advanceId);
  }

  private async lock(
    tx: Tx,
    advanceId: string,
  ): Promise<{ bond: Bond; pool: LockedPool; advance: ProviderAdvance }> {
    const { bondId } = await readAdvance(tx, advanceId);
    const locked = await lockBond(tx, bondId);
    return { ...locked, advance: await readAdvance(tx, advanceId) };
  }

  private async setState(tx: Tx, id: string, state: 'approved' | 'rejected'): Promise<void> {
    await tx.run(`UPDATE provider_advances SET state = $2 WHERE id = $1 AND state = 'proposed'`, [id, state]);
  }

  private write(
    tx: Tx,
    { id, coalitionId }: ProviderAdvance,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'providerAdvance', id }, ...change });
  }
}
