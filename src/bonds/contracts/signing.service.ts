import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { signaturesRequired } from '../../pools/approvals/approval-tiers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { requireBondStep } from './bond.rules.js';
import type { BondTerms } from './bond-terms.js';
import {
  type Bond,
  type BondVersion,
  lockBond,
  namesIn,
  readVersion,
  versionUnderWay,
} from './bonds.read.js';
import { contractContent } from './contract-content.js';
import { type ContractView, readContract } from './contract-view.js';
import { namedParties } from './parties.rules.js';
import { refusedTerms } from './read-terms.js';
import { holdParties, surroundingsOf } from './surroundings.read.js';
import { amountAtStake, termsProblems } from './terms.rules.js';

/** Has versions of a contract signed: proposed by one, approved by others, for exactly the terms that were proposed. */
@Injectable()
@CarriesOut('bondContract')
export class SigningService implements ApprovalHandler {
  constructor(private readonly approvals: ApprovalsService) {}

  /**
   * Puts the version that is drafted to the approvers: the maker's part. How many must approve it, the pool's tiers say
   * by the bond's cap or what investors commit.
   * @throws stateForbids when none is drafted; ruleBroken naming everything in the terms that is missing or wrong
   */
  async propose(tx: Tx, bondId: string): Promise<ContractView> {
    const { bond, pool } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'revise');
    const draft = await versionUnderWay(tx, bondId);
    if (draft?.state !== 'draft') {
      const sentence = draft ? `Version ${draft.number} is proposed already.` : 'No version is drafted.';
      throw new DomainError('stateForbids', sentence);
    }
    await this.requireSignable(tx, bond, draft.terms);
    const names = await namesIn(tx, bond.coalitionId, [draft.terms]);
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: bond.coalitionId,
      poolId: bond.poolId,
      subject: { kind: 'bondContract', id: draft.id },
      summary: summaryOf(bond, draft),
      content: contractContent(bond, draft, (id) => names.get(id) ?? id),
      required: signaturesRequired(amountAtStake(draft.terms, bond.currency), pool.approvalTiers),
    });
    await tx.run(
      `UPDATE bond_versions SET state = 'proposed', approval_id = $2, version = version + 1 WHERE id = $1`,
      [draft.id, approvalId],
    );
    await tx.run(`UPDATE bonds SET version = version + 1 WHERE id = $1`, [bondId]);
    await this.write(tx, bond, 'bond.proposed', { after: { number: draft.number, approvalId } });
    return readContract(tx, bondId);
  }

  /**
   * Enough have signed: the version holds from now on, and who it names are its parties. Claims that were verified
   * before stay under the terms that they were made under.
   * @throws ruleBroken when a rule says no that did not when it was proposed; makerIsChecker for whoever wrote it
   */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const version = await readVersion(tx, approval.subjectId);
    const { bond } = await lockBond(tx, version.bondId);
    requireBondStep(bond.state, 'revise');
    await this.refuseWriter(tx, approval, version);
    await this.requireSignable(tx, bond, version.terms);
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    await tx.run(
      `UPDATE bond_versions SET state = 'signed', signed_by = $2, signed_at = $3, version = version + 1 WHERE id = $1`,
      [version.id, tx.actor.personId ?? null, tx.now],
    );
    await tx.run(
      `UPDATE bonds SET state = CASE WHEN state = 'draft' THEN 'signed' ELSE state END, signed_version = $2,
         signed_on = coalesce(signed_on, $3), version = version + 1 WHERE id = $1`,
      [bond.id, version.number, today],
    );
    await this.addParties(tx, bond, version.terms);
    await this.write(tx, bond, 'bond.signed', {
      before: { version: bond.signedVersion },
      after: { version: version.number, terms: version.hash },
      reason: version.reason,
    });
  }

  /** Somebody said no, or who proposed it took it back: what holds stays as it is. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const version = await readVersion(tx, approval.subjectId);
    const { bond } = await lockBond(tx, version.bondId);
    await tx.run(
      `UPDATE bond_versions SET state = 'rejected', version = version + 1 WHERE id = $1 AND state = 'proposed'`,
      [version.id],
    );
    await tx.run(`UPDATE bonds SET version = version + 1 WHERE id = $1`, [bond.id]);
    await this.write(tx, bond, 'bond.rejected', { after: { number: version.number }, reason });
  }

  private async requireSignable(tx: Tx, bond: Bond, terms: BondTerms): Promise<void> {
    await holdParties(tx, bond, terms);
    const problems = termsProblems(terms, await surroundingsOf(tx, bond, terms));
    if (problems.length > 0) throw refusedTerms(problems);
  }

  /** Whoever wrote the terms last signs them no more than whoever proposed them, in person or through a delegate. */
  private async refuseWriter(tx: Tx, approval: Approval, { madeBy }: BondVersion): Promise<void> {
    const own = await tx.row(
      `SELECT 1 FROM approval_signatures WHERE approval_id = $1 AND verdict = 'approve' AND $2 IN (person_id, for_person_id)`,
      [approval.id, madeBy],
    );
    if (!own) return;
    const sentence = 'Whoever wrote these terms cannot sign them: somebody else must approve them.';
    throw new DomainError('makerIsChecker', sentence);
  }

  /** Those who are parties already stay the same ones: their accounts go on. */
  private async addParties(tx: Tx, bond: Bond, terms: BondTerms): Promise<void> {
    const { personId } = terms.verifier;
    const rows = [...namedParties(terms, bond.providerId)]
      .filter(({ as }) => as !== 'surplus')
      .map(({ as, organisationId }) => ({ id: newId(), role: as, organisation_id: organisationId }));
    const person = personId ? [{ id: newId(), role: 'verifier', person_id: personId }] : [];
    await tx.run(
      `INSERT INTO bond_parties (id, coalition_id, bond_id, role, organisation_id, person_id)
       SELECT r.id, $1, $2, r.role, r.organisation_id, r.person_id
       FROM jsonb_to_recordset($3::jsonb) AS r (id uuid, role text, organisation_id uuid, person_id uuid)
       ON CONFLICT ON CONSTRAINT bond_parties_once DO NOTHING`,
      [bond.coalitionId, bond.id, JSON.stringify([...rows, ...person])],
    );
  }

  private write(
    tx: Tx,
    { id, coalitionId }: Bond,
    action: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    return audit(tx, { coalitionId, action, subject: { kind: 'bond', id }, ...change });
  }
}

const summaryOf = ({ reference, provider, signedVersion }: Bond, { number, reason }: BondVersion): string =>
  signedVersion === null
    ? `Sign the contract ${reference} with ${provider}`
    : `Amend the contract ${reference} to version ${number}: ${reason}`;
