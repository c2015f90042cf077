import { Injectable } from '@nestjs/common';
import { payClaims } from '../../maths/outcomes/outcome-payments.js';
import { sum } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { partiesOf, readBond, signedTerms } from '../contracts/bonds.read.js';
import { outcomeTerms } from '../contracts/outcome-terms.js';
import { requireNotSuspended } from '../suspensions/suspension.rules.js';
import { suspendedWindows } from '../suspensions/suspensions.read.js';
import type { VerifyClaim } from './claim.dto.js';
import { narrowed, requireToVerify } from './claim.rules.js';
import { type ClaimLine, linesOf, type OutcomeClaim, type OutcomeWorking, readClaim } from './claims.read.js';
import { requireSameTerms } from './claims.service.js';
import { type FoundLine, foundOf } from './findings.js';
import { PersonKeyrings } from './person-keyring.js';
import { asPriced, replayBond } from './replay.js';
import { requireVerifier } from './verifier.js';
import { keptWorkings } from './workings.js';

/** What a payer would be asked for, and what would be left under its cap then. Minor units; null without a cap. */
export interface PreviewedPayer {
  partyId: string;
  payer: string;
  amount: bigint;
  unpaid: bigint;
  headroom: bigint | null;
}

/** What a claim would come to by findings that nobody has decided on yet. */
export interface ClaimPreview {
  claim: OutcomeClaim;
  /** As they would be kept. */
  lines: ClaimLine[];
  workings: Omit<OutcomeWorking, 'id'>[];
  payers: PreviewedPayer[];
}

/** What the verifier sees before deciding: the same replay that verifying does, and nothing of it is written. */
@Injectable()
export class ClaimPreviewService {
  constructor(private readonly keyrings: PersonKeyrings) {}

  /**
   * Works out what a claim would come to now. A reason may still be missing; all else is refused as verifying would.
   * @throws as `verify`
   */
  async preview(tx: Tx, claimId: string, command: VerifyClaim): Promise<ClaimPreview> {
    const claim = await readClaim(tx, claimId);
    requireToVerify(claim);
    const bond = await readBond(tx, claim.bondId);
    const signed = await signedTerms(tx, bond.id);
    requireSameTerms(claim, signed, 'Reject it, so that it is claimed again under the new version.');
    const period = { number: claim.period, from: claim.periodFrom };
    requireNotSuspended(period, await suspendedWindows(tx, bond.id));
    await requireVerifier(tx, bond, claim);
    const keyOf = await this.keyrings.ofExisting(tx, bond);
    const findings = command.lines.map((line) => ({ ...line, notAccepted: line.notAccepted?.map(keyOf) }));
    const found = foundOf(await linesOf(tx, claimId), findings, narrowed);
    const { tally } = await replayBond(tx, bond);
    const terms = outcomeTerms(signed.terms, bond.currency);
    const priced = found.map(({ line, accepted }) => asPriced(claim.period, line, accepted));
    const paid = payClaims(terms, priced, tally);
    const parties = (await partiesOf(tx, bond.id)).filter(({ role }) => role === 'payer');
    const lineIds = found.map(({ line }) => line.id);
    const kept = keptWorkings(paid, lineIds, parties, bond.currency);
    const nameOf = new Map(parties.map(({ id, name }) => [id, name]));
    return {
      claim,
      lines: found.map(asFound),
      workings: kept.map((working) => ({
        ...working,
        shares: working.shares.map(({ partyId, amount, unpaid }) => ({
          ...{ partyId, payer: nameOf.get(partyId)! },
          ...{ amount: amount.toString(), unpaid: unpaid.toString() },
        })),
      })),
      payers: parties.map(({ id: partyId, organisationId, name: payer }) => {
        const shares = kept.flatMap((working) => working.shares.filter((share) => share.partyId === partyId));
        const cap = terms.payers.find((one) => one.payer === organisationId)?.cap ?? null;
        const used = tally.payers.get(organisationId!) ?? 0n;
        return {
          ...{ partyId, payer },
          amount: sum(shares.map(({ amount }) => amount)),
          unpaid: sum(shares.map(({ unpaid }) => unpaid)),
          headroom: cap === null ? null : cap > used ? cap - used : 0n,
        };
      }),
    };
  }
}

/** A line as it would be kept. */
const asFound = ({ line, finding, accepted }: FoundLine): ClaimLine => ({
  ...line,
  people: line.people.map(({ key }) => ({ key, isAccepted: accepted.people.includes(key) })),
  verdict: finding.verdict as ClaimLine['verdict'],
  acceptedQuantity: accepted.quantity,
  acceptedValue: accepted.value,
  reason: finding.reason ?? null,
});
