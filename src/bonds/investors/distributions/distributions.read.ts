import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../../platform/http/list.js';
import type { PaymentState } from '../bond-payment.js';
import type { BondPaymentQuery } from '../advances/advances.read.js';
import type { DistributionSource, InvestorShare } from './distribution.rules.js';
import type { KeptWorking } from './kept-working.js';

/** A distribution, without its working. Minor units of the bond's currency. */
export interface Distribution {
  id: string;
  coalitionId: string;
  bondId: string;
  bond: string;
  poolId: string;
  source: DistributionSource;
  asOf: Day;
  available: bigint;
  /** What leaves the account: to investors, the fee, the provider's share. */
  amount: bigint;
  forInvestors: bigint;
  fee: bigint;
  forProvider: bigint;
  /** Stays in the bond until it is closed. */
  forPool: bigint;
  remaining: bigint;
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

const columns = `
  SELECT d.id, d.coalition_id AS "coalitionId", d.bond_id AS "bondId", b.reference AS bond, d.pool_id AS "poolId", d.source,
    d.as_of AS "asOf", d.available, d.amount, d.amount - d.fee - d.for_provider AS "forInvestors", d.fee,
    d.for_provider AS "forProvider", d.for_pool AS "forPool", d.remaining, d.currency, d.reason, d.state,
    d.approval_id AS "approvalId", p.name AS "madeBy", d.made_at AS "madeAt", d.bank_reference AS "bankReference",
    d.paid_on AS "paidOn", d.entry_id AS "entryId"`;
const from = `FROM distributions d JOIN bonds b ON b.id = d.bond_id JOIN persons p ON p.id = d.made_by`;

/** @throws notFound */
export async function readDistribution(tx: Tx, id: string): Promise<Distribution> {
  const distribution = await tx.row<Distribution>(`${columns} ${from} WHERE d.id = $1`, [id]);
  if (!distribution) throw notFound('distribution');
  return distribution;
}

/** All that a distribution was worked out from, and tier by tier what it came to. */
export async function workingOf(tx: Tx, id: string): Promise<KeptWorking> {
  const row = await tx.row<{ working: KeptWorking }>(`SELECT working FROM distributions WHERE id = $1`, [id]);
  return row!.working;
}

/** What each investor gets, in the order in which they became parties. */
export const sharesOfDistribution = (tx: Tx, id: string): Promise<InvestorShare[]> =>
  tx.rows<InvestorShare>(
    `SELECT s.party_id AS "partyId", o.name AS investor, s.capital, s.income FROM distribution_shares s
     JOIN bond_parties y ON y.id = s.party_id JOIN organisations o ON o.id = y.organisation_id
     WHERE s.distribution_id = $1 ORDER BY s.party_id`,
    [id],
  );

export const listDistributions = (
  tx: Tx,
  bondId: string,
  query: BondPaymentQuery,
): Promise<Page<Distribution>> =>
  listPage<Distribution>(
    tx,
    {
      sql: `${columns} ${from} WHERE d.bond_id = $1 AND ($2::text IS NULL OR d.state = $2)`,
      parameters: [bondId, query.state ?? null],
      sorts: {
        asOf: { column: '"asOf"', type: 'date' },
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-asOf',
    },
    query,
  );
