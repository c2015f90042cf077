import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../coalitions/coalition.js';
import type { ReportingFrequency } from '../grants/grant.rules.js';
import { howOftenText } from '../grants/reporting-words.js';
import type { ReportingDetails } from '../grants/reporting-terms.js';
import { holidayCalendar } from '../maths/business-day.js';
import type { Day } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError, notFound } from '../platform/errors/domain-error.js';
import { planOccurrences } from '../platform/queue/occurrences.js';
import { withMilestonesReached } from './milestones.js';
import { periodText } from './period-text.js';
import { remindersOf, usualLadder } from './reminder.rules.js';
import { type ReportingPeriod, reportingPeriods } from './reporting-period.rules.js';
import type { AskForReport, Requirement } from './requirement.dto.js';
import { readSpendReport, type SpendReport } from './spend-reports.read.js';

/** A grant as it was awarded, as far as reporting goes. */
interface AwardedGrant {
  id: string;
  coalitionId: string;
  organisationId: string;
  currency: string;
  startOn: Day;
  endOn: Day;
  frequency: ReportingFrequency;
  dueAfterDays: number;
  details: ReportingDetails;
}

const awardedGrants = `
  SELECT id, coalition_id AS "coalitionId", organisation_id AS "organisationId", currency, start_on AS "startOn",
    end_on AS "endOn", reporting_frequency AS frequency, reporting_due_after_days AS "dueAfterDays",
    reporting_terms AS details
  FROM grants`;

/**
 * What a grant agreed about reporting. A requirement is made by an award and by nothing else: so nobody can ask for
 * a report that was not agreed.
 */
@Injectable()
export class RequirementsService {
  /**
   * Makes the requirement of an awarded grant: a report for every period, and the reminders of each. Doing it again
   * changes nothing, and completes what is missing.
   */
  async makeFor(tx: Tx, grantId: string): Promise<void> {
    const grant = await tx.row<AwardedGrant>(`${awardedGrants} WHERE id = $1`, [grantId]);
    if (!grant) throw notFound('grant');
    const { holidays } = await coalitionCalendar(tx, grant.coalitionId);
    const details = await withMilestonesReached(tx, grant.details);
    const periods = reportingPeriods({ ...grant, details, calendar: holidayCalendar(holidays) });
    const requirementId = await makeRequirement(tx, grant);
    await makeReports(tx, grant, requirementId, periods);
    await planReminders(tx, grant.coalitionId, requirementId);
  }

  /** Makes the reports of these periods that are not there yet, and plans their reminders. */
  async complete(tx: Tx, requirementId: string, periods: ReportingPeriod[]): Promise<void> {
    const grant = await tx.row<AwardedGrant>(
      `${awardedGrants} WHERE id = (SELECT grant_id FROM requirements WHERE id = $1)`,
      [requirementId],
    );
    await makeReports(tx, grant!, requirementId, periods);
    await planReminders(tx, grant!.coalitionId, requirementId);
  }

  /**
   * The report that a grant agreed on for a period: the answer to whoever asks a partner for one.
   * @throws ruleBroken naming the field, and what was agreed, where that is more than was agreed; notFound before the
   *   grant is awarded
   */
  async ask(tx: Tx, grantId: string, { periodFrom, periodTo }: AskForReport): Promise<SpendReport> {
    const requirement = await this.ofGrant(tx, grantId);
    const agreed = await tx.rows<{ id: string; periodFrom: Day; periodTo: Day }>(
      `SELECT id, period_from AS "periodFrom", period_to AS "periodTo" FROM spend_reports
       WHERE requirement_id = $1 AND stands AND state <> 'withdrawn' ORDER BY number`,
      [requirement.id],
    );
    const report = agreed.find((one) => one.periodFrom === periodFrom && one.periodTo === periodTo);
    if (report) return readSpendReport(tx, report.id);
    const often = howOftenText(requirement.frequency, requirement.terms, 'en-GB');
    const around = agreed.find((one) => one.periodTo >= periodTo) ?? agreed.at(-1);
    throw fieldError(
      'ruleBroken',
      '/periodTo',
      `The grant agreed to report ${often}, and never more often, so nobody can be asked for this. ` +
        (around
          ? `The report of that time is for ${periodText(around, 'en-GB')}.`
          : 'It asks for no report.'),
    );
  }

  /** @throws notFound before the grant is awarded */
  async ofGrant(tx: Tx, grantId: string): Promise<Requirement> {
    const requirement = await tx.row<Requirement>(
      `SELECT id, coalition_id AS "coalitionId", grant_id AS "grantId", organisation_id AS "organisationId", frequency,
         first_period_from AS "firstPeriodFrom", last_period_to AS "lastPeriodTo", due_after_days AS "dueAfterDays",
         terms, ladder, escalate_after_days AS "escalateAfterDays", version,
         (SELECT count(*)::int FROM spend_reports r WHERE r.requirement_id = q.id
           AND r.stands AND r.state <> 'withdrawn') AS reports
       FROM requirements q WHERE grant_id = $1`,
      [grantId],
    );
    if (!requirement) throw notFound('requirement');
    return requirement;
  }
}

async function makeRequirement(tx: Tx, grant: AwardedGrant): Promise<string> {
  const terms = {
    organisationId: grant.organisationId,
    frequency: grant.frequency,
    firstPeriodFrom: grant.startOn,
    lastPeriodTo: grant.endOn,
    dueAfterDays: grant.dueAfterDays,
    details: grant.details,
    ladder: [...usualLadder.days],
    escalateAfterDays: usualLadder.escalateAfterDays,
  };
  const made = await tx.row<{ id: string }>(
    `INSERT INTO requirements (id, coalition_id, grant_id, organisation_id, frequency, first_period_from, last_period_to,
       due_after_days, ladder, escalate_after_days, created_at, terms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (grant_id) DO NOTHING RETURNING id`,
    [
      newId(),
      grant.coalitionId,
      grant.id,
      terms.organisationId,
      terms.frequency,
      terms.firstPeriodFrom,
      terms.lastPeriodTo,
      terms.dueAfterDays,
      terms.ladder,
      terms.escalateAfterDays,
      tx.now,
      JSON.stringify(terms.details),
    ],
  );
  if (made) {
    await audit(tx, {
      coalitionId: grant.coalitionId,
      action: 'requirement.made',
      subject: { kind: 'requirement', id: made.id },
      after: { grantId: grant.id, ...terms },
    });
    return made.id;
  }
  const earlier = await tx.row<{ id: string }>(`SELECT id FROM requirements WHERE grant_id = $1`, [grant.id]);
  return earlier!.id;
}

async function makeReports(
  tx: Tx,
  grant: AwardedGrant,
  requirementId: string,
  periods: ReportingPeriod[],
): Promise<void> {
  await tx.run(
    `INSERT INTO spend_reports (coalition_id, requirement_id, grant_id, organisation_id, currency, number, period_from,
       period_to, due_on, late_after)
     SELECT $1, $2, $3, $4, $5, number, "from", "to", "dueOn", "lateAfter"
     FROM jsonb_to_recordset($6::jsonb) AS p (number integer, "from" date, "to" date, "dueOn" date,
       "lateAfter" date)
     ON CONFLICT (requirement_id, number) WHERE stands DO NOTHING`,
    [
      grant.coalitionId,
      requirementId,
      grant.id,
      grant.organisationId,
      grant.currency,
      JSON.stringify(periods),
    ],
  );
}

/** Plans the reminders of every report that is still to be handed in. */
async function planReminders(tx: Tx, coalitionId: string, requirementId: string): Promise<void> {
  const { timeZone } = await coalitionCalendar(tx, coalitionId);
  const reports = await tx.rows<{
    id: string;
    dueOn: Day;
    lateAfter: Day;
    days: number[];
    escalateAfterDays: number;
  }>(
    `SELECT r.id, r.due_on AS "dueOn", r.late_after AS "lateAfter", q.ladder AS days, q.escalate_after_days AS "escalateAfterDays"
     FROM spend_reports r JOIN requirements q ON q.id = r.requirement_id
     WHERE q.id = $1 AND r.stands AND r.state = 'draft' ORDER BY r.number`,
    [requirementId],
  );
  await planOccurrences(
    tx,
    reports.flatMap((report) =>
      remindersOf(report, report, timeZone).map(({ step, dueAt }) => ({
        coalitionId,
        kind: 'report.remind' as const,
        subjectId: report.id,
        periodKey: step,
        channel: 'mail' as const,
        dueAt,
      })),
    ),
  );
}
