import { Injectable } from '@nestjs/common';
import { audit } from '../platform/audit/audit.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError } from '../platform/errors/domain-error.js';
import { referenceOf, stateWords } from './decision.rules.js';
import { readDecisionSettings } from './decision-settings.js';
import type { KeyedSubjectKind } from './decision-subjects.js';
import { type DecisionRow, readDecision } from './decisions.read.js';

/** What somebody wants to do, for which a decision can be the key. */
export interface Door {
  coalitionId: string;
  kind: KeyedSubjectKind;
  subjectId: string;
  /** "the award of G-7". */
  what: string;
}

/** Passed decisions as keys of awards, amendments, waivers and policies. Each opens one door, once. */
@Injectable()
export class DecisionKeys {
  /**
   * Holds what is asked to the coalition's policy: where it takes a decision, one must be named; and whichever is
   * named must have passed, be about just this, and not be used or superseded.
   * @returns the decision that is named, as "D-7: title"; null where none is and none is needed
   * @throws ruleBroken naming `/decisionId`
   */
  async check(tx: Tx, door: Door, decisionId: string | null | undefined): Promise<string | null> {
    if (!decisionId) {
      const { neededFor } = await readDecisionSettings(tx, door.coalitionId);
      if (!neededFor.includes(door.kind)) return null;
      throw refusal(`The coalition decides on this: name the decision that passed for ${door.what}.`);
    }
    // Two who use it at once queue up here.
    await tx.row(`SELECT 1 FROM decisions WHERE id = $1 FOR UPDATE`, [decisionId]);
    const known = await tx.row(`SELECT 1 FROM decisions WHERE id = $1 AND coalition_id = $2`, [
      decisionId,
      door.coalitionId,
    ]);
    if (!known) throw refusal('Choose a decision of this coalition.');
    const decision = await readDecision(tx, decisionId);
    const reference = referenceOf(decision.number);
    if (decision.subjectKind !== door.kind || decision.subjectId !== door.subjectId)
      throw refusal(`${reference} is not about ${door.what}.`);
    if (decision.state !== 'passed')
      throw refusal(`${reference} is ${stateWords[decision.state]}: only one that passed allows this.`);
    if (decision.usedFor !== null) throw refusal(`${reference} was used already, for ${decision.usedFor}.`);
    await refuseSuperseded(tx, decision);
    return `${reference}: ${decision.title}`;
  }

  /** Checks, and turns the key: it opens nothing else from now on. @throws as `check` */
  async use(tx: Tx, door: Door, decisionId: string | null | undefined): Promise<string | null> {
    const words = await this.check(tx, door, decisionId);
    if (!decisionId) return words;
    await tx.run(
      `INSERT INTO decision_uses (coalition_id, decision_id, subject_kind, subject_id, used_for, used_by, used_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[door.coalitionId, decisionId, door.kind, door.subjectId, door.what],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    const subject = { kind: 'decision', id: decisionId };
    const after = { usedFor: door.what };
    await audit(tx, { coalitionId: door.coalitionId, action: 'decision.used', subject, after });
    return words;
  }
}

const refusal = (sentence: string) => fieldError('ruleBroken', '/decisionId', sentence);

async function refuseSuperseded(tx: Tx, { id, number }: DecisionRow): Promise<void> {
  const later = await tx.row<{ number: number }>(
    `SELECT number FROM decisions WHERE amends_id = $1 AND amends_how = 'supersedes' AND state = 'passed'`,
    [id],
  );
  if (later) throw refusal(`${referenceOf(later.number)} stands in the place of ${referenceOf(number)}.`);
}
