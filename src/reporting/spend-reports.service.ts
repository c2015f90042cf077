import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, formatMoney } from '../maths/money.js';
import { audit } from '../platform/audit/audit.js';
import type { Config } from '../platform/config/config.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, notFound } from '../platform/errors/domain-error.js';
import { queueMails } from '../platform/mail/mail.js';
import { callOff, planOccurrences } from '../platform/queue/occurrences.js';
import { tell } from '../platform/outbox/outbox.js';
import { CONFIG } from '../platform/tokens.js';
import { dayText } from '../web/format.js';
import { handedIn, reminderOfReturned } from './reminder.rules.js';
import { returnedLetter } from './report-letters.js';
import { readersOf } from './report-readers.js';
import type { SaveSpendReport } from './spend-report.dto.js';
import {
  requireAcceptedBefore,
  requireNothingBuiltOn,
  requireOtherThanSubmitter,
  requireStep,
  requireSubmittable,
} from './spend-report.rules.js';
import { replaceLines, spendLinesOf } from './spend-lines.js';
import { readSpendReport, type SpendReport } from './spend-reports.read.js';

/** From draft to accepted: the partner writes and submits, the backbone returns or accepts. */
@Injectable()
export class SpendReportsService {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * Saves what the partner has so far. Nothing has to be complete.
   * @throws staleVersion, stateForbids, ruleBroken naming the field
   */
  async save(tx: Tx, reportId: string, version: number, command: SaveSpendReport): Promise<SpendReport> {
    await lockReport(tx, reportId);
    const before = await readSpendReport(tx, reportId);
    requireStep(before.state, 'save');
    requireVersion(before, version);
    if (command.lines) await replaceLines(tx, before, spendLinesOf(command.lines, before));
    await tx.run(`UPDATE spend_reports SET story = $2, learning = $3, version = version + 1 WHERE id = $1`, [
      reportId,
      command.story ?? before.story,
      command.learning ?? before.learning,
    ]);
    const after = await readSpendReport(tx, reportId);
    await this.write(tx, 'saved', before, after);
    return after;
  }

  /**
   * Hands the report in: freezes its figures and the payments it counts, and calls off its reminders.
   * @throws stateForbids; ruleBroken naming the field: too early, out of turn, without a story, too much spent
   */
  async submit(tx: Tx, reportId: string): Promise<SpendReport> {
    // First the reminders, then the report: the reminders' own order, so that neither waits for the other.
    await callOff(tx, 'report.remind', [reportId], handedIn);
    const before = await this.lockSeries(tx, reportId);
    requireStep(before.state, 'submit');
    requireSubmittable(before, before.today, {
      day: (day) => dayText(day, 'en-GB'),
      money: (minor) => formatMoney(minor, before.currency, 'en-GB'),
    });
    const { opening, received, spent, closing } = before;
    await tx.run(
      `UPDATE spend_reports SET state = 'submitted', opening = $2, received = $3, spent = $4, closing = $5,
         submitted_by = $6, submitted_at = $7, reviewed_by = NULL, reviewed_at = NULL, review_comment = NULL,
         version = version + 1
       WHERE id = $1`,
      [reportId, opening, received, spent, closing, tx.actor.personId ?? null, tx.now],
    );
    await tx.run(
      `INSERT INTO reported_disbursements (coalition_id, spend_report_id, disbursement_id)
       SELECT $1, $2, id FROM unnest($3::uuid[]) AS id`,
      [before.coalitionId, reportId, before.payments.map(({ disbursementId }) => disbursementId)],
    );
    const after = await readSpendReport(tx, reportId);
    await this.write(tx, 'submitted', before, after);
    return after;
  }

  /**
   * Gives a submitted report back with a comment, tells the partner's people at once, and plans to ask again.
   * @param version the one that was read, where that is known
   * @throws makerIsChecker, staleVersion; stateForbids while a later report builds on this one
   */
  async returnWith(tx: Tx, reportId: string, comment: string, version?: number): Promise<SpendReport> {
    const before = await this.review(tx, reportId, 'return', version);
    requireNothingBuiltOn(before.next);
    await tx.run(
      `UPDATE spend_reports SET state = 'returned', review_comment = $2, reviewed_by = $3, reviewed_at = $4,
         opening = NULL, received = NULL, spent = NULL, closing = NULL, version = version + 1
       WHERE id = $1`,
      [reportId, comment, tx.actor.personId ?? null, tx.now],
    );
    await tx.run(`DELETE FROM reported_disbursements WHERE spend_report_id = $1`, [reportId]);
    const after = await readSpendReport(tx, reportId);
    await this.tellReturned(tx, after, comment);
    await this.write(tx, 'returned', before, after, comment);
    return after;
  }

  /**
   * Accepts a submitted report: its figures count from now on, and stay.
   * @param version the one that was read, where that is known
   * @throws makerIsChecker, staleVersion; stateForbids while the report before is not accepted
   */
  async accept(tx: Tx, reportId: string, version?: number): Promise<SpendReport> {
    const before = await this.review(tx, reportId, 'accept', version);
    requireAcceptedBefore(before.previous);
    await tx.run(
      `UPDATE spend_reports SET state = 'accepted', reviewed_by = $2, reviewed_at = $3, version = version + 1
       WHERE id = $1`,
      [reportId, tx.actor.personId ?? null, tx.now],
    );
    const after = await readSpendReport(tx, reportId);
    await this.write(tx, 'accepted', before, after);
    await tell(tx, after.coalitionId, 'report.accepted', {
      grantId: after.grantId,
      periodTo: after.periodTo,
    });
    return after;
  }

  private async review(
    tx: Tx,
    reportId: string,
    step: 'return' | 'accept',
    version?: number,
  ): Promise<SpendReport> {
    const before = await this.lockSeries(tx, reportId);
    if (version !== undefined) requireVersion(before, version);
    requireStep(before.state, step);
    requireOtherThanSubmitter(before.submittedById, tx.actor.personId);
    return before;
  }

  /** Locks all reports of the grant until the transaction ends: each one's opening hangs on the one before. */
  private async lockSeries(tx: Tx, reportId: string): Promise<SpendReport> {
    await tx.rows(
      `SELECT 1 FROM requirements WHERE id = (SELECT requirement_id FROM spend_reports WHERE id = $1) FOR UPDATE`,
      [reportId],
    );
    await lockReport(tx, reportId);
    return readSpendReport(tx, reportId);
  }

  private async tellReturned(tx: Tx, report: SpendReport, comment: string): Promise<void> {
    const { coalitionId, organisationId, id, version, today, timeZone } = report;
    const { step, dueAt } = reminderOfReturned(today, version, timeZone);
    await planOccurrences(tx, [
      { coalitionId, kind: 'report.remind', subjectId: id, periodKey: step, channel: 'mail', dueAt },
    ]);
    const { partners } = await readersOf(tx, coalitionId, [organisationId], today);
    const coalition = await tx.row<{ name: string }>(`SELECT name FROM coalitions WHERE id = $1`, [
      coalitionId,
    ]);
    const inLetter = {
      ...report,
      coalition: coalition?.name ?? '',
      grant: report.grantTitle,
      url: `${this.config.publicUrl}/spend-reports/${id}`,
    };
    const reviewer = report.reviewedBy ?? 'The backbone';
    await queueMails(
      tx,
      (partners.get(organisationId) ?? []).map((reader) => ({
        coalitionId,
        personId: reader.personId,
        to: reader.email,
        template: 'reporting.returned',
        ...returnedLetter(inLetter, reader, { reviewer, comment }),
        cause: { kind: 'report.returned', id, key: String(version) },
      })),
    );
  }

  private write(
    tx: Tx,
    done: 'saved' | 'submitted' | 'returned' | 'accepted',
    before: SpendReport,
    after: SpendReport,
    reason?: string,
  ): Promise<void> {
    return audit(tx, {
      coalitionId: after.coalitionId,
      action: `spendReport.${done}`,
      subject: { kind: 'spendReport', id: after.id },
      before: recorded(before),
      after: recorded(after),
      reason,
    });
  }
}

/** What of a report is written to its history; amounts as one reads them. */
function recorded({ currency, lines, ...report }: SpendReport): Record<string, unknown> {
  const { state, story, learning } = report;
  const money = (minor: bigint | null) => (minor === null ? null : formatAmount(minor, currency));
  return {
    ...{ state, story, learning, currency },
    opening: money(report.opening),
    received: money(report.received),
    spent: money(report.spent),
    closing: money(report.closing),
    lines: lines.map(({ goalId, goal, amount, note }) => ({ goalId, goal, amount: money(amount), note })),
  };
}

async function lockReport(tx: Tx, reportId: string): Promise<void> {
  const locked = await tx.row(`SELECT 1 FROM spend_reports WHERE id = $1 FOR UPDATE`, [reportId]);
  if (!locked) throw notFound('spend report');
}

function requireVersion(report: SpendReport, version: number): void {
  if (report.version === version) return;
  throw new DomainError('staleVersion', 'Somebody changed the report meanwhile. Read it again.');
}
