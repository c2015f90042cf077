import type { Tx } from '../platform/database/tx.js';
import type { FunderShare } from './balance-shares.js';
import type { NamedShare } from './funder-shares-card.js';

/** Shares with the names of the funders, in the order given. */
export async function nameShares(tx: Tx, shares: readonly FunderShare[]): Promise<NamedShare[]> {
  const names = await tx.rows<{ id: string; name: string }>(
    `SELECT id, name FROM organisations WHERE id = ANY ($1::uuid[])`,
    [shares.map(({ funderId }) => funderId)],
  );
  return shares.map((share) => ({ ...share, funder: names.find(({ id }) => id === share.funderId)!.name }));
}

/** What an entry took from each funder's unearmarked balance, the largest first. Minor units. */
export const sharesOfEntry = (tx: Tx, entryId: string): Promise<NamedShare[]> =>
  tx.rows<NamedShare>(
    `SELECT a.subject_id AS "funderId", o.name AS funder, sum(p.amount)::bigint AS amount
     FROM postings p JOIN accounts a ON a.id = p.account_id JOIN organisations o ON o.id = a.subject_id
     WHERE p.entry_id = $1 AND a.kind = 'fundBalance' GROUP BY a.subject_id, o.name ORDER BY 3 DESC, o.name`,
    [entryId],
  );
