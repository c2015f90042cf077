import { heldForBondsKinds } from '../ledger/chart-of-accounts.js';
import { formatAmount } from '../maths/money.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import type { FeePolicy } from '../pools/fees/fee.rules.js';
import { available, poolPosition } from '../pools/pool-position.js';

/** What a report is made of, besides the ledger: kept with the run, so that it can be made again. */
export interface ReportParameters {
  poolId: string;
  /** The policies at the time, in minor units and basis points. */
  reserve: string;
  confidenceBasisPoints: number;
  /** Of pledges in another currency, minor units of the pool for one of the pledge. Absent from older runs. */
  planningFactors?: Record<string, string>;
  /** Where the host charges on payments: its fee, and what it will charge on what is still to be paid. */
  paymentFee?: { basisPoints: number; minimum: string; cap: string | null; toCome: string } | null;
}

/** A pool's position as of an instant. Amounts are decimal strings in the pool's currency. */
export interface PoolPositionFigures {
  coalition: string;
  pool: string;
  currency: string;
  position: Record<PositionItem, string>;
  funders: FunderFigures[];
  years: { year: number; pledged: string; received: string }[];
}

export const positionItems = [
  'cash',
  'fundBalances',
  'feesPayable',
  'heldForBonds',
  'pledgesReceivable',
  'grantsOutstanding',
  'approvedUnsettled',
  'reserve',
  'availableToDisburse',
  'availableToCommit',
] as const;
export type PositionItem = (typeof positionItems)[number];

export interface FunderFigures {
  funderId: string;
  funder: string;
  pledged: string;
  received: string;
  fees: string;
  /** Absent from runs that were made before charges were told apart. */
  charges?: string;
  paidOut: string;
  refunded: string;
  balance: string;
}

/** The policies of a pool as they are now. */
export async function currentParameters(tx: Tx, poolId: string): Promise<ReportParameters> {
  const pool = await tx.row<FeePolicy & { reserve: bigint; confidenceBasisPoints: number }>(
    `SELECT reserve, confidence_basis_points AS "confidenceBasisPoints", fee_on AS "feeOn", fee_host_id AS "feeHostId",
       fee_basis_points AS "feeBasisPoints", fee_minimum AS "feeMinimum", fee_cap AS "feeCap" FROM pools WHERE id = $1`,
    [poolId],
  );
  if (!pool) throw notFound('pool');
  const { feesToCome } = await poolPosition(tx, poolId);
  const foreign = await tx.rows<{ id: string; factor: string }>(
    `SELECT id, planning_factor::text AS factor FROM pledges WHERE pool_id = $1 AND planning_rate IS NOT NULL`,
    [poolId],
  );
  return {
    poolId,
    reserve: pool.reserve.toString(),
    confidenceBasisPoints: pool.confidenceBasisPoints,
    planningFactors: Object.fromEntries(foreign.map(({ id, factor }) => [id, factor])),
    paymentFee:
      pool.feeOn === 'disbursement' && pool.feeHostId !== null
        ? {
            basisPoints: pool.feeBasisPoints,
            minimum: pool.feeMinimum.toString(),
            cap: pool.feeCap?.toString() ?? null,
            toCome: feesToCome.toString(),
          }
        : null,
  };
}

/**
 * Where a pool stood at an instant, from the postings recorded by then and from nothing else: run again for the same
 * instant, it says the same.
 */
export async function poolPositionFigures(
  tx: Tx,
  parameters: ReportParameters,
  asOf: Date,
): Promise<PoolPositionFigures> {
  const { poolId } = parameters;
  const pool = await tx.row<{ name: string; currency: string; coalition: string }>(
    `SELECT p.name, p.currency, c.name AS coalition FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
    [poolId],
  );
  if (!pool) throw notFound('pool');
  const show = (minor: bigint) => formatAmount(minor, pool.currency);
  const factors = parameters.planningFactors ?? {};
  const balances = await readBalances(tx, parameters, asOf);
  const reserve = BigInt(parameters.reserve);
  const figures = { ...balances, reserve, feesToCome: BigInt(parameters.paymentFee?.toCome ?? 0) };
  const free = available(figures, parameters.confidenceBasisPoints);
  const { unearmarked: _, ...shown } = { ...figures, ...free };
  return {
    coalition: pool.coalition,
    pool: pool.name,
    currency: pool.currency,
    position: Object.fromEntries(positionItems.map((item) => [item, show(shown[item])])) as Record<
      PositionItem,
      string
    >,
    funders: (await readFunders(tx, poolId, asOf, factors)).map(({ funderId, funder, ...money }) => ({
      funderId,
      funder,
      pledged: show(money.pledged),
      received: show(money.received),
      fees: show(money.fees),
      charges: show(money.charges),
      paidOut: show(money.paidOut),
      refunded: show(money.refunded),
      balance: show(money.balance),
    })),
    years: (await readYears(tx, poolId, asOf, factors)).map(({ year, pledged, received }) => ({
      year,
      pledged: show(pledged),
      received: show(received),
    })),
  };
}

type Factors = Readonly<Record<string, string>>;

/** The factor of a pledge by its id, from those in $3; 1 in the pool's own currency. */
export const factorOf = (pledgeId: string): string =>
  `coalesce(($3::jsonb ->> ${pledgeId}::text)::numeric, 1)`;

interface Balances {
  cash: bigint;
  fundBalances: bigint;
  unearmarked: bigint;
  feesPayable: bigint;
  heldForBonds: bigint;
  exchangeLoss: bigint;
  pledgesReceivable: bigint;
  grantsOutstanding: bigint;
  approvedUnsettled: bigint;
  approvedRefunds: bigint;
}

/** What was approved of a table by $2, and neither posted nor taken back by then. */
const approvedBy = (table: 'disbursements' | 'refunds', amount = 'd.amount'): string =>
  `(SELECT coalesce(sum(${amount}), 0) FROM ${table} d JOIN approvals v ON v.id = d.approval_id
    LEFT JOIN journal_entries s ON s.id = d.entry_id
    WHERE d.pool_id = $1 AND v.state = 'approved' AND d.state <> 'rejected' AND v.ended_at <= $2
      AND (s.id IS NULL OR s.recorded_at > $2))`;

/** What each pledge's receivable account was posted by then, at its planning rate. */
const receivable = (entries: string): string =>
  `(SELECT a.subject_id AS pledge_id, floor(sum(p.amount) * ${factorOf('a.subject_id')}) AS amount
    FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
    WHERE e.pool_id = $1 AND e.recorded_at <= $2 AND a.kind = 'pledgesReceivable' AND e.kind LIKE '${entries}'
    GROUP BY a.subject_id)`;

async function readBalances(
  tx: Tx,
  { poolId, planningFactors = {}, paymentFee }: ReportParameters,
  asOf: Date,
): Promise<Balances> {
  const sum = (kind: string, sign: '' | '-', more = '') =>
    `${sign}coalesce(sum(p.amount) FILTER (WHERE a.kind = '${kind}'${more}), 0)::bigint`;
  const ofBonds = heldForBondsKinds.map((kind) => sum(kind, '-')).join(' ');
  const row = await tx.row<Balances>(
    `SELECT ${sum('cash', '')} AS cash, ${sum('fundBalance', '-')} AS "fundBalances",
       ${sum('fundBalance', '-', ' AND a.earmark_id IS NULL')} AS unearmarked, ${sum('feesPayable', '-')} AS "feesPayable",
       (${ofBonds})::bigint AS "heldForBonds",
       ${sum('exchangeDifference', '')} AS "exchangeLoss",
       (SELECT coalesce(sum(r.amount), 0) FROM ${receivable('%')} AS r)::bigint AS "pledgesReceivable",
       ${sum('grantsOutstanding', '-')} AS "grantsOutstanding",
       (${approvedBy('disbursements', 'd.amount + fee_of(d.amount, $4, $5::bigint, $6::bigint)')} + ${approvedBy('refunds')})::bigint AS "approvedUnsettled",
       ${approvedBy('refunds')}::bigint AS "approvedRefunds"
     FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
     WHERE e.pool_id = $1 AND e.recorded_at <= $2`,
    [
      ...[poolId, asOf, JSON.stringify(planningFactors)],
      ...[paymentFee?.basisPoints ?? 0, paymentFee?.minimum ?? '0', paymentFee?.cap ?? null],
    ],
  );
  return row!;
}

interface FunderMoney {
  funderId: string;
  funder: string;
  pledged: bigint;
  received: bigint;
  fees: bigint;
  charges: bigint;
  paidOut: bigint;
  refunded: bigint;
  balance: bigint;
}

/** What each funder promised, gave, was charged and paid for; a reversal takes itself off. */
async function readFunders(tx: Tx, poolId: string, asOf: Date, factors: Factors): Promise<FunderMoney[]> {
  const sum = (entries: string, sign: '' | '-') =>
    `${sign}sum(p.amount) FILTER (WHERE e.kind LIKE '${entries}')`;
  const shown = (column: string) => `coalesce(m.${column}, 0)::bigint`;
  return tx.rows<FunderMoney>(
    `WITH promised AS (
       SELECT d.funder_id, sum(r.amount) AS pledged FROM ${receivable('pledge.%')} AS r JOIN pledges d ON d.id = r.pledge_id
       GROUP BY d.funder_id),
     moved AS (
       SELECT a.subject_id AS funder_id, ${sum('contribution.%', '-')} AS received, ${sum('fee.%', '')} AS fees,
         sum(p.amount) FILTER (WHERE e.kind LIKE ANY (ARRAY['bankCharge.%', 'exchangeDifference.%'])) AS charges,
         sum(p.amount) FILTER (WHERE e.kind LIKE 'disbursement.%' OR e.kind LIKE 'grantReturn.%') AS paid_out,
         ${sum('refund.%', '')} AS refunded, ${sum('%', '-')} AS balance
       FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
       WHERE e.pool_id = $1 AND e.recorded_at <= $2 AND a.kind = 'fundBalance' GROUP BY a.subject_id)
     SELECT o.id AS "funderId", o.name AS funder, coalesce(f.pledged, 0)::bigint AS pledged,
       ${shown('received')} AS received, ${shown('fees')} AS fees, ${shown('charges')} AS charges,
       ${shown('paid_out')} AS "paidOut", ${shown('refunded')} AS refunded, ${shown('balance')} AS balance
     FROM promised f FULL JOIN moved m USING (funder_id) JOIN organisations o ON o.id = funder_id
     ORDER BY o.name, o.id`,
    [poolId, asOf, JSON.stringify(factors)],
  );
}

/**
 * The instalments of the pledge that entry `e` signed, as they were planned at $2: what the first change since then found,
 * or what there is now. Plans are kept in major units with exactly the currency's digits: without the point they are
 * minor units. A pledge that had ended by then before anything came has none.
 */
const planAsOf = `
  SELECT (part ->> 'dueOn')::date AS due_on, replace(part ->> 'amount', '.', '')::bigint AS amount
  FROM (SELECT plan_before FROM pledge_changes c WHERE c.pledge_id = e.document_id AND c.made_at > $2
        ORDER BY c.number LIMIT 1) AS since CROSS JOIN jsonb_array_elements(since.plan_before) AS part
  UNION ALL
  SELECT i.due_on, i.amount FROM pledge_instalments i WHERE i.pledge_id = e.document_id AND NOT EXISTS (
    SELECT 1 FROM pledge_changes c WHERE c.pledge_id = e.document_id AND (c.made_at > $2 OR c.amount_after = 0))`;

/**
 * Pledged by the year an instalment is due in, received by the year it occurred in. At a planning rate each instalment
 * is what it adds to those before it, so that the years are the whole to the minor unit.
 */
async function readYears(
  tx: Tx,
  poolId: string,
  asOf: Date,
  factors: Factors,
): Promise<{ year: number; pledged: bigint; received: bigint }[]> {
  return tx.rows(
    `WITH planned AS (
       SELECT plan.due_on, plan.amount, ${factorOf('e.document_id')} AS factor,
         sum(plan.amount) OVER (PARTITION BY e.document_id ORDER BY plan.due_on, plan.amount
           ROWS UNBOUNDED PRECEDING) AS up_to
       FROM journal_entries e CROSS JOIN LATERAL (${planAsOf}) AS plan
       WHERE e.pool_id = $1 AND e.kind = 'pledge.signed' AND e.recorded_at <= $2)
     SELECT year, sum(pledged)::bigint AS pledged, sum(received)::bigint AS received FROM (
       SELECT extract(year FROM due_on)::int AS year, floor(up_to * factor) - floor((up_to - amount) * factor) AS pledged,
         0::bigint AS received
       FROM planned
       UNION ALL
       SELECT extract(year FROM e.occurred_on)::int, 0, p.amount
       FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
       WHERE e.pool_id = $1 AND e.recorded_at <= $2 AND a.kind = 'cash' AND e.kind LIKE 'contribution.%') AS money
     GROUP BY year ORDER BY year`,
    [poolId, asOf, JSON.stringify(factors)],
  );
}
