import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { accountNames, chartOrder, type NamedAccount } from './accounts.read.js';

/** Which entries count: those of a period, both days included, as far as they were recorded by an instant. */
export interface LedgerPeriod {
  poolId: string;
  /** Null is since the pool began. */
  from: Day | null;
  to: Day;
  asOf: Date;
  /** Whether an entry's day is when it happened, or when it was recorded, where the coalition is. */
  basis: 'occurred' | 'recorded';
  timeZone: string;
}

/** What a period did to an account. Minor units; balances are signed, a debit positive, debit and credit are not. */
export interface AccountMovement extends NamedAccount {
  opening: bigint;
  debit: bigint;
  credit: bigint;
  closing: bigint;
}

/** The day of the entry `e`; $5 is the coalition's time zone. */
const dayOf = (basis: LedgerPeriod['basis']): string =>
  basis === 'occurred' ? 'e.occurred_on' : '(e.recorded_at AT TIME ZONE $5::text)::date';

/**
 * Every account of a pool that has ever moved by the end of a period: a trial balance. Each account carries its balance
 * of now; what came after the period is taken off it, so that only the period and what followed are read, not the years
 * before. Accounts are in the order of the chart.
 */
export const readMovements = (tx: Tx, period: LedgerPeriod): Promise<AccountMovement[]> =>
  tx.rows<AccountMovement>(
    `WITH day AS (
       SELECT e.id, (e.recorded_at > $2 OR ${dayOf(period.basis)} > $4::date) AS is_later
       FROM journal_entries e
       WHERE e.pool_id = $1 AND $5::text IS NOT NULL
         AND (e.recorded_at > $2 OR ${dayOf(period.basis)} >= coalesce($3::date, '-infinity'))),
     moved AS (
       SELECT p.account_id,
         coalesce(sum(p.amount) FILTER (WHERE is_later), 0) AS later,
         coalesce(sum(p.amount) FILTER (WHERE NOT is_later AND p.amount > 0), 0) AS debit,
         coalesce(-sum(p.amount) FILTER (WHERE NOT is_later AND p.amount < 0), 0) AS credit
       FROM day JOIN postings p ON p.entry_id = day.id GROUP BY p.account_id),
     stood AS (
       SELECT a.id, coalesce(m.debit, 0) AS debit, coalesce(m.credit, 0) AS credit,
         a.balance - coalesce(m.later, 0) AS closing
       FROM accounts a LEFT JOIN moved m ON m.account_id = a.id WHERE a.pool_id = $1)
     SELECT ${accountNames.columns}, (s.closing - s.debit + s.credit)::bigint AS opening, s.debit::bigint AS debit,
       s.credit::bigint AS credit, s.closing::bigint AS closing
     FROM stood s JOIN accounts a ON a.id = s.id ${accountNames.joins}
     WHERE s.closing <> 0 OR s.debit <> 0 OR s.credit <> 0
     ORDER BY ${chartOrder}, subject, earmark NULLS FIRST, a.id`,
    [period.poolId, period.asOf, period.from, period.to, period.timeZone],
  );
