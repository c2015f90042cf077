import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { DecisionKeys } from '../../decisions/decision-keys.service.js';
import { type Day, startOfDayInstant } from '../../maths/day.js';
import { sum } from '../../maths/money.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { spaced } from '../../platform/errors/spaced.js';
import { tell } from '../../platform/outbox/outbox.js';
import { callOff, planOccurrences } from '../../platform/queue/occurrences.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { lockPool } from '../../pools/pool-position.js';
import { amountOf } from '../../pools/pools.service.js';
import { type GrantRow, lockGrant, readGrant } from '../grants.read.js';
import { type InstalmentRow, instalmentsOfGrant, lockInstalments, moveInstalments } from '../instalments.js';
import { dateWaiting } from '../triggers/date-waiting.js';
import type { AddCondition, AskWaiver, MeetCondition } from './condition.dto.js';
import {
  type ConditionKind,
  conditionText,
  type ConditionTerms,
  heldForCondition,
  meet,
  requireTerms,
} from './condition.rules.js';
import { type Condition, readCondition } from './conditions.read.js';
import { planConditionReminders } from './reminders/plan-reminders.js';

const mayHaveConditions = new Set(['draft', 'proposed', 'awarded', 'active', 'suspended']);

/** What must hold before a grant is paid any further: agreed, met, or set aside by others' approval. */
@Injectable()
@CarriesOut('conditionWaiver')
export class ConditionsService implements ApprovalHandler {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly keys: DecisionKeys,
  ) {}

  /**
   * Adds a condition. What it covers and is due already is held from now on.
   * @throws stateForbids; ruleBroken naming the field, also where a covered instalment is approved or paid already
   */
  async add(tx: Tx, grantId: string, command: AddCondition): Promise<Condition> {
    const { poolId } = await readGrant(tx, grantId);
    const pool = await lockPool(tx, poolId);
    const grant = await lockGrant(tx, grantId);
    if (!mayHaveConditions.has(grant.state))
      throw new DomainError('stateForbids', `A grant that is ${grant.state} takes no further condition.`);
    const terms = requireTerms({
      ...{ kind: command.kind as ConditionKind, onDay: command.onDay },
      subject: await subjectOf(tx, pool.coalitionId, command),
      matchAmount: amountOf(command.matchAmount, grant.currency, '/matchAmount'),
    });
    const appliesFrom = command.appliesFrom ?? null;
    if (appliesFrom === null && terms.kind === 'date')
      throw fieldError('ruleBroken', '/appliesFrom', 'Say which instalments wait for the day.');
    const covered = (await instalmentsOfGrant(tx, grantId)).filter((instalment) =>
      isHeldBy(instalment, { appliesFrom }),
    );
    requireUnpaid(covered);
    const { today } = await coalitionCalendar(tx, pool.coalitionId);
    const isPast = terms.kind === 'date' && terms.onDay! <= today;
    if (isPast) throw fieldError('ruleBroken', '/onDay', 'This day has come already.');
    const id = newId();
    await tx.run(
      `INSERT INTO conditions (id, coalition_id, grant_id, kind, applies_from, subject, on_day, match_amount, state,
         added_by, added_at, decision_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)`,
      [
        ...[id, grant.coalitionId, grantId, terms.kind, appliesFrom, terms.subject, terms.onDay],
        ...[terms.matchAmount, tx.actor.personId ?? null, tx.now, command.decisionId ?? null],
      ],
    );
    if (terms.kind === 'date') await this.planDay(tx, grant, id, terms.onDay!);
    await hold(tx, covered, terms, grant.currency);
    await planConditionReminders(tx, grant);
    const condition = await readCondition(tx, id);
    await this.write(tx, condition, 'condition.added', {});
    return condition;
  }

  /** Takes a condition off a grant that is not awarded yet. Later it takes a waiver. @throws stateForbids */
  async remove(tx: Tx, conditionId: string): Promise<void> {
    const condition = await readCondition(tx, conditionId);
    const grant = await lockGrant(tx, condition.grantId);
    if (grant.state !== 'draft' && grant.state !== 'proposed') {
      const sentence = 'The grant is awarded with this condition. Meet it, or ask to waive it.';
      throw new DomainError('stateForbids', sentence);
    }
    await callOffBoth(tx, conditionId, 'The condition was taken off.');
    await tx.run(`DELETE FROM conditions WHERE id = $1`, [conditionId]);
    await this.write(tx, condition, 'condition.removed', {});
  }

  /**
   * Says that a condition is met, or that more match money is raised. What waited for it is looked at again.
   * @throws stateForbids; ruleBroken naming the field
   */
  async meet(tx: Tx, conditionId: string, command: MeetCondition): Promise<Condition> {
    const before = await this.lock(tx, conditionId);
    if (before.decisionId !== null && before.state === 'open')
      throw new DomainError('stateForbids', 'This condition is met by itself, when the decision passes.');
    const { today } = await coalitionCalendar(tx, before.coalitionId);
    const amount = amountOf(command.amount, before.currency, '/amount');
    const { isMet, matchRaised } = meet(before, { metOn: command.metOn, today, amount });
    await tx.run(`UPDATE conditions SET match_raised = $2, note = $3 WHERE id = $1`, [
      ...[conditionId, matchRaised, command.note],
    ]);
    if (isMet) await this.setMet(tx, before, command.metOn);
    const after = await readCondition(tx, conditionId);
    await this.write(tx, after, isMet ? 'condition.met' : 'condition.matchRaised', { reason: command.note });
    return after;
  }

  /** A report was accepted, or a day has come: these conditions are met by themselves. */
  async metByItself(tx: Tx, conditionIds: readonly string[], metOn: Day): Promise<void> {
    for (const id of conditionIds) {
      const condition = await this.lock(tx, id);
      if (condition.state !== 'open') continue;
      await this.setMet(tx, condition, metOn);
      await this.write(tx, condition, 'condition.met', {});
    }
  }

  /**
   * Asks to set a condition aside, for a reason that the approvers read.
   * @throws stateForbids when it is not open, or is asked for already; ruleBroken where the coalition decides on
   *   waivers, and no decision that passed is named
   */
  async askWaiver(tx: Tx, conditionId: string, { reason, decisionId }: AskWaiver): Promise<Condition> {
    const condition = await this.lock(tx, conditionId);
    if (condition.state !== 'open' || condition.isWaiverAsked) {
      const state = condition.isWaiverAsked ? 'asked to be waived' : condition.state;
      throw new DomainError('stateForbids', `The condition is ${state} already.`);
    }
    const pool = await lockPool(tx, condition.poolId);
    const decision = await this.keys.check(tx, doorOf(condition), decisionId);
    const text = conditionText(condition, condition.currency);
    const covered = (await instalmentsOfGrant(tx, condition.grantId)).filter(
      (instalment) =>
        instalment.state !== 'cancelled' &&
        instalment.state !== 'paid' &&
        (isHeldBy(instalment, condition) || instalment.after?.conditionId === conditionId),
    );
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: condition.coalitionId,
      poolId: condition.poolId,
      subject: { kind: 'conditionWaiver', id: conditionId },
      summary: `Pay ${condition.grantReference} before ${text}`,
      content: {
        grant: condition.grantReference,
        condition: text,
        appliesFrom: condition.appliesFrom,
        reason,
        ...(decision !== null && { decision }),
      },
      required: signaturesRequired(sum(covered.map(({ amount }) => amount)), pool.approvalTiers),
    });
    await tx.run(
      `UPDATE conditions SET waiver_approval_id = $2, waiver_reason = $3, waiver_decision_id = $4 WHERE id = $1`,
      [...[conditionId, approvalId, reason, decisionId ?? null]],
    );
    await this.write(tx, condition, 'condition.waiverAsked', { reason });
    return readCondition(tx, conditionId);
  }

  /** Enough have signed: the condition is set aside. @throws stateForbids when it was met meanwhile */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const condition = await this.lock(tx, approval.subjectId);
    if (condition.state !== 'open')
      throw new DomainError('stateForbids', `The condition is ${condition.state} already.`);
    await this.keys.use(tx, doorOf(condition), condition.waiverDecisionId);
    await tx.run(`UPDATE conditions SET state = 'waived', ended_by = $2, ended_at = $3 WHERE id = $1`, [
      ...[condition.id, tx.actor.personId ?? null, tx.now],
    ]);
    await this.ended(tx, condition);
    await this.write(tx, condition, 'condition.waived', { reason: condition.waiverReason ?? undefined });
  }

  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    await this.write(tx, await readCondition(tx, approval.subjectId), 'condition.waiverRejected', { reason });
  }

  private async lock(tx: Tx, conditionId: string): Promise<Condition> {
    const { poolId } = await readCondition(tx, conditionId);
    await lockPool(tx, poolId);
    await tx.row(`SELECT 1 FROM conditions WHERE id = $1 FOR UPDATE`, [conditionId]);
    return readCondition(tx, conditionId);
  }

  private async setMet(tx: Tx, condition: Condition, metOn: Day): Promise<void> {
    await tx.run(
      `UPDATE conditions SET state = 'met', met_on = $2, ended_by = $3, ended_at = $4 WHERE id = $1`,
      [condition.id, metOn, tx.actor.personId ?? null, tx.now],
    );
    if (condition.isWaiverAsked && condition.waiverApprovalId !== null) {
      await this.approvals.void(tx, condition.waiverApprovalId, 'The condition is met.');
    }
    await this.ended(tx, condition);
    await tell(tx, condition.coalitionId, 'condition.met', {
      grantId: condition.grantId,
      conditionId: condition.id,
    });
  }

  private async ended(tx: Tx, { id, coalitionId, grantId, poolId }: Condition): Promise<void> {
    await callOffBoth(tx, id, 'The condition has ended.');
    await dateWaiting(tx, coalitionId, grantId);
    await tell(tx, coalitionId, 'condition.ended', { grantId, poolId });
  }

  private async planDay(tx: Tx, { coalitionId }: GrantRow, id: string, onDay: Day): Promise<void> {
    const { timeZone } = await coalitionCalendar(tx, coalitionId);
    const dueAt = startOfDayInstant(onDay, timeZone);
    await planOccurrences(tx, [
      { coalitionId, kind: 'condition.day', subjectId: id, periodKey: onDay, channel: 'ledger', dueAt },
    ]);
  }

  private write(tx: Tx, condition: Condition, action: string, change: { reason?: string }): Promise<void> {
    const { coalitionId, grantId, currency } = condition;
    const after = { condition: conditionText(condition, currency) };
    return audit(tx, { coalitionId, action, subject: { kind: 'grant', id: grantId }, after, ...change });
  }
}

async function callOffBoth(tx: Tx, id: string, reason: string): Promise<void> {
  for (const kind of ['condition.day', 'condition.remind'] as const) await callOff(tx, kind, [id], reason);
}

/** Whether an instalment waits for a condition by the day it is agreed for. */
const isHeldBy = (
  { nominalOn }: Pick<InstalmentRow, 'nominalOn'>,
  { appliesFrom }: Pick<Condition, 'appliesFrom'>,
): boolean => appliesFrom !== null && nominalOn >= appliesFrom;

/** @throws ruleBroken naming `/appliesFrom` */
function requireUnpaid(covered: readonly InstalmentRow[]): void {
  const beyond = new Set(['approved', 'inPayment', 'paid']);
  const gone = covered.find(({ state }) => beyond.has(state));
  if (gone === undefined) return;
  const sentence = `Instalment ${gone.number}, agreed for ${gone.nominalOn}, is ${spaced(gone.state)} already: begin after it.`;
  throw fieldError('ruleBroken', '/appliesFrom', sentence);
}

/** What is due already waits from now on, and its cash is free for others. */
async function hold(
  tx: Tx,
  covered: readonly InstalmentRow[],
  terms: ConditionTerms,
  currency: string,
): Promise<void> {
  const due = covered.filter(({ state }) => state === 'due' || state === 'held');
  const instalments = await lockInstalments(
    tx,
    due.map(({ id }) => id),
  );
  const reason = heldForCondition(conditionText(terms, currency));
  await moveInstalments(
    tx,
    instalments.map((instalment) => ({
      instalment,
      to: 'held',
      holdReasons: [reason, ...instalment.holdReasons],
    })),
  );
  const [freed] = instalments.filter(({ state }) => state === 'due');
  if (freed) await tell(tx, freed.coalitionId, 'contribution.received', { poolId: freed.poolId });
}

/** What a waiver takes a decision for. */
const doorOf = ({ id, coalitionId, grantReference }: Condition) => ({
  coalitionId,
  kind: 'conditionWaiver' as const,
  subjectId: id,
  what: `a waiver on ${grantReference}`,
});

/** What a condition is about in words: a motion that must pass is named by itself. @throws ruleBroken */
async function subjectOf(tx: Tx, coalitionId: string, command: AddCondition): Promise<string | undefined> {
  const { decisionId, kind, subject } = command;
  if (!decisionId) return subject;
  const wrong = (sentence: string) => fieldError('ruleBroken', '/decisionId', sentence);
  if (kind !== 'decisionPassed') throw wrong('Only a decision that is to pass is named here.');
  if (subject) throw fieldError('ruleBroken', '/subject', 'The motion names itself: leave this empty.');
  const motion = await tx.row<{ state: string; words: string }>(
    `SELECT state, left('D-' || number || ': ' || title, 200) AS words FROM decisions WHERE coalition_id = $1 AND id = $2 FOR SHARE`,
    [coalitionId, decisionId],
  );
  if (!motion) throw wrong('Choose a decision of this coalition.');
  if (motion.state !== 'draft' && motion.state !== 'open')
    throw wrong(
      'This vote is over, so nothing would be waited for. Choose a motion that is still to be decided.',
    );
  return motion.words;
}
