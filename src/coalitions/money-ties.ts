import type { Tx } from '../platform/database/tx.js';
import type { MoneyTie } from './backbone.rules.js';

/**
 * What makes an organisation a funder or grantee of its coalition: seats, pledges, grants and bonds that are not over,
 * and money of its own left in a pool. Holds the organisation until the transaction ends, so that none of it begins
 * meanwhile (see `refuseServingBackbone`).
 */
export async function moneyTies(tx: Tx, coalitionId: string, organisationId: string): Promise<MoneyTie[]> {
  await tx.rows(`SELECT 1 FROM organisations WHERE coalition_id = $1 AND id = $2 FOR NO KEY UPDATE`, [
    coalitionId,
    organisationId,
  ]);
  const organisation = [coalitionId, organisationId];
  const seats = await tx.rows<MoneyTie>(
    `SELECT 'seat' AS kind, role, since_on AS "sinceOn", until_on AS "untilOn" FROM memberships
     WHERE coalition_id = $1 AND organisation_id = $2 AND role IN ('funder', 'partner') ORDER BY since_on`,
    organisation,
  );
  const promises = await tx.rows<MoneyTie>(
    `SELECT 'pledge' AS kind, reference FROM pledges
     WHERE coalition_id = $1 AND funder_id = $2 AND state IN ('draft', 'signed')
     UNION ALL
     SELECT 'grant', reference FROM grants
     WHERE coalition_id = $1 AND organisation_id = $2 AND state NOT IN ('closed', 'declined', 'cancelled')
     UNION ALL
     SELECT 'bond', b.reference FROM bonds b
     WHERE b.coalition_id = $1 AND b.state NOT IN ('closed', 'cancelled') AND (b.provider_id = $2 OR EXISTS (
       SELECT 1 FROM bond_parties p WHERE p.bond_id = b.id AND p.organisation_id = $2 AND p.role <> 'verifier'))`,
    organisation,
  );
  const balances = await tx.rows<MoneyTie>(
    `SELECT DISTINCT 'balance' AS kind, p.name AS pool FROM accounts a JOIN pools p ON p.id = a.pool_id
     WHERE a.coalition_id = $1 AND a.subject_id = $2 AND a.kind = 'fundBalance' AND a.balance <> 0`,
    organisation,
  );
  return [...seats, ...promises, ...balances];
}
