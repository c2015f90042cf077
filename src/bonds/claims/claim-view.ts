import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Day } from '../../maths/day.js';
import { type HistoryEvent, historyOf } from '../../platform/audit/history.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { type Bond, readBond, signedTerms } from '../contracts/bonds.read.js';
import { invoicesOfClaim, type OutcomeInvoice } from '../invoices/invoices.read.js';
import type { WholeClaim } from './claim.dto.js';
import { readWholeClaim } from './whole-claim.js';

/** What the page of a claim shows. */
export interface ClaimView extends WholeClaim {
  bond: Bond;
  /** Those that it was made under. */
  terms: BondTerms;
  /** The number of the version that holds: another than the claim’s after an amendment. */
  signedVersion: number;
  invoices: OutcomeInvoice[];
  history: HistoryEvent[];
  today: Day;
  timeZone: string;
}

/** @throws notFound */
export async function readClaimView(tx: Tx, claimId: string): Promise<ClaimView> {
  const whole = await readWholeClaim(tx, claimId);
  const bond = await readBond(tx, whole.claim.bondId);
  const version = await tx.row<{ terms: BondTerms }>(
    `SELECT terms FROM bond_versions WHERE bond_id = $1 AND number = $2`,
    [bond.id, whole.claim.termsNumber],
  );
  if (!version) throw notFound('version of the contract');
  return {
    ...whole,
    bond,
    terms: version.terms,
    signedVersion: (await signedTerms(tx, bond.id)).number,
    invoices: await invoicesOfClaim(tx, claimId),
    history: await historyOf(tx, { kind: 'claim', id: claimId }),
    ...(await coalitionCalendar(tx, bond.coalitionId)),
  };
}
