import { Injectable } from '@nestjs/common';
import type { ReportingFrequency } from '../grants/grant.rules.js';
import { coalitionCalendar } from '../coalitions/coalition.js';
import type { ReportingDetails } from '../grants/reporting-terms.js';
import { holidayCalendar } from '../maths/business-day.js';
import type { Day } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { callOff } from '../platform/queue/occurrences.js';
import { withMilestonesReached } from './milestones.js';
import { escalation } from './reminder.rules.js';
import { periodsAfter, type ReportingPeriod, reportingPeriods } from './reporting-period.rules.js';
import { RequirementsService } from './requirements.service.js';

interface AmendedRequirement {
  id: string;
  coalitionId: string;
  grantId: string;
  lastPeriodTo: Day;
  startOn: Day;
  endOn: Day;
  frequency: ReportingFrequency;
  dueAfterDays: number;
  details: ReportingDetails;
}

/** Keeps what a grant is asked to report equal to its term, after an amendment moved the end of it, or a milestone was reached. */
@Injectable()
export class AmendedTerms {
  constructor(private readonly requirements: RequirementsService) {}

  /**
   * Follows the new term, and the milestones that were reached: periods that are new get their reports, one that grew or shrank its new days, and what was
   * never handed in of periods that fell away is withdrawn. What was handed in once stays as it is. Doing it again
   * changes nothing.
   */
  async follow(tx: Tx, grantId: string): Promise<void> {
    const requirement = await tx.row<AmendedRequirement>(
      `SELECT q.id, q.coalition_id AS "coalitionId", q.grant_id AS "grantId", q.last_period_to AS "lastPeriodTo",
         g.start_on AS "startOn", g.end_on AS "endOn", q.frequency, q.due_after_days AS "dueAfterDays",
         q.terms AS details
       FROM requirements q JOIN grants g ON g.id = q.grant_id WHERE g.id = $1 FOR UPDATE OF q`,
      [grantId],
    );
    // A grant that was awarded elsewhere asks for no report here, however it is amended.
    if (!requirement) return;
    const handedIn = await lastHandedIn(tx, requirement.id);
    const { holidays } = await coalitionCalendar(tx, requirement.coalitionId);
    const details = await withMilestonesReached(tx, requirement.details);
    const terms = { ...requirement, details, calendar: holidayCalendar(holidays) };
    const periods = periodsAfter(handedIn, reportingPeriods(terms));
    const lastPeriodTo = periods.at(-1)?.to ?? handedIn!.to;
    await withdraw(tx, requirement.id, periods.at(-1)?.number ?? handedIn?.number ?? 0);
    await moveReports(tx, requirement.id, periods);
    if (lastPeriodTo !== requirement.lastPeriodTo) await this.moveEnd(tx, requirement, lastPeriodTo);
    await this.requirements.complete(tx, requirement.id, periods);
    await moveReminders(tx, requirement.id);
  }

  private async moveEnd(tx: Tx, requirement: AmendedRequirement, lastPeriodTo: Day): Promise<void> {
    await tx.run(`UPDATE requirements SET last_period_to = $2, version = version + 1 WHERE id = $1`, [
      requirement.id,
      lastPeriodTo,
    ]);
    await audit(tx, {
      coalitionId: requirement.coalitionId,
      action: 'requirement.amended',
      subject: { kind: 'requirement', id: requirement.id },
      before: { lastPeriodTo: requirement.lastPeriodTo },
      after: { lastPeriodTo },
    });
  }
}

/** The last report that somebody handed in: its period, and all before it, stay. */
async function lastHandedIn(tx: Tx, requirementId: string): Promise<{ number: number; to: Day } | null> {
  const report = await tx.row<{ number: number; to: Day }>(
    `SELECT number, period_to AS "to" FROM spend_reports
     WHERE requirement_id = $1 AND stands AND state NOT IN ('draft', 'withdrawn') ORDER BY number DESC LIMIT 1`,
    [requirementId],
  );
  return report ?? null;
}

async function withdraw(tx: Tx, requirementId: string, lastNumber: number): Promise<void> {
  const withdrawn = await tx.rows<{ id: string }>(
    `UPDATE spend_reports SET state = 'withdrawn', version = version + 1
     WHERE requirement_id = $1 AND number > $2 AND stands AND state = 'draft' RETURNING id`,
    [requirementId, lastNumber],
  );
  await callOff(
    tx,
    'report.remind',
    withdrawn.map(({ id }) => id),
    'the term ends before its period',
  );
}

/**
 * New days for reports that are still to be handed in; one that was withdrawn is asked for again. One after the other, from
 * the first: each may begin where the one after it began.
 */
async function moveReports(
  tx: Tx,
  requirementId: string,
  periods: readonly ReportingPeriod[],
): Promise<void> {
  for (const { number, from, to, dueOn, lateAfter } of periods) {
    await tx.run(
      `UPDATE spend_reports SET period_from = $3, period_to = $4, due_on = $5, late_after = $6, state = 'draft',
         version = version + 1
       WHERE requirement_id = $1 AND number = $2 AND stands AND state IN ('draft', 'withdrawn')
         AND (period_from, period_to, due_on, late_after, state) IS DISTINCT FROM ($3, $4, $5, $6, 'draft')`,
      [requirementId, number, from, to, dueOn, lateAfter],
    );
  }
}

/** Reminders follow a due date that was moved; those that were sent stay sent. */
async function moveReminders(tx: Tx, requirementId: string): Promise<void> {
  await tx.run(
    `UPDATE occurrences o SET due_at = moved.due_at, state = 'waiting', ended_at = NULL, note = NULL, retry_at = NULL
     FROM (
       SELECT r.id, 'd' || CASE WHEN step > 0 THEN '+' ELSE '' END || step AS key,
         (CASE WHEN step > 0 THEN r.late_after ELSE r.due_on END + step + time '08:00') AT TIME ZONE c.time_zone AS due_at
       FROM spend_reports r JOIN requirements q ON q.id = r.requirement_id JOIN coalitions c ON c.id = r.coalition_id
       CROSS JOIN LATERAL unnest(q.ladder) AS step WHERE q.id = $1 AND r.stands AND r.state = 'draft'
       UNION ALL
       SELECT r.id, $2, (r.late_after + q.escalate_after_days + time '08:00') AT TIME ZONE c.time_zone
       FROM spend_reports r JOIN requirements q ON q.id = r.requirement_id JOIN coalitions c ON c.id = r.coalition_id
       WHERE q.id = $1 AND r.stands AND r.state = 'draft') AS moved
     WHERE o.kind = 'report.remind' AND o.subject_id = moved.id AND o.period_key = moved.key
       AND o.state IN ('waiting', 'skipped') AND o.due_at <> moved.due_at`,
    [requirementId, escalation],
  );
}
