import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { type InstalmentRow, lockInstalments, markPaid, moveInstalments } from '../grants/instalments.js';
import { LedgerService } from '../ledger/ledger.service.js';

import { formatAmount, formatMoney } from '../maths/money.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';
import { spaced } from '../platform/errors/spaced.js';
import { type CurrencyAmount, readForeignAmount } from '../pools/foreign-amount.js';
import { amountOf } from '../pools/pools.service.js';
import { type LockedPool, lockPool, requireCovered } from '../pools/pool-position.js';
import { type ApprovalHandler, CarriesOut } from '../pools/approvals/approval-handlers.js';
import { contentHash } from '../pools/approvals/approval.rules.js';
import { feeOnPayment } from '../pools/fees/fee.rules.js';
import { feeOnPaymentCharged } from '../pools/fees/fee-payment.entries.js';
import { signaturesRequired } from '../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../pools/approvals/approvals.service.js';
import { endBatchWhenPaid } from './batches/batch-progress.js';
import { shortfalls, type Wish } from './cash.rules.js';
import { type Disbursement, readDisbursement } from './disbursements.read.js';
import type { SettleDisbursement } from './disbursement.dto.js';
import { disbursementSettled, type Share } from './payment.entries.js';
import { promised, purposes, readTill } from './till.js';
import { sharesOf, withoutShares } from './whose-money.js';

@Injectable()
@CarriesOut('disbursement')
export class DisbursementsService implements ApprovalHandler {
  constructor(
    private readonly ledger: LedgerService,
    private readonly approvals: ApprovalsService,
  ) {}

  /**
   * Asks to release a due instalment: the maker's part. As many others as the pool's threshold says must approve it.
   * @throws stateForbids, insufficientFunds
   */
  async release(tx: Tx, instalmentId: string): Promise<Disbursement> {
    const { pool, instalment } = await this.lock(tx, instalmentId);
    if (instalment.state !== 'due') {
      const { number, state } = instalment;
      throw new DomainError(
        'stateForbids',
        `Instalment ${number} is ${spaced(state)}. Only one that is due can be released.`,
      );
    }
    await this.requireCash(tx, pool, instalment);
    const id = newId();
    const content = contentOf(instalment);
    const money = formatMoney(instalment.amount, instalment.currency, 'en-GB');
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: instalment.coalitionId,
      poolId: pool.id,
      subject: { kind: 'disbursement', id },
      summary: `Release ${money} to ${instalment.payee} (${instalment.grantReference}, instalment ${instalment.number})`,
      content,
      required: signaturesRequired(instalment.amount, pool.approvalTiers),
    });
    await tx.run(
      `INSERT INTO disbursements (id, coalition_id, pool_id, grant_id, instalment_id, amount, currency, state,
         approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10)`,
      [
        id,
        instalment.coalitionId,
        pool.id,
        instalment.grantId,
        instalmentId,
        instalment.amount,
        instalment.currency,
        approvalId,
        tx.actor.personId ?? null,
        tx.now,
      ],
    );
    await this.write(tx, pool, id, 'disbursement.proposed', { after: content });
    return readDisbursement(tx, id);
  }

  /**
   * Asks to release several instalments of a coalition: all of them, or none.
   * @throws stateForbids, insufficientFunds; notFound when one is not the coalition's
   */
  async releaseAll(tx: Tx, coalitionId: string, instalmentIds: string[]): Promise<Disbursement[]> {
    // Pool by pool, in one order, so that two people asking at once wait for each other instead of deadlocking.
    const found = await tx.rows<{ id: string }>(
      `SELECT id FROM instalments WHERE coalition_id = $1 AND id = ANY ($2::uuid[]) ORDER BY pool_id, due_on, id`,
      [coalitionId, instalmentIds],
    );
    if (found.length < new Set(instalmentIds).size) throw notFound('instalment');
    const asked: Disbursement[] = [];
    for (const { id } of found) asked.push(await this.release(tx, id));
    return asked;
  }

  /**
   * Enough have signed: the money is promised. Cash is asked for again, under the pool's lock.
   * @throws insufficientFunds, saying by how much; staleVersion when the instalment is not what was approved;
   *   stateForbids while the grant is suspended
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const disbursement = await readDisbursement(tx, approval.subjectId);
    const { pool, instalment } = await this.lock(tx, disbursement.instalmentId);
    if (contentHash(contentOf(instalment)) !== approval.contentHash) {
      throw new DomainError(
        'staleVersion',
        'The instalment was changed after the release was asked for. Ask again.',
      );
    }
    if (instalment.grantState === 'suspended') {
      const sentence = 'The grant is suspended. Have it resumed first, or reject this payment.';
      throw new DomainError('stateForbids', sentence);
    }
    await this.requireCash(tx, pool, instalment);
    await this.setState(tx, disbursement.id, 'approved');
    await moveInstalments(tx, [{ instalment, to: 'approved' }]);
    await this.write(tx, pool, disbursement.id, 'disbursement.approved', {
      after: { approvalId: approval.id },
    });
  }

  /** Somebody said no, or who asked took it back: the instalment stays due. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const disbursement = await readDisbursement(tx, approval.subjectId);
    const { pool } = await this.lock(tx, disbursement.instalmentId);
    await this.setState(tx, disbursement.id, 'rejected');
    await this.write(tx, pool, disbursement.id, 'disbursement.rejected', { reason });
  }

  /**
   * The bank has paid: posts whose money it was, by the pool's rule as of now, and takes it off the commitment.
   * @throws stateForbids, insufficientFunds, periodLocked, ruleBroken naming the field; alreadyExists for a bank
   *   reference that is recorded
   */
  async settle(tx: Tx, disbursementId: string, command: SettleDisbursement): Promise<Disbursement> {
    const { bankReference, paidOn } = command;
    const before = await readDisbursement(tx, disbursementId);
    const { pool, instalment } = await this.lock(tx, before.instalmentId);
    const disbursement = await readDisbursement(tx, disbursementId);
    if (disbursement.state !== 'approved') {
      throw new DomainError(
        'stateForbids',
        `The payment is ${disbursement.state}. Only an approved one can be settled.`,
      );
    }
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (paidOn > today)
      throw fieldError('ruleBroken', '/paidOn', 'A payment cannot have been made in the future.');
    const { shares, fee } = await this.attribute(tx, pool, instalment);
    const { grantId, amount } = disbursement;
    const paid = readForeignAmount(pool.currency, command);
    const charged = requireCharge(pool.currency, amount, paid, command.chargedAmount);
    const entry = disbursementSettled(pool, {
      id: disbursementId,
      grantId,
      amount,
      charged,
      bankReference,
      paidOn,
      shares,
    });
    const feeEntry = feeOnPaymentCharged(pool, {
      ...{ disbursementId, bankReference, hostId: pool.feeHostId ?? '', chargedOn: paidOn },
      ...fee,
    });
    const [entryId] = await this.ledger.post(tx, fee.amount > 0n ? [entry, feeEntry] : [entry]);
    await tx.run(
      `UPDATE disbursements SET state = 'settled', bank_reference = $2, paid_on = $3, settled_by = $4, entry_id = $5,
         fee = $6, paid_amount = $7, paid_currency = $8, charged_amount = $9, version = version + 1 WHERE id = $1`,
      [
        ...[disbursementId, bankReference, paidOn, tx.actor.personId ?? null, entryId!, fee.amount],
        ...[paid?.amount ?? null, paid?.currency ?? null, charged === amount ? null : charged],
      ],
    );
    if (charged > amount) await requireCovered(tx, pool.id);
    await markPaid(tx, instalment);
    await endBatchWhenPaid(tx, disbursementId);
    await this.write(tx, pool, disbursementId, 'disbursement.settled', {
      after: { bankReference, paidOn, shares },
    });
    return readDisbursement(tx, disbursementId);
  }

  /** The pool's lock first: whoever decides over its money holds it. */
  private async lock(tx: Tx, instalmentId: string): Promise<{ pool: LockedPool; instalment: InstalmentRow }> {
    const found = await tx.row<{ poolId: string }>(
      `SELECT pool_id AS "poolId" FROM instalments WHERE id = $1`,
      [instalmentId],
    );
    if (!found) throw notFound('instalment');
    const pool = await lockPool(tx, found.poolId);
    const [instalment] = await lockInstalments(tx, [instalmentId]);
    return { pool, instalment: instalment! };
  }

  private async requireCash(tx: Tx, pool: LockedPool, instalment: InstalmentRow): Promise<void> {
    const till = await readTill(tx, pool);
    const earlier = await promised(tx, pool.id, { except: instalment.id });
    const wish = await this.wish(tx, instalment);
    const amount = wish.amount + feeOnPayment(wish.amount, pool);
    const [short = 0n] = shortfalls(till, earlier, [{ ...wish, amount }]);
    if (short === 0n) return;
    const money = formatMoney(short, pool.currency, 'en-GB');
    throw new DomainError(
      'insufficientFunds',
      `The pool is short by ${money} for this payment. Nothing was changed.`,
    );
  }

  /** Whose money pays, and bears the host's fee on it: the parts by funder and earmark, together the whole of each. */
  private async attribute(
    tx: Tx,
    pool: LockedPool,
    instalment: InstalmentRow,
  ): Promise<{ shares: Share[]; fee: { amount: bigint; shares: Share[] } }> {
    const till = await readTill(tx, pool);
    const wish = await this.wish(tx, instalment);
    const fee = feeOnPayment(wish.amount, pool);
    const [short = 0n] = shortfalls({ ...till, reserve: 0n }, [], [{ ...wish, amount: wish.amount + fee }]);
    if (short > 0n) {
      const money = formatMoney(short, pool.currency, 'en-GB');
      throw new DomainError(
        'insufficientFunds',
        `The pool is short by ${money} for this payment. Nothing was posted.`,
      );
    }
    const shares = sharesOf(till, wish);
    const left = withoutShares(till, shares);
    return { shares, fee: { amount: fee, shares: sharesOf(left, { ...wish, amount: fee }) } };
  }

  private async wish(tx: Tx, { grantId, amount }: InstalmentRow): Promise<Wish> {
    return { amount, purpose: (await purposes(tx, [grantId])).get(grantId) ?? [] };
  }

  private async setState(tx: Tx, id: string, state: 'approved' | 'rejected'): Promise<void> {
    await tx.run(
      `UPDATE disbursements SET state = $2, version = version + 1 WHERE id = $1 AND state = 'proposed'`,
      [id, state],
    );
  }

  private write(
    tx: Tx,
    { coalitionId }: LockedPool,
    id: string,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'disbursement', id }, ...change });
  }
}

/**
 * What left the account for a payment: its amount, unless the bank paid in another currency.
 * @throws ruleBroken naming `/chargedAmount`
 */
function requireCharge(
  currency: string,
  amount: bigint,
  paid: CurrencyAmount | undefined,
  typed: string | undefined,
): bigint {
  const charged = amountOf(typed, currency, '/chargedAmount') ?? amount;
  if (charged <= 0n) throw fieldError('ruleBroken', '/chargedAmount', 'More than nothing left the account.');
  if (charged !== amount && paid === undefined) {
    const sentence = `Exactly ${formatMoney(amount, currency, 'en-GB')} is paid, unless the bank pays in another currency: say which, and how much.`;
    throw fieldError('ruleBroken', '/chargedAmount', sentence);
  }
  return charged;
}

/** Exactly what is released: to whom, how much, for which slice of which grant. */
const contentOf = (instalment: InstalmentRow): Record<string, unknown> => ({
  instalmentId: instalment.id,
  grantId: instalment.grantId,
  poolId: instalment.poolId,
  payeeId: instalment.organisationId,
  amount: formatAmount(instalment.amount, instalment.currency),
  currency: instalment.currency,
  dueOn: instalment.dueOn,
});
