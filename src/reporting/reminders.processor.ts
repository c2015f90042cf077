import { Inject, Injectable } from '@nestjs/common';
import { coalitionCalendar } from '../coalitions/coalition.js';
import type { Day } from '../maths/day.js';
import type { Config } from '../platform/config/config.js';
import type { Tx } from '../platform/database/tx.js';
import type { RenderedLetter } from '../platform/mail/letter.js';
import { type MailDraft, queueMails } from '../platform/mail/mail.js';
import { HandlesOccurrence, type OccurrenceHandler } from '../platform/queue/handlers.js';
import type { DueOccurrence, Outcome } from '../platform/queue/occurrences.js';
import { CONFIG } from '../platform/tokens.js';
import { plural } from '../web/format.js';
import { escalation, reasonToSkip } from './reminder.rules.js';
import {
  escalationLetter,
  reminderLetter,
  type ReportInLetter,
  stillReturnedLetter,
} from './report-letters.js';
import { type Overseer, type Reader, type Readers, readersOf } from './report-readers.js';
import type { SpendReportState } from './spend-report.entity.js';

/** A report as its reminder finds it. */
interface RemindedReport extends Omit<ReportInLetter, 'url'> {
  id: string;
  organisationId: string;
  state: SpendReportState;
  grantState: string;
  reviewComment: string | null;
  /** The newest reminder to the partner that is due by now, done or not. */
  newestStep: string | null;
}

/** Reminds partners of their reports, and tells the backbone and the funders when that does not help. */
@Injectable()
@HandlesOccurrence('report.remind')
export class RemindersProcessor implements OccurrenceHandler {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async handle(tx: Tx, due: DueOccurrence[]): Promise<Outcome[]> {
    const { coalitionId } = due[0]!;
    const { today } = await coalitionCalendar(tx, coalitionId);
    const reports = await remindedReports(
      tx,
      due.map(({ subjectId }) => subjectId),
    );
    const organisationIds = [...reports.values()].map(({ organisationId }) => organisationId);
    const readers = await readersOf(tx, coalitionId, organisationIds, today);
    const drafts: MailDraft[] = [];
    const outcomes = due.map(({ subjectId, periodKey }): Outcome => {
      const report = reports.get(subjectId);
      if (!report) return { state: 'skipped', note: 'there is no such report' };
      const to = readersFor(periodKey, report, readers);
      const reason = reasonToSkip({
        step: periodKey,
        reportState: report.state,
        grantState: report.grantState,
        replacedBy: replacementOf(periodKey, report),
        readers: to.length,
      });
      if (reason !== null) return { state: 'skipped', note: reason };
      const people = readers.partners.get(report.organisationId)?.map(({ name }) => name) ?? [];
      const letters = { report: this.inLetter(report), step: periodKey, today, people };
      drafts.push(...to.map((reader) => draftOf(coalitionId, letters, reader)));
      return { state: 'done', note: `written to ${plural(to.length, 'person', 'people')}` };
    });
    await queueMails(tx, drafts);
    return outcomes;
  }

  private inLetter(report: RemindedReport): RemindedReport & ReportInLetter {
    return { ...report, url: `${this.config.publicUrl}/spend-reports/${report.id}` };
  }
}

interface LetterMatter {
  report: RemindedReport & ReportInLetter;
  step: string;
  today: Day;
  /** The partner's people, by name. */
  people: string[];
}

function draftOf(coalitionId: string, matter: LetterMatter, reader: Reader | Overseer): MailDraft {
  const { report, step } = matter;
  return {
    coalitionId,
    personId: reader.personId,
    to: reader.email,
    template: step === escalation ? 'reporting.escalation' : 'reporting.reminder',
    ...letterFor(matter, reader),
    cause: { kind: 'report.remind', id: report.id, key: step },
  };
}

function letterFor({ report, step, today, people }: LetterMatter, reader: Reader | Overseer): RenderedLetter {
  if (step === escalation) return escalationLetter(report, reader, today, people);
  if (report.state === 'returned') return stillReturnedLetter(report, reader, report.reviewComment ?? '');
  return reminderLetter(report, reader, today);
}

const readersFor = (
  step: string,
  { organisationId }: RemindedReport,
  readers: Readers,
): (Reader | Overseer)[] =>
  step === escalation ? readers.overseers : (readers.partners.get(organisationId) ?? []);

const replacementOf = (step: string, { newestStep }: RemindedReport): string | null =>
  step === escalation || step === newestStep ? null : newestStep;

async function remindedReports(tx: Tx, ids: string[]): Promise<Map<string, RemindedReport>> {
  const reports = await tx.rows<RemindedReport>(
    `SELECT r.id, r.organisation_id AS "organisationId", o.name AS organisation, c.name AS coalition, g.title AS grant,
       g.state AS "grantState", r.state, r.period_from AS "periodFrom", r.period_to AS "periodTo", r.due_on AS "dueOn",
       r.late_after AS "lateAfter",
       r.review_comment AS "reviewComment", newest.period_key AS "newestStep"
     FROM spend_reports r JOIN grants g ON g.id = r.grant_id JOIN organisations o ON o.id = r.organisation_id
     JOIN coalitions c ON c.id = r.coalition_id
     LEFT JOIN LATERAL (
       SELECT period_key FROM occurrences n
       WHERE n.kind = 'report.remind' AND n.subject_id = r.id AND n.period_key <> '${escalation}' AND n.due_at <= $2
       ORDER BY n.due_at DESC LIMIT 1) AS newest ON true
     WHERE r.id = ANY ($1::uuid[])`,
    [ids, tx.now],
  );
  return new Map(reports.map((report) => [report.id, report]));
}
