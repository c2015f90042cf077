import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { NamedShare } from '../funder-shares-card.js';
import type { RefundState } from './refund.rules.js';

/** A refund. Minor units of the pool's currency. */
export interface Refund {
  id: string;
  coalitionId: string;
  poolId: string;
  amount: bigint;
  currency: string;
  reason: string;
  state: RefundState;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  bankReference: string | null;
  paidOn: Day | null;
  entryId: string | null;
}

const refunds = `
  SELECT r.id, r.coalition_id AS "coalitionId", r.pool_id AS "poolId", r.amount, r.currency, r.reason, r.state,
    r.approval_id AS "approvalId", p.name AS "madeBy", r.made_at AS "madeAt", r.bank_reference AS "bankReference",
    r.paid_on AS "paidOn", r.entry_id AS "entryId"
  FROM refunds r JOIN persons p ON p.id = r.made_by`;

/** @throws notFound */
export async function readRefund(tx: Tx, refundId: string): Promise<Refund> {
  const refund = await tx.row<Refund>(`${refunds} WHERE r.id = $1`, [refundId]);
  if (!refund) throw notFound('refund');
  return refund;
}

export const listRefunds = (tx: Tx, poolId: string, query: ListQuery): Promise<Page<Refund>> =>
  listPage<Refund>(
    tx,
    {
      sql: `${refunds} WHERE r.pool_id = $1`,
      parameters: [poolId],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-madeAt',
    },
    query,
  );

export const sharesOfRefund = (tx: Tx, refundId: string): Promise<NamedShare[]> =>
  tx.rows<NamedShare>(
    `SELECT s.funder_id AS "funderId", o.name AS funder, s.amount FROM refund_shares s
     JOIN organisations o ON o.id = s.funder_id WHERE s.refund_id = $1 ORDER BY s.amount DESC, o.name`,
    [refundId],
  );
