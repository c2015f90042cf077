import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { PickedEntries } from '../../ledger/picked-entries.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError, notFound } from '../../platform/errors/domain-error.js';
import {
  type GoalShare,
  goalShares,
  type GrantShare,
  grantShares,
  grantsNamed,
  type MovementRow,
  movementRows,
  type PledgedInCurrency,
  pledgedByFunder,
} from './movements.read.js';
import { type Movement, partOf, type PartTotals, partTotals, runningBalances } from './statement.rules.js';

export interface StatementPeriod {
  from: Day;
  to: Day;
}

/** One movement of the funder's balance. Minor units, positive where the balance grows. */
export interface StatementLine extends Movement {
  entryId: string;
  occurredOn: Day;
  description: string;
  /** What is restricted stays apart: the name of the goal or grant. */
  earmark: string | null;
  grantId: string | null;
  balance: bigint;
}

/** What became of one funder's money in a pool, from one day to another, both included. Minor units. */
export interface FunderStatement extends StatementPeriod {
  coalitionId: string;
  poolId: string;
  pool: string;
  currency: string;
  funderId: string;
  funder: string;
  today: Day;
  opening: bigint;
  parts: PartTotals;
  closing: bigint;
  pledged: PledgedInCurrency[];
  grants: GrantShare[];
  goals: GoalShare[];
  lines: StatementLine[];
}

/**
 * The statement of a funder in a pool, by the day things happened, read from the ledger alone: opening balance and
 * all parts are the closing balance. Without a period: this year, through today.
 * @throws notFound; ruleBroken when the period ends before it begins
 */
export async function readFunderStatement(
  tx: Tx,
  poolId: string,
  funderId: string,
  asked: Partial<StatementPeriod>,
): Promise<FunderStatement> {
  const head = await tx.row<
    Pick<FunderStatement, 'coalitionId' | 'poolId' | 'pool' | 'currency' | 'funderId' | 'funder'>
  >(
    `SELECT p.coalition_id AS "coalitionId", p.id AS "poolId", p.name AS pool, p.currency, o.id AS "funderId", o.name AS funder
     FROM pools p JOIN organisations o ON o.coalition_id = p.coalition_id WHERE p.id = $1 AND o.id = $2`,
    [poolId, funderId],
  );
  if (!head) throw notFound('funder of this pool');
  const { today } = await coalitionCalendar(tx, head.coalitionId);
  const to = asked.to ?? today;
  const from = asked.from ?? `${to.slice(0, 4)}-01-01`;
  if (to < from) throw fieldError('ruleBroken', '/to', 'The period ends before it begins.');
  const picked = inPeriod(poolId, { from, to });
  const opening = await balanceBefore(tx, picked, funderId);
  const movements = await readMovements(tx, picked, funderId);
  const balances = runningBalances(opening, movements);
  const lines = movements.map((movement, index) => ({ ...movement, balance: balances[index]! }));
  const grants = grantShares(lines, await grantsNamed(tx, lines));
  return {
    ...head,
    ...{ from, to, today, opening, lines, grants },
    parts: partTotals(movements),
    closing: balances.at(-1) ?? opening,
    pledged: await pledgedByFunder(tx, picked, funderId),
    goals: goalShares(grants),
  };
}

/** By the day things happened, whenever they were recorded. */
const inPeriod = (poolId: string, { from, to }: StatementPeriod): PickedEntries => ({
  parameters: [poolId, from, to],
  before: `e.occurred_on < $2::date AND $3::date IS NOT NULL`,
  within: `e.occurred_on BETWEEN $2::date AND $3::date`,
  until: `e.occurred_on <= $3::date AND $2::date IS NOT NULL`,
});

async function balanceBefore(tx: Tx, picked: PickedEntries, funderId: string): Promise<bigint> {
  const row = await tx.row<{ balance: bigint }>(
    `SELECT -coalesce(sum(p.amount), 0)::bigint AS balance
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     WHERE a.pool_id = $1 AND a.kind = 'fundBalance' AND a.subject_id = $4 AND ${picked.before}`,
    [...picked.parameters, funderId],
  );
  return row!.balance;
}

async function readMovements(
  tx: Tx,
  picked: PickedEntries,
  funderId: string,
): Promise<Omit<StatementLine, 'balance'>[]> {
  const rows = await tx.rows<MovementRow>(movementRows(picked), [...picked.parameters, funderId]);
  return rows.map(({ kind, recordedAt: _, ...row }) => ({ ...row, part: partOf(kind) }));
}
