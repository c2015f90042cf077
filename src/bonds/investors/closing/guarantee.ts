import { guaranteePayment } from '../../../maths/guarantee.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type Bond, partiesOf, signedTerms } from '../../contracts/bonds.read.js';
import { investorStandings } from '../investor-flows.read.js';

/** What the guarantor of a bond owes, as capital stands. Minor units. */
export interface GuaranteeOwed {
  /** The guarantor as a party to the bond. */
  partyId: string;
  guarantor: string;
  share: string;
  /** Capital that the bond itself did not return. */
  shortfall: bigint;
  /** The guarantor's share of it. */
  owed: bigint;
  /** Of this, what it was not asked for yet: of a call that was cancelled, what had come. */
  open: bigint;
  /** And what it was never asked for: what was called and cancelled is waived. */
  uncalled: bigint;
}

/** Null where the contract has no guarantor. */
export async function guaranteeOwed(tx: Tx, bond: Bond): Promise<GuaranteeOwed | null> {
  const { terms } = await signedTerms(tx, bond.id);
  if (terms.guarantee === null) return null;
  const { share, guarantorId } = terms.guarantee;
  const guarantor = (await partiesOf(tx, bond.id)).find(
    ({ role, organisationId }) => role === 'guarantor' && organisationId === guarantorId,
  )!;
  const investors = await investorStandings(tx, bond);
  const { shortfall, paid } = guaranteePayment(
    share,
    investors.map(({ drawn, returned, byGuarantor }) => ({ drawn, returned: returned - byGuarantor })),
  );
  const called = await tx.row<{ whole: bigint; expected: bigint }>(
    `SELECT coalesce(sum(amount), 0)::bigint AS whole,
       coalesce(sum(CASE WHEN cancelled_at IS NULL THEN amount ELSE received END), 0)::bigint AS expected
     FROM drawdown_calls WHERE bond_id = $1 AND kind = 'guarantee'`,
    [bond.id],
  );
  return {
    ...{ partyId: guarantor.id, guarantor: guarantor.name, share, shortfall, owed: paid },
    open: atLeastZero(paid - called!.expected),
    uncalled: atLeastZero(paid - called!.whole),
  };
}

const atLeastZero = (amount: bigint): bigint => (amount > 0n ? amount : 0n);
