import { heldForBondsKinds } from '../../ledger/chart-of-accounts.js';
import type { Tx } from '../../platform/database/tx.js';
import { entryParameters, type ReportOrder, untilEnd } from '../documents/report-order.js';

/** What a position is made of besides the ledger: kept with its run, so that it can be made again. */
export interface PositionBasis {
  /** The policies at the time, in minor units and basis points. */
  reserve: string;
  confidenceBasisPoints: number;
  /** Of pledges in another currency, minor units of the pool for one of the pledge. Absent from older runs. */
  planningFactors?: Record<string, string>;
  /** Where the host charges on payments: its fee, and what it will charge on what is still to be paid. */
  paymentFee?: { basisPoints: number; minimum: string; cap: string | null; toCome: string } | null;
}

/** The factor of a pledge by its id, from those in $6; 1 in the pool's own currency. */
export const factorOf = (pledgeId: string): string =>
  `coalesce(($6::jsonb ->> ${pledgeId}::text)::numeric, 1)`;

/** $1 to $5 pick entries; $6 are the planning factors. */
export const positionParameters = (order: ReportOrder, { planningFactors = {} }: PositionBasis) => [
  ...entryParameters(order),
  JSON.stringify(planningFactors),
];

export interface Balances {
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

/** What was approved of a table by then, and neither posted nor taken back. Approving is dated by its instant alone. */
const approvedBy = (order: ReportOrder, table: 'disbursements' | 'refunds', amount = 'd.amount'): string =>
  `(SELECT coalesce(sum(${amount}), 0) FROM ${table} d JOIN approvals v ON v.id = d.approval_id
    WHERE d.pool_id = $1 AND v.state = 'approved' AND d.state <> 'rejected' AND v.ended_at <= $2
      AND (v.ended_at AT TIME ZONE $5::text)::date <= $4::date
      AND NOT EXISTS (SELECT 1 FROM journal_entries e WHERE e.id = d.entry_id AND ${untilEnd(order)}))`;

/** What each pledge's receivable account was posted by then, at its planning rate. */
const receivable = (order: ReportOrder, entries: string): string =>
  `(SELECT a.subject_id AS pledge_id, floor(sum(p.amount) * ${factorOf('a.subject_id')}) AS amount
    FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
    WHERE ${untilEnd(order)} AND a.kind = 'pledgesReceivable' AND e.kind LIKE '${entries}'
    GROUP BY a.subject_id)`;

export async function readBalances(tx: Tx, order: ReportOrder, basis: PositionBasis): Promise<Balances> {
  const total = (kind: string, sign: '' | '-', more = '') =>
    `${sign}coalesce(sum(p.amount) FILTER (WHERE a.kind = '${kind}'${more}), 0)::bigint`;
  const ofBonds = heldForBondsKinds.map((kind) => total(kind, '-')).join(' ');
  const approved = approvedBy(
    order,
    'disbursements',
    'd.amount + fee_of(d.amount, $7, $8::bigint, $9::bigint)',
  );
  const refunds = approvedBy(order, 'refunds');
  const row = await tx.row<Balances>(
    `SELECT ${total('cash', '')} AS cash, ${total('fundBalance', '-')} AS "fundBalances",
       ${total('fundBalance', '-', ' AND a.earmark_id IS NULL')} AS unearmarked, ${total('feesPayable', '-')} AS "feesPayable",
       (${ofBonds})::bigint AS "heldForBonds",
       ${total('exchangeDifference', '')} AS "exchangeLoss",
       (SELECT coalesce(sum(r.amount), 0) FROM ${receivable(order, '%')} AS r)::bigint AS "pledgesReceivable",
       ${total('grantsOutstanding', '-')} AS "grantsOutstanding",
       (${approved} + ${refunds})::bigint AS "approvedUnsettled", ${refunds}::bigint AS "approvedRefunds"
     FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
     WHERE ${untilEnd(order)}`,
    [
      ...positionParameters(order, basis),
      basis.paymentFee?.basisPoints ?? 0,
      basis.paymentFee?.minimum ?? '0',
      basis.paymentFee?.cap ?? null,
    ],
  );
  return row!;
}

export interface FunderMoney {
  funder: string;
  pledged: bigint;
  received: bigint;
  fees: bigint;
  charges: bigint;
  paidOut: bigint;
  /** What bonds left over when they were closed. */
  bondSurplus: bigint;
  refunded: bigint;
  balance: bigint;
}

/** What each funder promised, gave, was charged and paid for; a reversal takes itself off. */
export async function readFunders(tx: Tx, order: ReportOrder, basis: PositionBasis): Promise<FunderMoney[]> {
  const moved = (nouns: string[], sign: '' | '-') =>
    `${sign}sum(p.amount) FILTER (WHERE split_part(e.kind, '.', 1) IN (${nouns.map((noun) => `'${noun}'`).join(', ')}))`;
  const shown = (column: string) => `coalesce(m.${column}, 0)::bigint`;
  return tx.rows<FunderMoney>(
    `WITH promised AS (
       SELECT d.funder_id, sum(r.amount) AS pledged FROM ${receivable(order, 'pledge.%')} AS r
       JOIN pledges d ON d.id = r.pledge_id GROUP BY d.funder_id),
     moved AS (
       SELECT a.subject_id AS funder_id, ${moved(['contribution'], '-')} AS received, ${moved(['fee'], '')} AS fees,
         ${moved(['bankCharge', 'exchangeDifference'], '')} AS charges,
         ${moved(['disbursement', 'grantReturn', 'grant'], '')} AS paid_out, ${moved(['bond'], '-')} AS bond_surplus,
         ${moved(['refund'], '')} AS refunded, -sum(p.amount) AS balance
       FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
       WHERE ${untilEnd(order)} AND a.kind = 'fundBalance' GROUP BY a.subject_id)
     SELECT o.name AS funder, coalesce(f.pledged, 0)::bigint AS pledged,
       ${shown('received')} AS received, ${shown('fees')} AS fees, ${shown('charges')} AS charges,
       ${shown('paid_out')} AS "paidOut", ${shown('bond_surplus')} AS "bondSurplus", ${shown('refunded')} AS refunded,
       ${shown('balance')} AS balance
     FROM promised f FULL JOIN moved m USING (funder_id) JOIN organisations o ON o.id = funder_id
     ORDER BY o.name, o.id`,
    positionParameters(order, basis),
  );
}

/**
 * The instalments of the pledge that entry `e` signed, as they were planned then: what the first change since then found,
 * or what there is now. Plans are kept in major units with exactly the currency's digits: without the point they are
 * minor units. A pledge that had ended by then before anything came has none.
 */
function planThen({ basis }: ReportOrder): string {
  const day = basis === 'occurred' ? 'c.occurred_on' : '(c.made_at AT TIME ZONE $5::text)::date';
  const since = `(c.made_at > $2 OR ${day} > $4::date)`;
  return `
  SELECT (part ->> 'dueOn')::date AS due_on, replace(part ->> 'amount', '.', '')::bigint AS amount
  FROM (SELECT plan_before FROM pledge_changes c WHERE c.pledge_id = e.document_id AND ${since}
        ORDER BY c.number LIMIT 1) AS since CROSS JOIN jsonb_array_elements(since.plan_before) AS part
  UNION ALL
  SELECT i.due_on, i.amount FROM pledge_instalments i WHERE i.pledge_id = e.document_id AND NOT EXISTS (
    SELECT 1 FROM pledge_changes c WHERE c.pledge_id = e.document_id AND (${since} OR c.amount_after = 0))`;
}

export interface YearMoney {
  year: number;
  pledged: bigint;
  received: bigint;
}

/**
 * Pledged by the year an instalment is due in, received by the year it occurred in. At a planning rate each instalment
 * is what it adds to those before it, so that the years are the whole to the minor unit.
 */
export async function readYears(tx: Tx, order: ReportOrder, basis: PositionBasis): Promise<YearMoney[]> {
  return tx.rows<YearMoney>(
    `WITH planned AS (
       SELECT plan.due_on, plan.amount, ${factorOf('e.document_id')} AS factor,
         sum(plan.amount) OVER (PARTITION BY e.document_id ORDER BY plan.due_on, plan.amount
           ROWS UNBOUNDED PRECEDING) AS up_to
       FROM journal_entries e CROSS JOIN LATERAL (${planThen(order)}) AS plan
       WHERE ${untilEnd(order)} AND e.kind = 'pledge.signed')
     SELECT year, sum(pledged)::bigint AS pledged, sum(received)::bigint AS received FROM (
       SELECT extract(year FROM due_on)::int AS year, floor(up_to * factor) - floor((up_to - amount) * factor) AS pledged,
         0::bigint AS received
       FROM planned
       UNION ALL
       SELECT extract(year FROM e.occurred_on)::int, 0, p.amount
       FROM postings p JOIN journal_entries e ON e.id = p.entry_id JOIN accounts a ON a.id = p.account_id
       WHERE ${untilEnd(order)} AND a.kind = 'cash' AND e.kind LIKE 'contribution.%') AS money
     GROUP BY year ORDER BY year`,
    positionParameters(order, basis),
  );
}
