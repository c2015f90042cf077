import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';
import type { FeePaymentState } from './fee-payment.entries.js';

/** A payment of fees to the host. Minor units of the pool's currency. */
export interface FeePayment {
  id: string;
  coalitionId: string;
  poolId: string;
  hostId: string;
  host: string;
  amount: bigint;
  currency: string;
  state: FeePaymentState;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  bankReference: string | null;
  paidOn: Day | null;
  entryId: string | null;
}

const payments = `
  SELECT f.id, f.coalition_id AS "coalitionId", f.pool_id AS "poolId", f.host_id AS "hostId", o.name AS host, f.amount,
    f.currency, f.state, f.approval_id AS "approvalId", p.name AS "madeBy", f.made_at AS "madeAt",
    f.bank_reference AS "bankReference", f.paid_on AS "paidOn", f.entry_id AS "entryId"
  FROM fee_payments f JOIN organisations o ON o.id = f.host_id JOIN persons p ON p.id = f.made_by`;

/** @throws notFound */
export async function readFeePayment(tx: Tx, feePaymentId: string): Promise<FeePayment> {
  const payment = await tx.row<FeePayment>(`${payments} WHERE f.id = $1`, [feePaymentId]);
  if (!payment) throw notFound('payment of fees');
  return payment;
}

export const listFeePayments = (tx: Tx, poolId: string, query: ListQuery): Promise<Page<FeePayment>> =>
  listPage<FeePayment>(
    tx,
    {
      sql: `${payments} WHERE f.pool_id = $1`,
      parameters: [poolId],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-madeAt',
    },
    query,
  );

/** What a host is owed in fees, and how much of it nobody has asked to pay yet. */
export interface OwedFees {
  hostId: string;
  host: string;
  owed: bigint;
  unasked: bigint;
}

/** Every host that is owed something, or was. */
export const owedFees = (tx: Tx, poolId: string): Promise<OwedFees[]> =>
  tx.rows<OwedFees>(
    `SELECT a.subject_id AS "hostId", o.name AS host, (-a.balance)::bigint AS owed,
       (-a.balance - coalesce((SELECT sum(f.amount) FROM fee_payments f
         WHERE f.pool_id = $1 AND f.host_id = a.subject_id AND f.state IN ('proposed', 'approved')), 0))::bigint AS unasked
     FROM accounts a JOIN organisations o ON o.id = a.subject_id
     WHERE a.pool_id = $1 AND a.kind = 'feesPayable' ORDER BY o.name`,
    [poolId],
  );
