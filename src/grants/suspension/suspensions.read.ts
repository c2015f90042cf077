import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';

/** A suspension with the names of those who began and ended it. */
export interface Suspension {
  id: string;
  coalitionId: string;
  grantId: string;
  reason: string;
  suspendedOn: Day;
  suspendedBy: string;
  suspendedAt: Date;
  stateBefore: 'awarded' | 'active';
  /** Null while it lasts. */
  outcome: 'resumed' | 'closed' | null;
  endedBy: string | null;
  endedAt: Date | null;
  endedReason: string | null;
}

const suspensions = `
  SELECT s.id, s.coalition_id AS "coalitionId", s.grant_id AS "grantId", s.reason, s.suspended_on AS "suspendedOn",
    p.name AS "suspendedBy", s.suspended_at AS "suspendedAt", s.state_before AS "stateBefore", s.outcome,
    e.name AS "endedBy", s.ended_at AS "endedAt", s.ended_reason AS "endedReason"
  FROM grant_suspensions s JOIN persons p ON p.id = s.suspended_by LEFT JOIN persons e ON e.id = s.ended_by`;

/** The suspension that a grant is in; null where it is in none. */
export async function openSuspension(tx: Tx, grantId: string): Promise<Suspension | null> {
  const row = await tx.row<Suspension>(`${suspensions} WHERE s.grant_id = $1 AND s.outcome IS NULL`, [
    grantId,
  ]);
  return row ?? null;
}

export const listSuspensions = (tx: Tx, grantId: string, query: ListQuery): Promise<Page<Suspension>> =>
  listPage<Suspension>(
    tx,
    {
      sql: `${suspensions} WHERE s.grant_id = $1`,
      parameters: [grantId],
      sorts: { suspendedOn: { column: '"suspendedOn"', type: 'date' } },
      defaultSort: '-suspendedOn',
    },
    query,
  );
