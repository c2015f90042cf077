import { Injectable } from '@nestjs/common';
import { DecidesOn, type DecisionSubject, type SubjectRoom } from '../../decisions/decision-subjects.js';
import type { Tx } from '../../platform/database/tx.js';
import { conditionText, type ConditionTerms } from '../conditions/condition.rules.js';

const grants = (what: string): string => `
  SELECT id, coalition_id AS "coalitionId", '${what} ' || reference || ': ' || title AS title, '/grants/' || id AS href,
    organisation_id AS "organisationId" FROM grants`;
const awards = grants('Award');
const amendments = grants('Amend');

/** A grant that may be awarded, as what a motion is about: it concerns its partner. */
@Injectable()
@DecidesOn('grantAward')
export class AwardSubjects implements SubjectRoom {
  describe(tx: Tx, grantId: string): Promise<DecisionSubject | undefined> {
    return tx.row<DecisionSubject>(`${awards} WHERE id = $1`, [grantId]);
  }

  choices(tx: Tx, coalitionId: string): Promise<DecisionSubject[]> {
    return tx.rows<DecisionSubject>(
      `${awards} WHERE coalition_id = $1 AND state IN ('draft', 'proposed') ORDER BY reference`,
      [coalitionId],
    );
  }
}

/** A grant that may be amended, as what a motion is about. */
@Injectable()
@DecidesOn('grantAmendment')
export class AmendmentSubjects implements SubjectRoom {
  describe(tx: Tx, grantId: string): Promise<DecisionSubject | undefined> {
    return tx.row<DecisionSubject>(`${amendments} WHERE id = $1`, [grantId]);
  }

  choices(tx: Tx, coalitionId: string): Promise<DecisionSubject[]> {
    return tx.rows<DecisionSubject>(
      `${amendments} WHERE coalition_id = $1 AND state IN ('awarded', 'active', 'suspended') ORDER BY reference`,
      [coalitionId],
    );
  }
}

interface ConditionSubject extends ConditionTerms, Omit<DecisionSubject, 'title'> {
  reference: string;
  currency: string;
}

const conditions = `
  SELECT c.id, c.coalition_id AS "coalitionId", '/conditions/' || c.id AS href, g.organisation_id AS "organisationId",
    g.reference, g.currency, c.kind, c.subject, c.on_day AS "onDay", c.match_amount AS "matchAmount",
    c.match_raised AS "matchRaised"
  FROM conditions c JOIN grants g ON g.id = c.grant_id`;

/** A condition that may be waived, as what a motion is about: it concerns the partner whose money waits. */
@Injectable()
@DecidesOn('conditionWaiver')
export class WaiverSubjects implements SubjectRoom {
  async describe(tx: Tx, conditionId: string): Promise<DecisionSubject | undefined> {
    const found = await tx.row<ConditionSubject>(`${conditions} WHERE c.id = $1`, [conditionId]);
    return found && named(found);
  }

  async choices(tx: Tx, coalitionId: string): Promise<DecisionSubject[]> {
    const open = await tx.rows<ConditionSubject>(
      `${conditions} WHERE c.coalition_id = $1 AND c.state = 'open' ORDER BY g.reference, c.added_at, c.id`,
      [coalitionId],
    );
    return open.map(named);
  }
}

const named = (found: ConditionSubject): DecisionSubject => ({
  ...{ id: found.id, coalitionId: found.coalitionId, href: found.href, organisationId: found.organisationId },
  title: `Pay ${found.reference} before ${conditionText(found, found.currency)}`,
});
