import { Inject, Injectable } from '@nestjs/common';
import { formatAmount, formatMoney } from '../maths/money.js';
import { audit } from '../platform/audit/audit.js';
import type { Config } from '../platform/config/config.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { queueMails } from '../platform/mail/mail.js';
import { callOff, planOccurrences } from '../platform/queue/occurrences.js';
import { tell } from '../platform/outbox/outbox.js';
import { CONFIG } from '../platform/tokens.js';
import { dayText } from '../web/format.js';
import { CorrectionsService } from './corrections.service.js';
import { countPayments } from './count-payments.js';
import { handedIn, reminderOfReturned } from './reminder.rules.js';
import { contentOf, toSave } from './report-content.js';
import { ReportReadingsService } from './readings/report-readings.service.js';
import { replaceReadings } from './readings/report-readings.write.js';
import { mergeReport, type ReportContent, type SeenContent } from './report-merge.rules.js';
import { addComments, openComments, settleComments } from './report-comments.js';
import { commentableFields, type FieldComment, requireCommentable } from './report-comments.rules.js';
import { returnedLetter } from './report-letters.js';
import { readersOf } from './report-readers.js';
import { lockReport, lockSeries } from './series.js';
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
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly corrections: CorrectionsService,
    private readonly readings: ReportReadingsService,
  ) {}

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
    if (command.readings) await replaceReadings(tx, before, command.readings);
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
   * Saves what was typed in a form beside what somebody else saved since it was drawn: each field as the one wrote it
   * who changed it.
   * @throws staleVersion naming the field that both changed, with what the other wrote; stateForbids, ruleBroken
   */
  async saveBeside(tx: Tx, reportId: string, typed: ReportContent, seen: SeenContent): Promise<SpendReport> {
    await lockReport(tx, reportId);
    const before = await readSpendReport(tx, reportId);
    requireStep(before.state, 'save');
    const { merged, clashes } = mergeReport(contentOf(before), typed, seen);
    const [clash] = clashes;
    if (clash) {
      const sentence = `Somebody else wrote here meanwhile: “${clash.theirs}”. Save again to keep what you wrote instead.`;
      throw fieldError('staleVersion', clash.pointer, sentence);
    }
    const lines = merged.lines.map((line) => ({ ...line, amount: line.amount === '' ? null : line.amount }));
    return this.save(tx, reportId, before.version, { ...merged, lines, readings: toSave(merged.readings) });
  }

  /**
   * Hands the report in: freezes its figures and the payments it counts, and calls off its reminders.
   * @throws stateForbids; ruleBroken naming the field: too early, out of turn, without a story, too much spent
   */
  async submit(tx: Tx, reportId: string): Promise<SpendReport> {
    // First the reminders, then the report: the reminders' own order, so that neither waits for the other.
    await callOff(tx, 'report.remind', [reportId], handedIn);
    const before = await lockSeries(tx, reportId);
    requireStep(before.state, 'submit');
    requireSubmittable(before, before.today, {
      day: (day) => dayText(day, 'en-GB'),
      money: (minor) => formatMoney(minor, before.currency, 'en-GB'),
    });
    await this.corrections.requireFollowed(tx, before);
    const author = tx.actor.personId ?? null;
    // What a correction says was read counts from when it is accepted.
    if (before.correctsId === null) await this.readings.take(tx, before, author);
    else await this.readings.check(tx, before);
    const { opening, received, spent, closing } = before;
    await tx.run(
      `UPDATE spend_reports SET state = 'submitted', opening = $2, received = $3, spent = $4, closing = $5,
         submitted_by = $6, submitted_at = $7, reviewed_by = NULL, reviewed_at = NULL, review_comment = NULL,
         version = version + 1
       WHERE id = $1`,
      [reportId, opening, received, spent, closing, author, tx.now],
    );
    if (before.correctsId === null) await countPayments(tx, before);
    await settleComments(tx, reportId);
    const after = await readSpendReport(tx, reportId);
    await this.write(tx, 'submitted', before, after);
    return after;
  }

  /**
   * Gives a submitted report back with a comment, and with one at each field that needs it; tells the partner's people
   * at once, and plans to ask again.
   * @param version the one that was read, where that is known
   * @throws makerIsChecker, staleVersion; stateForbids while a later report builds on this one; ruleBroken naming a
   *   comment at a field that the report has not
   */
  async returnWith(
    tx: Tx,
    reportId: string,
    { comment, fields }: { comment: string; fields?: readonly FieldComment[] | null },
    version?: number,
  ): Promise<SpendReport> {
    const before = await this.review(tx, reportId, 'return', version);
    // What comes after a correction opens with what it is to correct, until it is accepted.
    if (before.stands) requireNothingBuiltOn(before.next);
    requireCommentable(fields ?? [], commentableFields(before));
    await tx.run(
      `UPDATE spend_reports SET state = 'returned', review_comment = $2, reviewed_by = $3, reviewed_at = $4,
         opening = NULL, received = NULL, spent = NULL, closing = NULL, version = version + 1
       WHERE id = $1`,
      [reportId, comment, tx.actor.personId ?? null, tx.now],
    );
    await tx.run(`DELETE FROM reported_disbursements WHERE spend_report_id = $1`, [reportId]);
    await addComments(tx, before, fields ?? []);
    const after = await readSpendReport(tx, reportId);
    await this.tellReturned(tx, after, comment);
    await this.write(tx, 'returned', before, after, comment);
    return after;
  }

  /**
   * Accepts a submitted report: its figures count from now on, and stay. A correction takes the place of what it corrects.
   * @param version the one that was read, where that is known
   * @throws makerIsChecker, staleVersion; stateForbids while the report before is not accepted
   */
  async accept(tx: Tx, reportId: string, version?: number): Promise<SpendReport> {
    const before = await this.review(tx, reportId, 'accept', version);
    requireAcceptedBefore(before.previous);
    if (before.correctsId !== null) {
      await this.corrections.supersede(tx, before);
      await this.readings.take(tx, before, before.submittedById);
    }
    await tx.run(
      `UPDATE spend_reports SET state = 'accepted', stands = true, reviewed_by = $2, reviewed_at = $3,
         version = version + 1
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
    const before = await lockSeries(tx, reportId);
    if (version !== undefined) requireVersion(before, version);
    requireStep(before.state, step);
    requireOtherThanSubmitter(before.submittedById, tx.actor.personId);
    return before;
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
        ...returnedLetter(inLetter, reader, { reviewer, comment, fields: openComments(report.comments) }),
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
    readings: report.readings.flatMap(({ series: { name }, values }) =>
      values
        .filter(({ value }) => value !== null)
        .map(({ period, category, value }) => ({ name, period, category, value })),
    ),
    comments: openComments(report.comments).map(({ pointer, comment }) => ({ pointer, comment })),
  };
}

function requireVersion(report: SpendReport, version: number): void {
  if (report.version === version) return;
  throw new DomainError('staleVersion', 'Somebody changed the report meanwhile. Read it again.');
}
