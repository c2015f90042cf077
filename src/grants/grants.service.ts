import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { type CoalitionCalendar, coalitionCalendar, refuseServingBackbone } from '../coalitions/coalition.js';
import { DecisionKeys } from '../decisions/decision-keys.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { formatMoney } from '../maths/money.js';
import { audit } from '../platform/audit/audit.js';
import type { Parameter, Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';
import { tell } from '../platform/outbox/outbox.js';
import { lockPool, poolPosition, requireCovered } from '../pools/pool-position.js';
import type { DraftGrant } from './grant.dto.js';
import { grantAwarded } from './grant.entries.js';
import {
  type GrantMode,
  type GrantState,
  type ReportingFrequency,
  requireOtherThanProposer,
  requireStep,
} from './grant.rules.js';
import { type GrantSchedule, planGrant, type ScheduleTemplate } from './grant-schedule.js';
import { type GrantRow, readGrant } from './grants.read.js';
import { insertInstalments } from './instalments.js';
import { scheduleOf } from './schedule-templates/schedule-by-template.js';
import { linkMilestones, readReportingDay } from './milestones.js';
import { planConditionReminders } from './conditions/reminders/plan-reminders.js';
import { dateWaiting, datesAfter } from './triggers/date-waiting.js';
import { linkConditions } from './triggers/link-conditions.js';
import { type ReportingDetails, requireReporting, usualReporting } from './reporting-terms.js';

@Injectable()
export class GrantsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly keys: DecisionKeys,
  ) {}

  /**
   * Drafts a grant, with its schedule planned on the coalition's calendar so that the award is known.
   * @throws ruleBroken naming the field
   */
  async draft(tx: Tx, poolId: string, command: DraftGrant): Promise<GrantRow> {
    const pool = await lockPool(tx, poolId);
    const calendar = await coalitionCalendar(tx, pool.coalitionId);
    const { schedule, template } = await this.requireSensible(tx, pool, calendar, command);
    const id = newId();
    await tx.run(
      `INSERT INTO grants (id, coalition_id, pool_id, currency, state, created_by, created_at, ${draftColumns})
       VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [
        id,
        pool.coalitionId,
        poolId,
        pool.currency,
        tx.actor.personId ?? null,
        tx.now,
        ...draftParameters(command, schedule, template, pool.currency),
      ],
    );
    await this.setGoals(tx, pool.coalitionId, id, command.goalIds ?? []);
    const grant = await readGrant(tx, id);
    await this.write(tx, grant, 'grant.drafted', { after: grant });
    return grant;
  }

  /**
   * Replaces what a draft says.
   * @throws staleVersion, stateForbids, ruleBroken naming the field
   */
  async change(tx: Tx, grantId: string, version: number, command: DraftGrant): Promise<GrantRow> {
    const before = await this.lock(tx, grantId);
    requireStep(before.state, 'change');
    const pool = { id: before.poolId, coalitionId: before.coalitionId, currency: before.currency };
    const calendar = await coalitionCalendar(tx, before.coalitionId);
    const { schedule, template } = await this.requireSensible(tx, pool, calendar, command);
    const changed = await tx.run(
      `UPDATE grants SET (${draftColumns}) = ROW ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14), version = version + 1
       WHERE id = $1 AND version = $2`,
      [grantId, version, ...draftParameters(command, schedule, template, pool.currency)],
    );
    if (changed !== 1)
      throw new DomainError('staleVersion', 'Somebody changed the grant meanwhile. Look at it again.');
    await this.setGoals(tx, before.coalitionId, grantId, command.goalIds ?? []);
    const after = await readGrant(tx, grantId);
    await this.write(tx, after, 'grant.changed', { before, after });
    return after;
  }

  /** Puts a draft to those who award. */
  async propose(tx: Tx, grantId: string): Promise<GrantRow> {
    const before = await this.lock(tx, grantId);
    requireStep(before.state, 'propose');
    await tx.run(
      `UPDATE grants SET state = 'proposed', proposed_by = $2, proposed_at = $3, version = version + 1 WHERE id = $1`,
      [grantId, tx.actor.personId ?? null, tx.now],
    );
    return this.moved(tx, before, 'grant.proposed');
  }

  /**
   * Awards a proposed grant: commits the pool's money, makes the instalments, and plans when each comes due.
   * A decision of the coalition that is named is used by it; `reference` is what else allows it, in words.
   * @throws makerIsChecker, stateForbids; insufficientFunds, saying by how much, when the pool cannot commit it;
   *   ruleBroken where the coalition decides on awards, and no decision that passed is named
   */
  async award(
    tx: Tx,
    grantId: string,
    reference: string | undefined,
    decisionId?: string,
  ): Promise<GrantRow> {
    const { poolId } = await readGrant(tx, grantId);
    const pool = await lockPool(tx, poolId);
    const before = await this.lock(tx, grantId);
    requireStep(before.state, 'award');
    requireOtherThanProposer(before.proposedBy, tx.actor.personId);
    const door = { coalitionId: pool.coalitionId, kind: 'grantAward' as const, subjectId: grantId };
    const decision = await this.keys.use(
      tx,
      { ...door, what: `the award of ${before.reference}` },
      decisionId,
    );
    const allowedBy = decision ?? reference;
    if (!allowedBy) throw fieldError('ruleBroken', '/decisionReference', 'Say what allows the award.');
    const calendar = await coalitionCalendar(tx, pool.coalitionId);
    const schedule = planGrant(before.template, pool.currency, calendar);
    await this.requireAvailable(tx, poolId, schedule.award, pool.currency);
    await tx.run(
      `UPDATE grants SET state = 'awarded', amount = $2, decision_reference = $3, awarded_by = $4, awarded_at = $5, decision_id = $6,
         version = version + 1 WHERE id = $1`,
      [grantId, schedule.award, allowedBy, tx.actor.personId ?? null, tx.now, decisionId ?? null],
    );
    await this.makeInstalments(tx, before, schedule, calendar);
    await linkMilestones(tx, before);
    await planConditionReminders(tx, before);
    const awarded = { id: grantId, reference: before.reference, amount: schedule.award };
    await this.ledger.postOne(tx, grantAwarded(pool, { ...awarded, awardedOn: calendar.today }));
    // The host's fees on its payments are known with its instalments.
    await requireCovered(tx, poolId);
    await tell(tx, pool.coalitionId, 'grant.awarded', { grantId });
    return this.moved(tx, before, 'grant.awarded', allowedBy);
  }

  async decline(tx: Tx, grantId: string, reason: string): Promise<GrantRow> {
    const before = await this.lock(tx, grantId);
    requireStep(before.state, 'decline');
    requireOtherThanProposer(before.proposedBy, tx.actor.personId);
    await this.setState(tx, grantId, 'declined');
    return this.moved(tx, before, 'grant.declined', reason);
  }

  async cancel(tx: Tx, grantId: string, reason: string): Promise<GrantRow> {
    const before = await this.lock(tx, grantId);
    requireStep(before.state, 'cancel');
    await this.setState(tx, grantId, 'cancelled');
    return this.moved(tx, before, 'grant.cancelled', reason);
  }

  private async requireSensible(
    tx: Tx,
    pool: { coalitionId: string; currency: string },
    calendar: CoalitionCalendar,
    command: DraftGrant,
  ): Promise<{ schedule: GrantSchedule; template: ScheduleTemplate }> {
    if (command.currency !== undefined && command.currency !== pool.currency) {
      throw fieldError(
        'ruleBroken',
        '/currency',
        `The pool is in ${pool.currency}: award in ${pool.currency}.`,
      );
    }
    await refuseServingBackbone(tx, pool.coalitionId, command.organisationId, '/organisationId');
    requireReporting(
      command.reportingFrequency as ReportingFrequency,
      reportingOf(command, pool.currency),
      command,
    );
    const template = await scheduleOf(tx, pool, command);
    const schedule = planGrant(template, pool.currency, calendar);
    const outside = schedule.instalments.findIndex(
      ({ nominalOn }) => nominalOn < command.startOn || nominalOn > command.endOn,
    );
    if (command.endOn < command.startOn) {
      throw fieldError('ruleBroken', '/endOn', 'A grant ends after it starts.');
    }
    if (outside >= 0) {
      const sentence = `Instalment ${outside + 1} falls on ${schedule.instalments[outside]!.nominalOn}, outside the grant’s term.`;
      const isWaiting = schedule.instalments[outside]!.after !== null;
      const counted = outside === 0 ? '/firstOn' : '/endOn';
      throw fieldError('ruleBroken', isWaiting ? `/slices/${outside}/after/expectedOn` : counted, sentence);
    }
    await this.requireGoals(tx, pool.coalitionId, command);
    return { schedule, template };
  }

  private async requireGoals(tx: Tx, coalitionId: string, { mode, goalIds = [] }: DraftGrant): Promise<void> {
    if ((mode as GrantMode) === 'earmarked' && goalIds.length === 0) {
      throw fieldError('ruleBroken', '/goalIds', 'An earmarked grant names the goals it is restricted to.');
    }
    const known = await tx.rows(`SELECT id FROM goals WHERE coalition_id = $1 AND id = ANY ($2::uuid[])`, [
      coalitionId,
      goalIds,
    ]);
    if (known.length !== new Set(goalIds).size) {
      throw fieldError('ruleBroken', '/goalIds', 'Choose goals of this coalition.');
    }
  }

  private async requireAvailable(tx: Tx, poolId: string, amount: bigint, currency: string): Promise<void> {
    const { availableToCommit } = await poolPosition(tx, poolId);
    if (amount <= availableToCommit) return;
    const show = (minor: bigint) => formatMoney(minor, currency, 'en-GB');
    const sentence = `The pool can commit ${show(availableToCommit)}, so this award is short by ${show(amount - availableToCommit)}.`;
    throw fieldError('insufficientFunds', '/amount', sentence);
  }

  private async makeInstalments(
    tx: Tx,
    grant: GrantRow,
    { instalments }: GrantSchedule,
    calendar: CoalitionCalendar,
  ): Promise<void> {
    const linked = await linkConditions(tx, grant, instalments);
    const lines = linked.map((line, index) => ({ id: newId(), number: index + 1, ...line }));
    await insertInstalments(
      tx,
      grant,
      // The award is what has just happened.
      lines.map((line) =>
        line.after?.event === 'award'
          ? { ...line, ...datesAfter(calendar.today, line.after, calendar) }
          : line,
      ),
      calendar,
    );
    await dateWaiting(tx, grant.coalitionId, grant.id);
  }

  private async setGoals(tx: Tx, coalitionId: string, grantId: string, goalIds: string[]): Promise<void> {
    await tx.run(`DELETE FROM grant_goals WHERE grant_id = $1`, [grantId]);
    await tx.run(
      `INSERT INTO grant_goals (coalition_id, grant_id, goal_id) SELECT DISTINCT $1::uuid, $2::uuid, goal FROM unnest($3::uuid[]) AS goal`,
      [coalitionId, grantId, goalIds],
    );
  }

  private async lock(tx: Tx, grantId: string): Promise<GrantRow> {
    const locked = await tx.row(`SELECT id FROM grants WHERE id = $1 FOR UPDATE`, [grantId]);
    if (!locked) throw notFound('grant');
    return readGrant(tx, grantId);
  }

  private async setState(tx: Tx, grantId: string, state: GrantState): Promise<void> {
    await tx.run(`UPDATE grants SET state = $2, version = version + 1 WHERE id = $1`, [grantId, state]);
  }

  private async moved(tx: Tx, before: GrantRow, action: string, reason?: string): Promise<GrantRow> {
    const after = await readGrant(tx, before.id);
    await this.write(tx, after, action, {
      before: { state: before.state },
      after: { state: after.state },
      reason,
    });
    return after;
  }

  private write(
    tx: Tx,
    grant: GrantRow,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, {
      coalitionId: grant.coalitionId,
      action,
      subject: { kind: 'grant', id: grant.id },
      ...change,
    });
  }
}

const draftColumns = `organisation_id, reference, title, mode, start_on, end_on, amount, template, reporting_frequency,
  reporting_due_after_days, overhead_rate, reporting_terms`;

const draftParameters = (
  command: DraftGrant,
  schedule: GrantSchedule,
  template: ScheduleTemplate,
  currency: string,
): Parameter[] => [
  command.organisationId,
  command.reference,
  command.title,
  command.mode,
  command.startOn,
  command.endOn,
  schedule.award,
  JSON.stringify(template),
  command.reportingFrequency,
  command.reportingDueAfterDays,
  command.overheadRate ?? null,
  JSON.stringify(reportingOf(command, currency)),
];

/** What was agreed about reporting; what is left out is as usual. */
const reportingOf = (command: DraftGrant, currency: string): ReportingDetails => ({
  alignedTo: command.reportingAlignment ?? usualReporting.alignedTo,
  dueBy: command.reportingDueBy ?? usualReporting.dueBy,
  graceDays: command.reportingGraceDays ?? usualReporting.graceDays,
  setUpMonths: command.reportingSetUpMonths ?? usualReporting.setUpMonths,
  days: (command.reportingDays ?? []).map((day, index) =>
    readReportingDay(day, { currency, pointer: `/reportingDays/${index}` }),
  ),
});
