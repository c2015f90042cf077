import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import { Choice } from '../../../platform/http/fields.js';
import { listPage, ListQuery, type Page } from '../../../platform/http/list.js';
import { type PaymentState, paymentStates } from '../bond-payment.js';

/** Working capital of a bond's provider. Minor units of the bond's currency. */
export interface ProviderAdvance {
  id: string;
  coalitionId: string;
  bondId: string;
  bond: string;
  poolId: string;
  providerId: string;
  provider: string;
  amount: bigint;
  currency: string;
  reason: string;
  state: PaymentState;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  bankReference: string | null;
  paidOn: Day | null;
  entryId: string | null;
}

const advances = `
  SELECT v.id, v.coalition_id AS "coalitionId", v.bond_id AS "bondId", b.reference AS bond, v.pool_id AS "poolId",
    b.provider_id AS "providerId", o.name AS provider, v.amount, v.currency, v.reason, v.state,
    v.approval_id AS "approvalId", p.name AS "madeBy", v.made_at AS "madeAt", v.bank_reference AS "bankReference",
    v.paid_on AS "paidOn", v.entry_id AS "entryId"
  FROM provider_advances v JOIN bonds b ON b.id = v.bond_id JOIN organisations o ON o.id = b.provider_id
  JOIN persons p ON p.id = v.made_by`;

/** @throws notFound */
export async function readAdvance(tx: Tx, advanceId: string): Promise<ProviderAdvance> {
  const advance = await tx.row<ProviderAdvance>(`${advances} WHERE v.id = $1`, [advanceId]);
  if (!advance) throw notFound('advance');
  return advance;
}

export class BondPaymentQuery extends ListQuery {
  @Choice(paymentStates, { optional: true }) state?: PaymentState;
}

export const listAdvances = (
  tx: Tx,
  bondId: string,
  query: BondPaymentQuery,
): Promise<Page<ProviderAdvance>> =>
  listPage<ProviderAdvance>(
    tx,
    {
      sql: `${advances} WHERE v.bond_id = $1 AND ($2::text IS NULL OR v.state = $2)`,
      parameters: [bondId, query.state ?? null],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-madeAt',
    },
    query,
  );
