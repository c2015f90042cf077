import { type Day, dayInZone } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { fieldError, notFound } from '../platform/errors/domain-error.js';
import { accountNames, chartOrder, type NamedAccount } from './accounts.read.js';
import type { MovementsQuery } from './entry.dto.js';

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

/**
 * Every account of a pool that has moved by the end of a period: a trial balance, in the order of the chart.
 */
export const readMovements = (tx: Tx, period: LedgerPeriod): Promise<AccountMovement[]> =>
  tx.rows<AccountMovement>(
    `WITH moved (account_id, day, debit, credit) AS (
       ${period.basis === 'occurred' ? byOccurrence : byRecording}),
     stood AS (
       SELECT account_id, coalesce(sum(debit - credit) FILTER (WHERE day < $3::date), 0) AS opening,
         coalesce(sum(debit) FILTER (WHERE day >= coalesce($3::date, '-infinity')), 0) AS debit,
         coalesce(sum(credit) FILTER (WHERE day >= coalesce($3::date, '-infinity')), 0) AS credit
       FROM moved GROUP BY account_id)
     SELECT ${accountNames.columns}, s.opening::bigint AS opening, s.debit::bigint AS debit, s.credit::bigint AS credit,
       (s.opening + s.debit - s.credit)::bigint AS closing
     FROM stood s JOIN accounts a ON a.id = s.account_id ${accountNames.joins}
     WHERE s.opening <> 0 OR s.debit <> 0 OR s.credit <> 0
     ORDER BY ${chartOrder}, subject, earmark NULLS FIRST, a.id`,
    [period.poolId, period.asOf, period.from, period.to, period.timeZone],
  );

const sides = (sign: '' | '-', amount = 'p.amount') =>
  `greatest(${amount}, 0) * ${sign}1, greatest(-${amount}, 0) * ${sign}1`;

/** The days that accounts carry, less what was recorded after the instant: which is little, and mostly nothing. */
const byOccurrence = `
  SELECT d.account_id, d.day, d.debit, d.credit FROM account_days d JOIN accounts a ON a.id = d.account_id
  WHERE a.pool_id = $1 AND d.day <= $4::date AND $5::text IS NOT NULL
  UNION ALL
  SELECT p.account_id, e.occurred_on, ${sides('-')}
  FROM journal_entries e JOIN postings p ON p.entry_id = e.id
  WHERE e.pool_id = $1 AND e.recorded_at > $2 AND e.occurred_on <= $4::date`;

/** Nobody carries the days of recording: these are read posting by posting. */
const byRecording = `
  SELECT p.account_id, (e.recorded_at AT TIME ZONE $5::text)::date, ${sides('')}
  FROM journal_entries e JOIN postings p ON p.entry_id = e.id
  WHERE e.pool_id = $1 AND e.recorded_at <= $2 AND (e.recorded_at AT TIME ZONE $5::text)::date <= $4::date`;

/**
 * The period that is asked for, in the coalition's own days: by default all until today, as recorded until now.
 * @throws notFound; ruleBroken at `/from` where it ends before it begins, at `/asOf` where that is still to come
 */
export async function periodOf(tx: Tx, poolId: string, asked: MovementsQuery): Promise<LedgerPeriod> {
  const pool = await tx.row<{ timeZone: string }>(
    `SELECT c.time_zone AS "timeZone" FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
    [poolId],
  );
  if (!pool) throw notFound('pool');
  const asOf = asked.asOf === undefined ? tx.now : new Date(asked.asOf);
  if (asOf > tx.now) {
    throw fieldError('ruleBroken', '/asOf', 'A report can only look back. Choose an instant that is over.');
  }
  const to = asked.to ?? dayInZone(tx.now, pool.timeZone);
  const from = asked.from ?? null;
  if (from !== null && from > to) {
    throw fieldError(
      'ruleBroken',
      '/from',
      'The period would end before it begins. Choose an earlier first day.',
    );
  }
  return { poolId, from, to, asOf, basis: asked.basis ?? 'occurred', timeZone: pool.timeZone };
}
