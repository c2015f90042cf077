import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { listPage, type ListQuery, type Page } from '../../../platform/http/list.js';
import type { PlanInWords, PledgeChangeKind } from './pledge-change.rules.js';

/** A change of a pledge, with who made it. Minor units. */
export interface PledgeChangeRow {
  id: string;
  number: number;
  kind: PledgeChangeKind;
  reason: string;
  occurredOn: Day;
  amountBefore: bigint;
  amountAfter: bigint;
  planBefore: PlanInWords;
  planAfter: PlanInWords;
  entryId: string | null;
  madeBy: string;
  madeAt: Date;
}

/** How a pledge was changed, the last change first. */
export const listPledgeChanges = (
  tx: Tx,
  pledgeId: string,
  query: ListQuery,
): Promise<Page<PledgeChangeRow>> =>
  listPage<PledgeChangeRow>(
    tx,
    {
      sql: `SELECT c.id, c.number, c.kind, c.reason, c.occurred_on AS "occurredOn", c.amount_before AS "amountBefore",
              c.amount_after AS "amountAfter", c.plan_before AS "planBefore", c.plan_after AS "planAfter",
              c.entry_id AS "entryId", p.name AS "madeBy", c.made_at AS "madeAt"
            FROM pledge_changes c JOIN persons p ON p.id = c.made_by WHERE c.pledge_id = $1`,
      parameters: [pledgeId],
      sorts: { number: { column: 'number', type: 'integer' } },
      defaultSort: '-number',
    },
    query,
  );
