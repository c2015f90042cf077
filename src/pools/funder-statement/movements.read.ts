import type { PickedEntries } from '../../ledger/picked-entries.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import type { StatementPart } from './statement.rules.js';

/** What entries of one kind moved a funder's balance by, for one grant where they belong to one. Minor units. */
export interface MovementSum {
  funderId: string;
  funder: string;
  kind: string;
  grantId: string | null;
  /** Before the period, and in it: positive where the balance grows. */
  opening: bigint;
  amount: bigint;
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

/** The grant that an entry paid, or that gave something back with it. */
const ofGrant = `
  LEFT JOIN disbursements d ON e.document_kind = 'disbursement' AND d.id = e.document_id
  LEFT JOIN grant_returns b ON e.document_kind = 'grantReturn' AND b.id = e.document_id`;

/** The parameter after the picked ones: one funder, or null for each. */
const ofFunder = ({ parameters }: PickedEntries, column: string): string =>
  `($${parameters.length + 1}::uuid IS NULL OR ${column} = $${parameters.length + 1})`;

/** Every movement of the funders' balances, summed by kind of entry and grant; by the names of the funders. */
export const movementSums = (
  tx: Tx,
  picked: PickedEntries,
  funderId: string | null,
): Promise<MovementSum[]> =>
  tx.rows<MovementSum>(
    `SELECT a.subject_id AS "funderId", o.name AS funder, e.kind, coalesce(d.grant_id, b.grant_id) AS "grantId",
       -coalesce(sum(p.amount) FILTER (WHERE ${picked.before}), 0)::bigint AS opening,
       -coalesce(sum(p.amount) FILTER (WHERE ${picked.within}), 0)::bigint AS amount
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     JOIN organisations o ON o.id = a.subject_id ${ofGrant}
     WHERE a.pool_id = $1 AND a.kind = 'fundBalance' AND ${ofFunder(picked, 'a.subject_id')} AND ${picked.until}
     GROUP BY a.subject_id, o.name, e.kind, coalesce(d.grant_id, b.grant_id) ORDER BY o.name, a.subject_id, e.kind, 4`,
    [...picked.parameters, funderId],
  );

/** A movement of a funder's balance, as a statement lists it; what is restricted stays apart. */
export interface MovementRow {
  entryId: string;
  occurredOn: Day;
  recordedAt: Date;
  kind: string;
  description: string;
  grantId: string | null;
  /** The name of the goal or grant that it is restricted to. */
  earmark: string | null;
  amount: bigint;
}

/** SQL: the movements of a period in the order of their days; the funder is the parameter after the picked ones. */
export const movementRows = (picked: PickedEntries): string =>
  `SELECT e.id AS "entryId", e.occurred_on AS "occurredOn", e.recorded_at AS "recordedAt", e.kind, e.description,
     coalesce(d.grant_id, b.grant_id) AS "grantId", coalesce(g.name, t.title) AS earmark,
     -sum(p.amount)::bigint AS amount
   FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
   LEFT JOIN goals g ON g.id = a.earmark_id LEFT JOIN grants t ON t.id = a.earmark_id ${ofGrant}
   WHERE a.pool_id = $1 AND a.kind = 'fundBalance' AND ${ofFunder(picked, 'a.subject_id')} AND ${picked.within}
   GROUP BY e.id, d.grant_id, b.grant_id, g.name, t.title ORDER BY e.occurred_on, e.id, earmark NULLS FIRST`;

/** Of what belongs to a grant (what was paid, what the bank sent back, what was unspent): the sum of each grant. */
export function grantShares(
  movements: readonly { grantId: string | null; part: StatementPart; amount: bigint }[],
  grants: readonly Omit<GrantShare, 'amount'>[],
): GrantShare[] {
  const amounts = new Map<string, bigint>();
  for (const { grantId, part, amount } of movements) {
    if (grantId === null || part === 'fees') continue;
    amounts.set(grantId, (amounts.get(grantId) ?? 0n) - amount);
  }
  return grants.flatMap((grant) => {
    const amount = amounts.get(grant.grantId);
    return amount === undefined ? [] : [{ ...grant, amount }];
  });
}

/** Grants by their references, with who is paid and for which goals. */
export const grantsNamed = (
  tx: Tx,
  movements: readonly { grantId: string | null }[],
): Promise<Omit<GrantShare, 'amount'>[]> =>
  tx.rows<Omit<GrantShare, 'amount'>>(
    `SELECT g.id AS "grantId", g.reference, g.title, o.name AS payee,
       ARRAY(SELECT t.name FROM grant_goals s JOIN goals t ON t.id = s.goal_id WHERE s.grant_id = g.id ORDER BY t.name) AS goals
     FROM grants g JOIN organisations o ON o.id = g.organisation_id WHERE g.id = ANY ($1::uuid[]) ORDER BY g.reference, g.id`,
    [[...new Set(movements.flatMap(({ grantId }) => grantId ?? []))]],
  );

export function goalShares(grants: readonly Pick<GrantShare, 'goals' | 'amount'>[]): GoalShare[] {
  const shares = new Map<string, GoalShare>();
  for (const { goals, amount } of grants) {
    const key = goals.join('\n');
    shares.set(key, { goals, amount: (shares.get(key)?.amount ?? 0n) + amount });
  }
  return [...shares.values()].toSorted((a, b) => a.goals.length - b.goals.length);
}

/** What funders promised, each currency apart, by the names of the funders. */
export const pledgedByFunder = (
  tx: Tx,
  picked: PickedEntries,
  funderId: string | null,
): Promise<(PledgedInCurrency & { funderId: string; funder: string })[]> =>
  tx.rows(
    `SELECT a.subject_id AS "funderId", o.name AS funder, a.currency,
       -coalesce(sum(p.amount) FILTER (WHERE e.kind LIKE 'pledge.%' AND ${picked.within}), 0)::bigint AS pledged,
       -coalesce(sum(p.amount), 0)::bigint AS open
     FROM accounts a JOIN postings p ON p.account_id = a.id JOIN journal_entries e ON e.id = p.entry_id
     JOIN organisations o ON o.id = a.subject_id
     WHERE a.pool_id = $1 AND a.kind = 'pledgedFunds' AND ${ofFunder(picked, 'a.subject_id')} AND ${picked.until}
     GROUP BY a.subject_id, o.name, a.currency ORDER BY o.name, a.subject_id, a.currency`,
    [...picked.parameters, funderId],
  );
