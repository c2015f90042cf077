import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { requireBondStep } from '../contracts/bond.rules.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { type Bond, lockBond, readBond, type SignedTerms, signedTerms } from '../contracts/bonds.read.js';
import type { ClaimLineInput, MakeClaim } from './claim.dto.js';
import { type Reached, requireClaimPeriod, requirePriceable } from './claim.rules.js';
import { type OutcomeClaim, readClaim } from './claims.read.js';
import { requireNotSuspended } from '../suspensions/suspension.rules.js';
import { suspendedWindows } from '../suspensions/suspensions.read.js';
import { PersonKeyrings } from './person-keyring.js';

/** The claimant's side: outcomes are claimed, and handed in. */
@Injectable()
export class ClaimsService {
  constructor(private readonly keyrings: PersonKeyrings) {}

  /**
   * Drafts a claim for a period, under the terms that hold.
   * @throws stateForbids; ruleBroken naming the field
   */
  async make(tx: Tx, bondId: string, command: MakeClaim): Promise<OutcomeClaim> {
    const { bond } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'claim');
    const signed = await signedTerms(tx, bondId);
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    const period = requireClaimPeriod(signed.terms, command.period, today);
    const id = newId();
    await tx.run(
      `INSERT INTO outcome_claims (id, coalition_id, bond_id, number, period, period_from, period_to, terms_number,
         terms_hash, note, made_by, made_at)
       SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11 FROM outcome_claims
       WHERE bond_id = $3`,
      [
        ...[id, bond.coalitionId, bondId, period.number, period.from, period.to, signed.number, signed.hash],
        ...[command.note ?? '', tx.actor.personId ?? null, tx.now],
      ],
    );
    await this.replaceLines(tx, bond, signed.terms, id, command.lines);
    const claim = await readClaim(tx, id);
    await this.write(tx, claim, 'claim.made', {
      after: { period: period.number, lines: command.lines.length },
    });
    return claim;
  }

  /**
   * Changes a draft: its lines are replaced, and it is under the terms that hold now.
   * @throws staleVersion, stateForbids; ruleBroken naming the field
   */
  async change(tx: Tx, claimId: string, version: number, command: MakeClaim): Promise<OutcomeClaim> {
    const { bond, claim } = await this.lock(tx, claimId);
    this.requireDraft(claim);
    if (claim.version !== version)
      throw new DomainError('staleVersion', 'Somebody changed the claim meanwhile. Look at it again.');
    const signed = await signedTerms(tx, bond.id);
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    const period = requireClaimPeriod(signed.terms, command.period, today);
    await this.replaceLines(tx, bond, signed.terms, claimId, command.lines);
    await tx.run(
      `UPDATE outcome_claims SET period = $2, period_from = $3, period_to = $4, terms_number = $5, terms_hash = $6,
         note = $7, version = version + 1 WHERE id = $1`,
      [claimId, period.number, period.from, period.to, signed.number, signed.hash, command.note ?? ''],
    );
    await this.write(tx, claim, 'claim.changed', {
      after: { period: period.number, lines: command.lines.length },
    });
    return readClaim(tx, claimId);
  }

  /**
   * Hands a claim in to the verifier. From then on its lines stay as they are.
   * @throws stateForbids, also in a suspension, and where the contract was amended since it was drafted
   */
  async submit(tx: Tx, claimId: string): Promise<OutcomeClaim> {
    const { bond, claim } = await this.lock(tx, claimId);
    this.requireDraft(claim);
    requireBondStep(bond.state, 'claim');
    requireNotSuspended(
      { number: claim.period, from: claim.periodFrom },
      await suspendedWindows(tx, bond.id),
    );
    requireSameTerms(
      claim,
      await signedTerms(tx, bond.id),
      'Save the claim again, so that it is under the new one.',
    );
    await tx.run(
      `UPDATE outcome_claims SET state = 'submitted', submitted_by = $2, submitted_at = $3, version = version + 1
       WHERE id = $1`,
      [claimId, tx.actor.personId ?? null, tx.now],
    );
    await this.write(tx, claim, 'claim.submitted', {});
    return readClaim(tx, claimId);
  }

  private requireDraft({ state }: OutcomeClaim): void {
    if (state === 'draft') return;
    throw new DomainError('stateForbids', `The claim is ${state}. Only a draft is changed or handed in.`);
  }

  /** People are keyed here, before anything is written: their identifiers are in no row, log or history. */
  private async replaceLines(
    tx: Tx,
    bond: Bond,
    terms: BondTerms,
    claimId: string,
    inputs: readonly ClaimLineInput[],
  ): Promise<void> {
    const keyOf = await this.keyrings.of(tx, bond);
    const lines = inputs.map((input): Reached => ({
      metric: input.metric,
      quantity: input.quantity ?? null,
      value: input.value ?? null,
      people: (input.people ?? []).map(keyOf),
    }));
    requirePriceable(terms, lines);
    await tx.run(`DELETE FROM outcome_claim_lines WHERE claim_id = $1`, [claimId]);
    const rows = lines.map((line, index) => ({ ...line, id: newId(), number: index + 1 }));
    await tx.run(
      `INSERT INTO outcome_claim_lines (id, coalition_id, claim_id, number, metric, quantity, value)
       SELECT id, $1, $2, number, metric, quantity, value
       FROM jsonb_to_recordset($3::jsonb) AS l (id uuid, number int, metric text, quantity numeric, value numeric)`,
      [bond.coalitionId, claimId, JSON.stringify(rows)],
    );
    await tx.run(
      `INSERT INTO outcome_claim_people (coalition_id, line_id, position, person_key)
       SELECT $1, line_id, position, person_key
       FROM jsonb_to_recordset($2::jsonb) AS p (line_id uuid, position int, person_key text)`,
      [
        bond.coalitionId,
        JSON.stringify(
          rows.flatMap(({ id, people }) =>
            people.map((person, index) => ({ line_id: id, position: index + 1, person_key: person })),
          ),
        ),
      ],
    );
  }

  private async lock(tx: Tx, claimId: string): Promise<{ bond: Bond; claim: OutcomeClaim }> {
    const { bondId } = await readClaim(tx, claimId);
    const { bond } = await lockBond(tx, bondId);
    const locked = await tx.row(`SELECT id FROM outcome_claims WHERE id = $1 FOR UPDATE`, [claimId]);
    if (!locked) throw notFound('claim');
    return { bond: await readBond(tx, bond.id), claim: await readClaim(tx, claimId) };
  }

  private write(
    tx: Tx,
    { id, coalitionId }: OutcomeClaim,
    action: string,
    change: { after?: unknown },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'claim', id }, ...change });
  }
}

/**
 * Refuses a claim that was made under other terms than those that hold.
 * @throws stateForbids naming both versions
 */
export function requireSameTerms(
  { termsNumber, termsHash }: OutcomeClaim,
  signed: SignedTerms,
  whatToDo: string,
): void {
  if (termsHash === signed.hash) return;
  const sentence = `The contract was amended: the claim was made under version ${termsNumber}, and version ${signed.number} holds. ${whatToDo}`;
  throw new DomainError('stateForbids', sentence);
}
