import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { lockInstalments, moveInstalments } from '../../grants/instalments.js';
import { holidayCalendar } from '../../maths/business-day.js';
import type { Day } from '../../maths/day.js';
import { formatMoney } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { storeFile } from '../../platform/files/files.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import { plural } from '../../web/format.js';
import { type PoolAccount, poolAccount } from '../pool-accounts/pool-accounts.read.js';
import { DisbursementsService } from '../disbursements.service.js';
import type { MakeBatch } from './batch.dto.js';
import { contentOf, insertLines, newLine, painOf, requireStillSo } from './batch-lines.js';
import { requireBatchable, requireBatchMove, requireExecutionDay } from './batch.rules.js';
import {
  type Batch,
  type BatchCandidate,
  batchLines,
  type BatchLine,
  readBatch,
  readCandidates,
} from './batches.read.js';
import { controlSum, pain001, painFormats } from './pain001.js';

/** Approved payments gathered for the bank: made by one person, released by another, then a file. */
@Injectable()
@CarriesOut('paymentBatch')
export class BatchesService implements ApprovalHandler {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly disbursements: DisbursementsService,
  ) {}

  /**
   * Gathers approved payments of a pool into a batch: the maker's part. Another person releases it.
   * @throws ruleBroken naming each payment that cannot go into it and why, or the day
   */
  async make(tx: Tx, poolId: string, command: MakeBatch): Promise<Batch> {
    const pool = await lockPool(tx, poolId);
    const { today, holidays } = await coalitionCalendar(tx, pool.coalitionId);
    const { executionOn, disbursementIds } = command;
    requireExecutionDay(executionOn, today, holidayCalendar(holidays));
    const debtor = await this.debtorOf(tx, pool);
    const candidates = await readCandidates(tx, poolId, disbursementIds, executionOn);
    requireBatchable(disbursementIds, candidates, executionOn);
    const batch = await this.insert(tx, pool, debtor, executionOn, candidates);
    await this.write(tx, pool.coalitionId, batch.id, 'paymentBatch.made', {
      after: { number: batch.number, executionOn, total: batch.total, payments: batch.count },
    });
    return batch;
  }

  /**
   * A second person has released it: the files are written, once and for all, and its instalments are in payment.
   * @throws staleVersion when an account or a payment is not what was approved any more; ruleBroken when the day is over
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const batch = await this.lock(tx, approval.subjectId);
    requireBatchMove(batch.state, 'released');
    const { today, holidays } = await coalitionCalendar(tx, batch.coalitionId);
    requireExecutionDay(batch.executionOn, today, holidayCalendar(holidays));
    const lines = await batchLines(tx, batch.id);
    await requireStillSo(tx, batch, lines);
    await tx.run(
      `UPDATE payment_batches SET state = 'released', released_at = $2, version = version + 1 WHERE id = $1`,
      [batch.id, tx.now],
    );
    await this.moveInstalments(tx, lines, 'inPayment');
    const files = await this.writeFiles(tx, batch, lines);
    await this.write(tx, batch.coalitionId, batch.id, 'paymentBatch.released', { after: { files } });
  }

  /** Somebody said no, or its maker took it back: its payments are free for another batch. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const batch = await this.lock(tx, approval.subjectId);
    await this.end(tx, batch, reason);
  }

  /** The file has gone to the bank: from here on only the bank can stop it. @throws stateForbids */
  async send(tx: Tx, batchId: string): Promise<Batch> {
    const batch = await this.lock(tx, batchId);
    requireBatchMove(batch.state, 'sent');
    await tx.run(
      `UPDATE payment_batches SET state = 'sent', sent_at = $2, sent_by = $3, version = version + 1 WHERE id = $1`,
      [batchId, tx.now, tx.actor.personId ?? null],
    );
    await this.write(tx, batch.coalitionId, batchId, 'paymentBatch.sent', {});
    return readBatch(tx, batchId);
  }

  /**
   * Withdraws a batch that the bank has not got: its payments are approved again, and free for another.
   * @throws stateForbids once it is sent, or a payment of it is recorded
   */
  async withdraw(tx: Tx, batchId: string, reason: string): Promise<Batch> {
    const batch = await this.lock(tx, batchId);
    requireBatchMove(batch.state, 'withdrawn');
    if (batch.paidCount > 0) {
      throw new DomainError('stateForbids', 'Payments of this batch are recorded, so the bank has it.');
    }
    if (batch.state === 'open') await this.approvals.void(tx, batch.approvalId, reason);
    if (batch.state === 'released') await this.moveInstalments(tx, await batchLines(tx, batchId), 'approved');
    await this.end(tx, batch, reason);
    return readBatch(tx, batchId);
  }

  /**
   * The bank has made all payments of a batch on one day: each is recorded under its EndToEndId.
   * @throws stateForbids, insufficientFunds, periodLocked
   */
  async settle(tx: Tx, batchId: string, paidOn: Day): Promise<Batch> {
    const batch = await this.lock(tx, batchId);
    if (batch.state !== 'released' && batch.state !== 'sent') requireBatchMove(batch.state, 'done');
    for (const line of await batchLines(tx, batchId)) {
      if (line.disbursementState !== 'approved') continue;
      await this.disbursements.settle(tx, line.disbursementId, {
        bankReference: line.endToEndId,
        paidOn,
      });
    }
    return readBatch(tx, batchId);
  }

  private async debtorOf(tx: Tx, pool: LockedPool): Promise<PoolAccount> {
    const debtor = await poolAccount(tx, pool.id);
    if (debtor) return debtor;
    throw new DomainError('ruleBroken', `Say first which bank account ${pool.name} pays from.`);
  }

  private async insert(
    tx: Tx,
    pool: LockedPool,
    debtor: PoolAccount,
    executionOn: Day,
    candidates: BatchCandidate[],
  ): Promise<Batch> {
    const id = newId();
    const counted = await tx.row<{ number: number }>(
      `SELECT coalesce(max(number), 0) + 1 AS number FROM payment_batches WHERE pool_id = $1`,
      [pool.id],
    );
    const { number } = counted!;
    const total = controlSum(candidates);
    const lines = candidates.map((candidate, at) => newLine(candidate, at + 1, pool));
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: pool.coalitionId,
      poolId: pool.id,
      subject: { kind: 'paymentBatch', id },
      summary: `Release batch ${number} of ${pool.name}: ${plural(lines.length, 'payment')}, ${formatMoney(total, pool.currency, 'en-GB')}`,
      content: contentOf({ number, executionOn, total }, pool, debtor, lines),
      required: 1,
    });
    await tx.run(
      `INSERT INTO payment_batches (id, coalition_id, pool_id, number, execution_on, currency, total, debtor_name,
         debtor_iban, debtor_bic, state, approval_id, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13)`,
      [
        ...[id, pool.coalitionId, pool.id, number, executionOn, pool.currency, total],
        ...[debtor.name, debtor.iban, debtor.bic, approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await insertLines(tx, pool.coalitionId, id, lines);
    return readBatch(tx, id);
  }

  /** The pool's lock first, as every decision over its money takes it. */
  private async lock(tx: Tx, batchId: string): Promise<Batch> {
    const { poolId } = await readBatch(tx, batchId);
    await lockPool(tx, poolId);
    await tx.row(`SELECT id FROM payment_batches WHERE id = $1 FOR UPDATE`, [batchId]);
    return readBatch(tx, batchId);
  }

  private async moveInstalments(tx: Tx, lines: BatchLine[], to: 'inPayment' | 'approved'): Promise<void> {
    const instalments = await lockInstalments(
      tx,
      lines.map(({ instalmentId }) => instalmentId),
    );
    await moveInstalments(
      tx,
      instalments.map((instalment) => ({ instalment, to })),
    );
  }

  private async end(tx: Tx, batch: Batch, reason: string): Promise<void> {
    await tx.run(
      `UPDATE payment_batches SET state = 'withdrawn', ended_at = $2, withdraw_reason = $3, version = version + 1
       WHERE id = $1`,
      [batch.id, tx.now, reason],
    );
    await tx.run(`UPDATE payment_batch_lines SET living = false WHERE batch_id = $1`, [batch.id]);
    await this.write(tx, batch.coalitionId, batch.id, 'paymentBatch.withdrawn', {
      before: { state: batch.state },
      after: { state: 'withdrawn' },
      reason,
    });
  }

  /** Both formats, stored once: what is downloaded later is these bytes. */
  private async writeFiles(tx: Tx, batch: Batch, lines: BatchLine[]): Promise<Record<string, string>> {
    const debtor = await tx.row<{ iban: string }>(
      `SELECT debtor_iban AS iban FROM payment_batches WHERE id = $1`,
      [batch.id],
    );
    const told = painOf(batch, debtor!.iban, lines, tx.now);
    const hashes: Record<string, string> = {};
    for (const format of painFormats) {
      const content = Buffer.from(pain001(format, told), 'utf8');
      const file = await storeFile(tx, {
        coalitionId: batch.coalitionId,
        mediaType: 'application/xml',
        content,
      });
      await tx.run(
        `INSERT INTO payment_batch_files (coalition_id, batch_id, format, file_id, sha256) VALUES ($1, $2, $3, $4, $5)`,
        [batch.coalitionId, batch.id, format, file.id, file.sha256],
      );
      hashes[format] = file.sha256;
    }
    return hashes;
  }

  private write(
    tx: Tx,
    coalitionId: string,
    id: string,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'paymentBatch', id }, ...change });
  }
}
