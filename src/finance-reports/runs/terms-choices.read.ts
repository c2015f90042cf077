import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { TermsChoices } from './terms-fields.js';

/** What a form at a pool may offer: its funders, and how far the person sees. @throws notFound */
export async function readTermsChoices(tx: Tx, poolId: string): Promise<TermsChoices> {
  const pool = await tx.row<Omit<TermsChoices, 'funders' | 'coalitions'>>(
    `SELECT p.name AS pool, c.name AS coalition, p.currency
     FROM pools p JOIN coalitions c ON c.id = p.coalition_id WHERE p.id = $1`,
    [poolId],
  );
  if (!pool) throw notFound('pool');
  const funders = await tx.rows<TermsChoices['funders'][number]>(
    `SELECT DISTINCT o.id, o.name FROM organisations o JOIN accounts a ON a.subject_id = o.id
     WHERE a.pool_id = $1 AND a.kind IN ('fundBalance', 'pledgedFunds') ORDER BY o.name, o.id`,
    [poolId],
  );
  const coalitions = await tx.rows<TermsChoices['coalitions'][number]>(
    `SELECT id, name FROM coalitions c WHERE id = ANY ((SELECT overseen_coalitions())::uuid[])
       AND EXISTS (SELECT 1 FROM pools p WHERE p.coalition_id = c.id) ORDER BY name, id`,
  );
  return { ...pool, funders, coalitions };
}
