import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar, lockSeats } from '../coalitions/coalition.js';
import type { Day } from '../maths/day.js';
import { audit } from '../platform/audit/audit.js';
import type { Parameter, Tx } from '../platform/database/tx.js';
import { DomainError, fieldError } from '../platform/errors/domain-error.js';
import { callOff } from '../platform/queue/occurrences.js';
import type { DraftDecision } from './decision.dto.js';
import {
  type DecisionMethod,
  requireOptions,
  requireState,
  type VotingRule,
  type Weighting,
} from './decision.rules.js';
import { DecisionRooms, type DecisionSubjectKind } from './decision-subjects.js';
import { type DecisionRow, lockDecision, readDecision } from './decisions.read.js';

/** A motion as it will be put to the vote. */
interface Terms {
  title: string;
  motion: string;
  method: DecisionMethod;
  options: readonly string[];
  rule: VotingRule;
  weighting: Weighting;
  weightPoolId: string | null;
  quorumPercent: number;
  closesOn: Day;
  subjectKind: DecisionSubjectKind;
  subjectId: string | null;
  concernsId: string | null;
  amendsId: string | null;
  amendsHow: string | null;
}

const columns = `title, motion, method, options, rule, weighting, weight_pool_id, quorum_percent, closes_on, subject_kind,
  subject_id, concerns_id, amends_id, amends_how`;

/** Motions before they are put to the vote, and taken back. The backbone does both; voting is another matter. */
@Injectable()
export class DecisionsService {
  constructor(private readonly rooms: DecisionRooms) {}

  /** @throws ruleBroken naming the field */
  async draft(tx: Tx, coalitionId: string, command: DraftDecision): Promise<DecisionRow> {
    const terms = await this.requireTerms(tx, coalitionId, command);
    // Numbers are counted one after another in the coalition.
    await lockSeats(tx, coalitionId);
    const id = newId();
    await tx.run(
      `INSERT INTO decisions (id, coalition_id, number, state, drafted_by, drafted_at, ${columns})
       VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM decisions WHERE coalition_id = $2), 'draft', $3, $4,
         $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [id, coalitionId, tx.actor.personId ?? null, tx.now, ...parametersOf(terms)],
    );
    await this.write(tx, coalitionId, id, 'decision.drafted', { after: terms });
    return readDecision(tx, id);
  }

  /** Replaces what a draft says. @throws stateForbids, staleVersion, ruleBroken naming the field */
  async change(tx: Tx, decisionId: string, version: number, command: DraftDecision): Promise<DecisionRow> {
    const before = await lockDecision(tx, decisionId);
    requireState(before.state, 'draft');
    const terms = await this.requireTerms(tx, before.coalitionId, command);
    const changed = await tx.run(
      `UPDATE decisions SET (${columns}) = ROW ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16),
         version = version + 1 WHERE id = $1 AND version = $2`,
      [decisionId, version, ...parametersOf(terms)],
    );
    if (changed !== 1)
      throw new DomainError('staleVersion', 'Somebody changed the draft meanwhile. Look at it again.');
    await this.write(tx, before.coalitionId, decisionId, 'decision.changed', {
      before: termsOf(before),
      after: terms,
    });
    return readDecision(tx, decisionId);
  }

  /** Takes a motion back, from a draft or from the vote. What was voted stays on record. @throws stateForbids */
  async withdraw(tx: Tx, decisionId: string, reason: string): Promise<DecisionRow> {
    const before = await lockDecision(tx, decisionId);
    requireState(before.state, 'draft', 'open');
    await tx.run(
      `UPDATE decisions SET state = 'withdrawn', withdrawn_reason = $2, closed_by = $3, closed_at = $4,
         version = version + 1 WHERE id = $1`,
      [decisionId, reason, tx.actor.personId ?? null, tx.now],
    );
    for (const kind of ['decision.close', 'decision.remind'] as const)
      await callOff(tx, kind, [decisionId], 'The motion was withdrawn.');
    const change = { before: { state: before.state }, after: { state: 'withdrawn' }, reason };
    await this.write(tx, before.coalitionId, decisionId, 'decision.withdrawn', change);
    return readDecision(tx, decisionId);
  }

  private async requireTerms(tx: Tx, coalitionId: string, command: DraftDecision): Promise<Terms> {
    const method = command.method as DecisionMethod;
    const rule = command.rule as VotingRule;
    const { today } = await coalitionCalendar(tx, coalitionId);
    if (command.closesOn < today)
      throw fieldError(
        'ruleBroken',
        '/closesOn',
        'The vote would be over already. Choose a day from today on.',
      );
    return {
      ...{ title: command.title, motion: command.motion, method, rule },
      options: requireOptions(method, rule, command.options),
      ...(await requireWeighting(tx, coalitionId, command)),
      ...{ quorumPercent: command.quorumPercent, closesOn: command.closesOn },
      ...(await this.requireSubject(tx, coalitionId, command)),
      ...(await requireAmended(tx, coalitionId, command)),
    };
  }

  private async requireSubject(
    tx: Tx,
    coalitionId: string,
    { subjectKind, subjectId, concernsId }: DraftDecision,
  ): Promise<Pick<Terms, 'subjectKind' | 'subjectId' | 'concernsId'>> {
    const kind = subjectKind as DecisionSubjectKind;
    if (kind === 'general') {
      if (subjectId)
        throw fieldError('ruleBroken', '/subjectId', 'A general motion is about nothing of the kind.');
      if (concernsId) await requireOrganisation(tx, coalitionId, concernsId);
      return { subjectKind: kind, subjectId: null, concernsId: concernsId ?? null };
    }
    const subject = subjectId ? await this.rooms.naming(kind).describe(tx, subjectId) : undefined;
    if (!subjectId || subject?.coalitionId !== coalitionId)
      throw fieldError('ruleBroken', '/subjectId', 'Choose what the motion is about.');
    if (subject.organisationId !== null)
      return { subjectKind: kind, subjectId, concernsId: subject.organisationId };
    if (concernsId) await requireOrganisation(tx, coalitionId, concernsId);
    return { subjectKind: kind, subjectId, concernsId: concernsId ?? null };
  }

  private write(
    tx: Tx,
    coalitionId: string,
    id: string,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'decision', id }, ...change });
  }
}

async function requireWeighting(
  tx: Tx,
  coalitionId: string,
  command: DraftDecision,
): Promise<Pick<Terms, 'weighting' | 'weightPoolId'>> {
  const weighting = command.weighting as Weighting;
  const weightPoolId = command.weightPoolId ?? null;
  if (weighting === 'perPerson') {
    if (weightPoolId !== null)
      throw fieldError('ruleBroken', '/weightPoolId', 'Where everybody has one vote, no pool weighs.');
    return { weighting, weightPoolId };
  }
  const pool = await tx.row(`SELECT 1 FROM pools WHERE coalition_id = $1 AND id = $2`, [
    coalitionId,
    weightPoolId,
  ]);
  if (!pool) throw fieldError('ruleBroken', '/weightPoolId', 'Say which pool’s contributions weigh.');
  return { weighting, weightPoolId };
}

async function requireOrganisation(tx: Tx, coalitionId: string, organisationId: string): Promise<void> {
  const known = await tx.row(`SELECT 1 FROM organisations WHERE coalition_id = $1 AND id = $2`, [
    coalitionId,
    organisationId,
  ]);
  if (!known) throw fieldError('ruleBroken', '/concernsId', 'Choose an organisation of this coalition.');
}

/** What is amended has passed, and nothing that passed stands in its place already. */
async function requireAmended(
  tx: Tx,
  coalitionId: string,
  { amendsId, amendsHow }: DraftDecision,
): Promise<Pick<Terms, 'amendsId' | 'amendsHow'>> {
  if (!amendsId) return { amendsId: null, amendsHow: null };
  const amended = await tx.row<{ state: string; replacedBy: number | null }>(
    `SELECT d.state, (SELECT s.number FROM decisions s WHERE s.amends_id = d.id AND s.amends_how = 'supersedes' AND s.state = 'passed' LIMIT 1)
       AS "replacedBy" FROM decisions d WHERE d.coalition_id = $1 AND d.id = $2`,
    [coalitionId, amendsId],
  );
  if (amended?.state !== 'passed')
    throw fieldError('ruleBroken', '/amendsId', 'Only a decision that passed can be changed by another.');
  if (amended.replacedBy !== null) {
    const sentence = `D-${amended.replacedBy} stands in its place already. Change that one.`;
    throw fieldError('ruleBroken', '/amendsId', sentence);
  }
  return { amendsId, amendsHow: amendsHow ?? 'amends' };
}

const parametersOf = (terms: Terms): Parameter[] => [
  ...[terms.title, terms.motion, terms.method, [...terms.options], terms.rule, terms.weighting],
  ...[terms.weightPoolId, terms.quorumPercent, terms.closesOn, terms.subjectKind, terms.subjectId],
  ...[terms.concernsId, terms.amendsId, terms.amendsHow],
];

const termsOf = (row: DecisionRow): Terms => ({
  ...{ title: row.title, motion: row.motion, method: row.method, options: row.options, rule: row.rule },
  ...{ weighting: row.weighting, weightPoolId: row.weightPoolId, quorumPercent: row.quorumPercent },
  ...{ closesOn: row.closesOn, subjectKind: row.subjectKind, subjectId: row.subjectId },
  ...{ concernsId: row.concernsId, amendsId: row.amendsId, amendsHow: row.amendsHow },
});
