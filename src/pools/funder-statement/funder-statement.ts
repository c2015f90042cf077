import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { fieldError, notFound } from '../../platform/errors/domain-error.js';
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

/** What of the funder's money a grant was paid, less what it gave back. */
export interface GrantShare {
  grantId: string;
  reference: string;
  title: string;
  payee: string;
  goals: string[];
  amount: bigint;
}

/** What of it went to each goal; a grant that serves several goals is not split, but named with all of them. */
export interface GoalShare {
  goals: string[];
  amount: bigint;
}

/** Promises in one currency: what was signed in the period, changes included, and what is still to come at its end. */
export interface PledgedInCurrency {
  currency: string;
  pledged: bigint;
  open: bigint;
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
  const opening = await balanceBefore(tx, poolId, funderId, from);
  const movements = await readMovements(tx, poolId, funderId, { from, to });
  const balances = runningBalances(opening, movements);
  const lines = movements.map((movement, index) => ({ ...movement, balance: balances[index]! }));
  const grants = await grantShares(tx, lines);
  return {
    ...head,
    ...{ from, to, today, opening, lines, grants },
    parts: partTotals(movements),
    closing: balances.at(-1) ?? opening,
    pledged: await readPledged(tx, poolId, funderId, { from, to }),
    goals: goalShares(grants),
  };
}

async function balanceBefore(tx: Tx, poolId: string, funderId: string, day: Day): Promise<bigint> {
  const row = await tx.row<{ balance: bigint }>(
    `SELECT -coalesce(sum(p.amount), 0)::bigint AS balance
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     WHERE a.pool_id = $1 AND a.kind = 'fundBalance' AND a.subject_id = $2 AND e.occurred_on < $3`,
    [poolId, funderId, day],
  );
  return row!.balance;
}

async function readMovements(
  tx: Tx,
  poolId: string,
  funderId: string,
  { from, to }: StatementPeriod,
): Promise<Omit<StatementLine, 'balance'>[]> {
  const rows = await tx.rows<Omit<StatementLine, 'balance' | 'part'> & { kind: string }>(
    `SELECT e.id AS "entryId", e.occurred_on AS "occurredOn", e.kind, e.description,
       coalesce(d.grant_id, b.grant_id) AS "grantId",
       coalesce(g.name, t.title) AS earmark, -sum(p.amount)::bigint AS amount
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     LEFT JOIN goals g ON g.id = a.earmark_id LEFT JOIN grants t ON t.id = a.earmark_id
     LEFT JOIN disbursements d ON e.document_kind = 'disbursement' AND d.id = e.document_id
     LEFT JOIN grant_returns b ON e.document_kind = 'grantReturn' AND b.id = e.document_id
     WHERE a.pool_id = $1 AND a.kind = 'fundBalance' AND a.subject_id = $2 AND e.occurred_on BETWEEN $3 AND $4
     GROUP BY e.id, d.grant_id, b.grant_id, g.name, t.title ORDER BY e.occurred_on, e.id, earmark NULLS FIRST`,
    [poolId, funderId, from, to],
  );
  return rows.map(({ kind, ...row }) => ({ ...row, part: partOf(kind) }));
}

/** Of the lines that belong to a grant (what was paid, what the bank sent back, what was unspent): the sum of each grant. */
async function grantShares(tx: Tx, lines: readonly StatementLine[]): Promise<GrantShare[]> {
  const amounts = new Map<string, bigint>();
  for (const { grantId, part, amount } of lines) {
    if (grantId === null || part === 'fees') continue;
    amounts.set(grantId, (amounts.get(grantId) ?? 0n) - amount);
  }
  const grants = await tx.rows<Omit<GrantShare, 'amount'>>(
    `SELECT g.id AS "grantId", g.reference, g.title, o.name AS payee,
       ARRAY(SELECT t.name FROM grant_goals s JOIN goals t ON t.id = s.goal_id WHERE s.grant_id = g.id ORDER BY t.name) AS goals
     FROM grants g JOIN organisations o ON o.id = g.organisation_id WHERE g.id = ANY ($1::uuid[]) ORDER BY g.reference, g.id`,
    [[...amounts.keys()]],
  );
  return grants.map((grant) => ({ ...grant, amount: amounts.get(grant.grantId)! }));
}

function goalShares(grants: readonly GrantShare[]): GoalShare[] {
  const shares = new Map<string, GoalShare>();
  for (const { goals, amount } of grants) {
    const key = goals.join('\n');
    shares.set(key, { goals, amount: (shares.get(key)?.amount ?? 0n) + amount });
  }
  return [...shares.values()].toSorted((a, b) => a.goals.length - b.goals.length);
}

const readPledged = (
  tx: Tx,
  poolId: string,
  funderId: string,
  { from, to }: StatementPeriod,
): Promise<PledgedInCurrency[]> =>
  tx.rows<PledgedInCurrency>(
    `SELECT a.currency,
       -coalesce(sum(p.amount) FILTER (WHERE e.kind LIKE 'pledge.%' AND e.occurred_on >= $3), 0)::bigint AS pledged,
       -coalesce(sum(p.amount), 0)::bigint AS open
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     WHERE a.pool_id = $1 AND a.kind = 'pledgedFunds' AND a.subject_id = $2 AND e.occurred_on <= $4
     GROUP BY a.currency ORDER BY a.currency`,
    [poolId, funderId, from, to],
  );
