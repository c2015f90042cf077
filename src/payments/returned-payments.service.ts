import { Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../coalitions/coalition.js';
import { readGrant } from '../grants/grants.read.js';
import { lockInstalments, moveInstalments } from '../grants/instalments.js';
import { LedgerService } from '../ledger/ledger.service.js';
import type { Day } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { lockPool, requireOpenPeriod } from '../pools/pool-position.js';
import { endBatchWhenPaid } from './batches/batch-progress.js';
import { type Disbursement, readDisbursement } from './disbursements.read.js';
import { bringDue } from './due.js';
import { paidShares } from './returns/returns.read.js';

@Injectable()
export class ReturnedPaymentsService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * The bank has sent a payment back: its entry is reversed, so that each funder has its share again and the grant its
   * commitment, and the instalment is due again, or held where the cash is not there.
   * @throws stateForbids, also where the partner gave it back already; ruleBroken or periodLocked naming the day
   */
  async giveBack(
    tx: Tx,
    disbursementId: string,
    { returnedOn, reason }: { returnedOn: Day; reason: string },
  ): Promise<Disbursement> {
    const { poolId } = await readDisbursement(tx, disbursementId);
    const pool = await lockPool(tx, poolId);
    const disbursement = await readDisbursement(tx, disbursementId);
    if (disbursement.state !== 'settled' || disbursement.entryId === null) {
      throw new DomainError(
        'stateForbids',
        `The payment is ${disbursement.state}. Only one that the bank has paid can come back.`,
      );
    }
    await this.requireDay(tx, pool, disbursement, returnedOn);
    await requireNotClosed(tx, disbursement);
    await requireNotGivenBack(tx, disbursement);
    // What it was posted as, and the fee on it.
    const entries = await tx.rows<{ id: string }>(
      `SELECT e.id FROM journal_entries e WHERE e.document_id = $1 AND e.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = e.id) ORDER BY e.id DESC`,
      [disbursementId],
    );
    for (const { id } of entries) await this.ledger.reverse(tx, id, reason, returnedOn);
    await tx.run(`UPDATE disbursements SET state = 'returned', version = version + 1 WHERE id = $1`, [
      disbursementId,
    ]);
    const { instalmentId } = disbursement;
    const [paid] = await lockInstalments(tx, [instalmentId]);
    await moveInstalments(tx, [{ instalment: paid!, to: 'returned' }]);
    const [returned] = await lockInstalments(tx, [instalmentId]);
    await bringDue(tx, poolId, [returned!]);
    await endBatchWhenPaid(tx, disbursementId);
    await audit(tx, {
      coalitionId: pool.coalitionId,
      action: 'disbursement.returned',
      subject: { kind: 'disbursement', id: disbursementId },
      before: { state: 'settled' },
      after: { state: 'returned', returnedOn },
      reason,
    });
    return readDisbursement(tx, disbursementId);
  }

  private async requireDay(
    tx: Tx,
    pool: Awaited<ReturnType<typeof lockPool>>,
    { paidOn }: Disbursement,
    day: Day,
  ): Promise<void> {
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    if (day > today)
      throw fieldError('ruleBroken', '/returnedOn', 'A payment cannot come back in the future.');
    if (paidOn !== null && day < paidOn)
      throw fieldError(
        'ruleBroken',
        '/returnedOn',
        `It was paid on ${paidOn}: it cannot come back before that.`,
      );
    requireOpenPeriod(pool, day, '/returnedOn');
  }
}

/** What the partner gave back of it already, the bank cannot send back too. @throws stateForbids */
async function requireNotGivenBack(tx: Tx, { id, grantId }: Disbursement): Promise<void> {
  const paid = await paidShares(tx, grantId);
  const own = await tx.rows<{ accountId: string; amount: bigint }>(
    `SELECT a.id AS "accountId", p.amount FROM disbursements d JOIN postings p ON p.entry_id = d.entry_id
     JOIN accounts a ON a.id = p.account_id AND a.kind = 'fundBalance' WHERE d.id = $1`,
    [id],
  );
  const left = new Map(paid.map(({ accountId, amount }) => [accountId, amount]));
  if (own.every(({ accountId, amount }) => amount <= (left.get(accountId) ?? 0n))) return;
  const sentence =
    'The partner has given back some of this grant already. Reverse that return first, and record it again after this.';
  throw new DomainError('stateForbids', sentence);
}

/** A grant that is closed is not paid again: what comes back is a return. @throws stateForbids */
async function requireNotClosed(tx: Tx, { grantId }: Disbursement): Promise<void> {
  const { state } = await readGrant(tx, grantId);
  if (state !== 'closed') return;
  throw new DomainError('stateForbids', 'The grant is closed. Record the money as a return of the grant.');
}
