import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Bond, signedTerms } from '../contracts/bonds.read.js';
import { requireIndependent } from './claim.rules.js';
import type { OutcomeClaim } from './claims.read.js';

/**
 * Refuses whoever acts unless they may verify a claim. Who the person sits or works for today decides whether they are
 * independent.
 * @throws makerIsChecker, forbidden
 */
export async function requireVerifier(tx: Tx, bond: Bond, claim: OutcomeClaim): Promise<void> {
  const personId = tx.actor.personId!;
  const { today } = await coalitionCalendar(tx, bond.coalitionId);
  const { terms } = await signedTerms(tx, bond.id);
  const rows = await tx.rows<{ id: string }>(
    `SELECT DISTINCT organisation_id AS id FROM memberships
     WHERE coalition_id = $1 AND person_id = $2 AND organisation_id IS NOT NULL AND since_on <= $3
       AND (until_on IS NULL OR until_on >= $3)`,
    [bond.coalitionId, personId, today],
  );
  requireIndependent(
    { personId, organisationIds: rows.map(({ id }) => id) },
    {
      providerId: bond.providerId,
      verifier: terms.verifier,
      investorIds: terms.investors.map(({ organisationId }) => organisationId),
    },
    [claim.madeBy, claim.submittedBy],
  );
}
