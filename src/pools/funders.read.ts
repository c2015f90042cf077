import type { Tx } from '../platform/database/tx.js';
import { atPlanningRate } from './pledges/planning.js';
import { countsAsPledged } from './pledges/pledged.js';

/**
 * What a funder promised a pool (at the planning rate), and what became of its money. Minor units; received + left over by bonds − fees − charges − paid out −
 * refunded = balance.
 */
export interface FunderFigures {
  funderId: string;
  funder: string;
  pledged: bigint;
  received: bigint;
  fees: bigint;
  /** Its share of what the bank took, and of what the currencies cost. */
  charges: bigint;
  /** Its share of what was paid out and not returned, by the pool's attribution rule: a share of money, never of impact. */
  paidOut: bigint;
  refunded: bigint;
  /** Its share of what bonds left over when they were closed. */
  bondSurplus: bigint;
  balance: bigint;
}

/** The funders of a pool, the largest promise first. All but what was pledged is read from the ledger. */
export function readFunders(tx: Tx, poolId: string): Promise<FunderFigures[]> {
  return tx.rows<FunderFigures>(
    `WITH promised AS (
       SELECT p.funder_id, sum(${atPlanningRate('p.amount')}) AS pledged FROM pledges p
       WHERE p.pool_id = $1 AND ${countsAsPledged} GROUP BY p.funder_id),
     moved AS (
       SELECT a.subject_id AS funder_id, -sum(p.amount) AS balance,
         -sum(p.amount) FILTER (WHERE e.kind LIKE 'contribution.received%') AS received,
         sum(p.amount) FILTER (WHERE e.kind LIKE 'fee.charged%') AS fees,
         sum(p.amount) FILTER (WHERE e.document_kind IN ('bankCharge', 'pool')) AS charges,
         sum(p.amount) FILTER (WHERE e.kind LIKE 'disbursement.%' OR e.document_kind = 'grantReturn') AS paid_out,
         sum(p.amount) FILTER (WHERE e.document_kind = 'refund') AS refunded,
         -sum(p.amount) FILTER (WHERE e.kind LIKE 'bond.closed%') AS bond_surplus
       FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
       WHERE a.pool_id = $1 AND a.kind = 'fundBalance' GROUP BY a.subject_id)
     SELECT o.id AS "funderId", o.name AS funder, coalesce(promised.pledged, 0)::bigint AS pledged,
       coalesce(moved.received, 0)::bigint AS received, coalesce(moved.fees, 0)::bigint AS fees,
       coalesce(moved.charges, 0)::bigint AS charges,
       coalesce(moved.paid_out, 0)::bigint AS "paidOut", coalesce(moved.refunded, 0)::bigint AS refunded,
       coalesce(moved.bond_surplus, 0)::bigint AS "bondSurplus", coalesce(moved.balance, 0)::bigint AS balance
     FROM promised FULL JOIN moved USING (funder_id) JOIN organisations o ON o.id = funder_id
     ORDER BY pledged DESC, received DESC, o.name, o.id`,
    [poolId],
  );
}

/** What all funders come to together. */
export function sumFunders(funders: readonly FunderFigures[]): Omit<FunderFigures, 'funderId' | 'funder'> {
  const total = {
    ...{ pledged: 0n, received: 0n, fees: 0n, charges: 0n, paidOut: 0n, refunded: 0n, bondSurplus: 0n },
    balance: 0n,
  };
  for (const funder of funders) {
    for (const figure of Object.keys(total) as (keyof typeof total)[]) total[figure] += funder[figure];
  }
  return total;
}

/** The organisations that promised or gave something to a pool, by name. */
export function fundersOf(tx: Tx, poolId: string): Promise<{ value: string; label: string }[]> {
  return tx.rows<{ value: string; label: string }>(
    `SELECT o.id AS value, o.name AS label FROM organisations o WHERE o.id IN (
       SELECT subject_id FROM accounts WHERE pool_id = $1 AND kind IN ('fundBalance', 'pledgedFunds')) ORDER BY o.name`,
    [poolId],
  );
}
