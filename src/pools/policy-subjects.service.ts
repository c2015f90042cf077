import { Injectable } from '@nestjs/common';
import { DecidesOn, type DecisionSubject, type SubjectRoom } from '../decisions/decision-subjects.js';
import type { Tx } from '../platform/database/tx.js';

const pools = `SELECT id, coalition_id AS "coalitionId", 'The policies of ' || name AS title, '/pools/' || id AS href,
  NULL::uuid AS "organisationId" FROM pools`;

/** A pool, as what a motion on its policies is about. */
@Injectable()
@DecidesOn('poolPolicy')
export class PolicySubjects implements SubjectRoom {
  describe(tx: Tx, poolId: string): Promise<DecisionSubject | undefined> {
    return tx.row<DecisionSubject>(`${pools} WHERE id = $1`, [poolId]);
  }

  choices(tx: Tx, coalitionId: string): Promise<DecisionSubject[]> {
    return tx.rows<DecisionSubject>(`${pools} WHERE coalition_id = $1 ORDER BY name`, [coalitionId]);
  }
}
