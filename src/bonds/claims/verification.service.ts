import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { type PaidLine, payClaims } from '../../maths/outcomes/outcome-payments.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { requireOpenPeriod } from '../../pools/pool-position.js';
import { type Bond, type BondParty, lockBond, partiesOf, signedTerms } from '../contracts/bonds.read.js';
import { outcomeTerms } from '../contracts/outcome-terms.js';
import { InvoicesService } from '../invoices/invoices.service.js';
import { requireNotSuspended } from '../suspensions/suspension.rules.js';
import { suspendedWindows } from '../suspensions/suspensions.read.js';
import type { RejectClaim, VerifyClaim } from './claim.dto.js';
import { acceptedOf, requireToVerify } from './claim.rules.js';
import { linesOf, type OutcomeClaim, readClaim } from './claims.read.js';
import { requireSameTerms } from './claims.service.js';
import { type FoundLine, foundOf } from './findings.js';
import { PersonKeyrings } from './person-keyring.js';
import { acceptedLines, replayBond } from './replay.js';
import { requireVerifier } from './verifier.js';
import { keptWorkings, payableBy } from './workings.js';

/** The verifier's side: each line is accepted, reduced or rejected, and what it comes to is worked out and invoiced. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly keyrings: PersonKeyrings,
  ) {}

  /**
   * Verifies a claim: writes what was found of each line, works out what it comes to after all claims before it, and
   * invoices the payers.
   * @throws makerIsChecker or forbidden for a verifier who is not independent, or not the one agreed; stateForbids, also
   *   where the contract was amended since; ruleBroken naming the line
   */
  async verify(tx: Tx, claimId: string, command: VerifyClaim): Promise<OutcomeClaim> {
    const { bond, pool, claim } = await this.lock(tx, claimId);
    const signed = await signedTerms(tx, bond.id);
    requireSameTerms(claim, signed, 'Reject it, so that it is claimed again under the new version.');
    requireNotSuspended(
      { number: claim.period, from: claim.periodFrom },
      await suspendedWindows(tx, bond.id),
    );
    await requireVerifier(tx, bond, claim);
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    requireOpenPeriod(pool, today, '/verifiedOn');
    const keyOf = await this.keyrings.of(tx, bond);
    const findings = command.lines.map((line) => ({ ...line, notAccepted: line.notAccepted?.map(keyOf) }));
    for (const found of foundOf(await linesOf(tx, claimId), findings, acceptedOf))
      await this.writeFinding(tx, found);
    const { tally } = await replayBond(tx, bond);
    const accepted = await acceptedLines(tx, claimId, claim.period);
    const paid = payClaims(outcomeTerms(signed.terms, bond.currency), accepted, tally);
    const payers = (await partiesOf(tx, bond.id)).filter(({ role }) => role === 'payer');
    await this.writeWorkings(tx, bond, claimId, paid, payers);
    await tx.run(
      `UPDATE outcome_claims SET state = 'verified', decided_by = $2, decided_at = $3, decided_reason = $4,
         verified_place = (SELECT coalesce(max(verified_place), 0) + 1 FROM outcome_claims WHERE bond_id = $5),
         version = version + 1 WHERE id = $1`,
      [claimId, tx.actor.personId ?? null, tx.now, command.note ?? null, bond.id],
    );
    await this.invoices.issue(tx, bond, pool, {
      source: { kind: 'claim', id: claimId },
      issuedOn: today,
      dueAfterDays: signed.terms.invoiceDueDays,
      shares: payers.map((party) => ({ partyId: party.id, amount: payableBy(party, paid) })),
    });
    const after = await readClaim(tx, claimId);
    await this.write(tx, after, 'claim.verified', { after: { net: after.net, payers: after.paidByPayers } });
    return after;
  }

  /** Rejects a claim whole, for a reason; it may be claimed again. @throws as `verify` */
  async reject(tx: Tx, claimId: string, { reason }: RejectClaim): Promise<OutcomeClaim> {
    const { bond, claim } = await this.lock(tx, claimId);
    await requireVerifier(tx, bond, claim);
    await tx.run(
      `UPDATE outcome_claims SET state = 'rejected', decided_by = $2, decided_at = $3, decided_reason = $4,
         version = version + 1 WHERE id = $1`,
      [claimId, tx.actor.personId ?? null, tx.now, reason],
    );
    const after = await readClaim(tx, claimId);
    await this.write(tx, after, 'claim.rejected', { reason });
    return after;
  }

  private async writeFinding(tx: Tx, { line, finding, accepted }: FoundLine): Promise<void> {
    await tx.run(
      `UPDATE outcome_claim_lines SET verdict = $2, accepted_quantity = $3, accepted_value = $4, reason = $5 WHERE id = $1`,
      [line.id, finding.verdict, accepted.quantity, accepted.value, finding.reason ?? null],
    );
    await tx.run(
      `UPDATE outcome_claim_people SET is_accepted = person_key = ANY ($2::text[]) WHERE line_id = $1`,
      [line.id, [...accepted.people]],
    );
  }

  private async writeWorkings(
    tx: Tx,
    bond: Bond,
    claimId: string,
    paid: readonly PaidLine[],
    payers: readonly BondParty[],
  ): Promise<void> {
    const lineIds = (await linesOf(tx, claimId)).map(({ id }) => id);
    const rows = keptWorkings(paid, lineIds, payers, bond.currency).map((kept, index) => ({
      ...{ ...kept, id: newId(), line_id: kept.lineId, position: index + 1 },
      ...{ gross: kept.gross.toString(), net: kept.net.toString() },
      shares: kept.shares.map(({ partyId, amount, unpaid }) => ({
        ...{ party_id: partyId, amount: amount.toString(), unpaid: unpaid.toString() },
      })),
    }));
    await tx.run(
      `INSERT INTO outcome_workings (id, coalition_id, claim_id, line_id, position, metric, accepted, gross, trimmed, net,
         working)
       SELECT id, $1, $2, line_id, position, metric, accepted, gross, trimmed, net, working
       FROM jsonb_to_recordset($3::jsonb) AS w (id uuid, line_id uuid, position int, metric text, accepted numeric,
         gross bigint, trimmed jsonb, net bigint, working text)`,
      [bond.coalitionId, claimId, JSON.stringify(rows)],
    );
    await tx.run(
      `INSERT INTO outcome_shares (coalition_id, working_id, party_id, amount, unpaid)
       SELECT $1, w.id, s.party_id, s.amount, s.unpaid FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, shares jsonb)
       CROSS JOIN LATERAL jsonb_to_recordset(w.shares) AS s (party_id uuid, amount bigint, unpaid bigint)`,
      [bond.coalitionId, JSON.stringify(rows)],
    );
  }

  private async lock(tx: Tx, claimId: string) {
    const { bondId } = await readClaim(tx, claimId);
    const locked = await lockBond(tx, bondId);
    const row = await tx.row(`SELECT id FROM outcome_claims WHERE id = $1 FOR UPDATE`, [claimId]);
    if (!row) throw notFound('claim');
    const claim = await readClaim(tx, claimId);
    requireToVerify(claim);
    return { ...locked, claim };
  }

  private write(
    tx: Tx,
    { id, coalitionId }: OutcomeClaim,
    action: string,
    change: { after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'claim', id }, ...change });
  }
}
