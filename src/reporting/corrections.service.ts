import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { addDays, type Day } from '../maths/day.js';
import { formatAmount, formatMoney } from '../maths/money.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { callOff } from '../platform/queue/occurrences.js';
import { copyAttachments } from './attachments/attachments.service.js';
import {
  carryOn,
  correctionDays,
  type Follower,
  requireCorrectable,
  requireGrantOpen,
} from './corrections.rules.js';
import { copyReadings } from './readings/report-readings.write.js';
import { countPayments } from './count-payments.js';
import { periodText } from './period-text.js';
import { lockSeries } from './series.js';
import { readSpendReport, type SpendReport } from './spend-reports.read.js';

/** Corrected reports: begun as a copy of an accepted one, and in its place once they are accepted themselves. */
@Injectable()
export class CorrectionsService {
  /**
   * Begins a correction: a draft of the same period that says what the accepted report says, to be changed. It is
   * submitted and reviewed like any other; until it is accepted, the accepted report counts.
   * @throws stateForbids: not accepted, corrected already, or the grant is closed
   */
  async begin(tx: Tx, reportId: string, reason: string): Promise<SpendReport> {
    const report = await lockSeries(tx, reportId);
    requireCorrectable({ ...report, isGrantClosed: await isGrantClosed(tx, report.grantId) });
    const id = newId();
    await tx.run(
      `INSERT INTO spend_reports (id, coalition_id, requirement_id, grant_id, organisation_id, currency, number,
         period_from, period_to, due_on, late_after, story, learning, stands, corrects_id, correction_reason)
       SELECT $2, coalition_id, requirement_id, grant_id, organisation_id, currency, number, period_from, period_to, $3, $3,
         story, learning, false, id, $4 FROM spend_reports WHERE id = $1`,
      [reportId, id, addDays(report.today, correctionDays), reason],
    );
    await tx.run(
      `INSERT INTO spend_lines (coalition_id, spend_report_id, goal_id, amount, note)
       SELECT coalition_id, $2, goal_id, amount, note FROM spend_lines WHERE spend_report_id = $1`,
      [reportId, id],
    );
    await copyAttachments(tx, reportId, id);
    await copyReadings(tx, reportId, id);
    const after = await readSpendReport(tx, id);
    await audit(tx, {
      coalitionId: after.coalitionId,
      action: 'spendReport.correctionBegun',
      subject: { kind: 'spendReport', id },
      after: { correctsId: reportId, periodFrom: after.periodFrom, periodTo: after.periodTo },
      reason,
    });
    return after;
  }

  /**
   * Gives a correction up that was not accepted: the report that it was to correct stays as it is.
   * @throws stateForbids for a report that corrects none, and for one that was handed in
   */
  async withdraw(tx: Tx, reportId: string): Promise<SpendReport> {
    await callOff(tx, 'report.remind', [reportId], 'the correction was withdrawn');
    const before = await lockSeries(tx, reportId);
    if (before.correctsId === null) {
      throw new DomainError(
        'stateForbids',
        'This report was agreed with the award, so it cannot be withdrawn.',
      );
    }
    if (before.state !== 'draft' && before.state !== 'returned') {
      throw new DomainError(
        'stateForbids',
        `A correction that is ${before.state} cannot be withdrawn. One that is a draft or returned can.`,
      );
    }
    await tx.run(`UPDATE spend_reports SET state = 'withdrawn', version = version + 1 WHERE id = $1`, [
      reportId,
    ]);
    const after = await readSpendReport(tx, reportId);
    await audit(tx, {
      coalitionId: after.coalitionId,
      action: 'spendReport.correctionWithdrawn',
      subject: { kind: 'spendReport', id: reportId },
      before: { state: before.state },
      after: { state: after.state },
    });
    return after;
  }

  /**
   * Whether the reports after this one can follow what it says now, before somebody reviews it in vain.
   * @throws ruleBroken naming the report that would fall short; stateForbids when the grant is closed
   */
  async requireFollowed(tx: Tx, correction: SpendReport): Promise<void> {
    if (correction.correctsId === null) return;
    await this.workOut(tx, correction);
  }

  /**
   * Puts a submitted correction in the place of what it corrects, in the transaction that accepts it: that one is
   * superseded and stays to be read, its payments are counted by this one, and every later report opens and closes with
   * what follows.
   * @throws as `requireFollowed`
   */
  async supersede(tx: Tx, correction: SpendReport): Promise<void> {
    const { corrected, followers, change } = await this.workOut(tx, correction);
    await tx.run(
      `UPDATE spend_reports SET state = 'superseded', stands = false, version = version + 1 WHERE id = $1`,
      [corrected.id],
    );
    await tx.run(`DELETE FROM reported_disbursements WHERE spend_report_id = $1`, [corrected.id]);
    await countPayments(tx, correction);
    await audit(tx, {
      coalitionId: corrected.coalitionId,
      action: 'spendReport.superseded',
      subject: { kind: 'spendReport', id: corrected.id },
      before: { state: corrected.state },
      after: { state: 'superseded', correctedById: correction.id },
      reason: correction.correctionReason ?? undefined,
    });
    if (change === 0n) return;
    const money = (minor: bigint) => formatAmount(minor, correction.currency);
    for (const { id, opening, closing } of followers) {
      await tx.run(
        `UPDATE spend_reports SET opening = opening + $2, closing = closing + $2, version = version + 1 WHERE id = $1`,
        [id, change],
      );
      await audit(tx, {
        coalitionId: correction.coalitionId,
        action: 'spendReport.followed',
        subject: { kind: 'spendReport', id },
        before: { opening: money(opening), closing: money(closing) },
        after: {
          opening: money(opening + change),
          closing: money(closing + change),
          correctionId: correction.id,
        },
      });
    }
  }

  private async workOut(
    tx: Tx,
    correction: SpendReport,
  ): Promise<{ corrected: SpendReport; followers: FollowingReport[]; change: bigint }> {
    requireGrantOpen(await isGrantClosed(tx, correction.grantId));
    const corrected = await readSpendReport(tx, correction.correctsId!);
    const followers = await followersOf(tx, correction);
    const show = (minor: bigint) => formatMoney(minor, correction.currency, 'en-GB');
    const change = carryOn(corrected.closing ?? 0n, correction.closing ?? 0n, followers, show);
    return { corrected, followers, change };
  }
}

interface FollowingReport extends Follower {
  opening: bigint;
}

/** Every later report that was handed in, corrections in review with them: their openings are frozen. */
async function followersOf(tx: Tx, { requirementId, number }: SpendReport): Promise<FollowingReport[]> {
  const rows = await tx.rows<Omit<FollowingReport, 'period'> & { periodFrom: Day; periodTo: Day }>(
    `SELECT id, opening, closing, period_from AS "periodFrom", period_to AS "periodTo" FROM spend_reports
     WHERE requirement_id = $1 AND number > $2 AND state IN ('submitted', 'accepted') ORDER BY number, id FOR UPDATE`,
    [requirementId, number],
  );
  return rows.map((row) => ({ ...row, period: periodText(row, 'en-GB') }));
}

/** Whether the grant is closed or about to be: what its reports said was settled with it. */
async function isGrantClosed(tx: Tx, grantId: string): Promise<boolean> {
  const closed = await tx.row(
    `SELECT 1 FROM grants g WHERE g.id = $1 AND (g.state NOT IN ('awarded', 'active', 'suspended')
       OR EXISTS (SELECT 1 FROM grant_closures c WHERE c.grant_id = g.id AND c.state <> 'rejected'))`,
    [grantId],
  );
  return closed !== undefined;
}
