import type { Tx } from '../platform/database/tx.js';
import { listPage, type ListQuery, type Page } from '../platform/http/list.js';
import { type Approval, approvalColumns } from './approvals.service.js';

export interface ApprovalScope {
  coalitionId?: string;
  state?: string;
  /** Only in coalitions where this person has a seat other than a partner's. */
  overseenBy?: string;
}

/** Approvals of a coalition, or of all that a person oversees, oldest first. */
export function listApprovals(
  tx: Tx,
  { coalitionId, state, overseenBy }: ApprovalScope,
  query: ListQuery,
): Promise<Page<Approval>> {
  return listPage<Approval>(
    tx,
    {
      sql: `${approvalColumns} WHERE ($1::uuid IS NULL OR a.coalition_id = $1) AND ($2::text IS NULL OR a.state = $2)
        AND ($3::uuid IS NULL OR EXISTS (SELECT 1 FROM memberships m WHERE m.coalition_id = a.coalition_id
          AND m.person_id = $3 AND m.role <> 'partner' AND m.since_on <= $4 AND (m.until_on IS NULL OR m.until_on >= $4)))`,
      parameters: [coalitionId ?? null, state ?? null, overseenBy ?? null, tx.now.toISOString().slice(0, 10)],
      sorts: { madeAt: { column: '"madeAt"', type: 'timestamptz' } },
      defaultSort: 'madeAt',
    },
    query,
  );
}
