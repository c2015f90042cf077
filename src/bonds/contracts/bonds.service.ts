import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar, refuseServingBackbone } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { lockPool } from '../../pools/pool-position.js';
import type { ActivateBond, ChangeBondDraft, DraftBond, ReviseBond } from './bond.dto.js';
import { requireBondStep, termsHash } from './bond.rules.js';
import {
  type Bond,
  type BondVersion,
  lockBond,
  readBond,
  signedTerms,
  versionsOf,
  versionUnderWay,
} from './bonds.read.js';
import { type ContractView, readContract } from './contract-view.js';
import { readTerms } from './read-terms.js';

/** Drafts contracts and their amendments, and sets in force what was signed. Who signs is `SigningService`'s matter. */
@Injectable()
export class BondsService {
  /**
   * Drafts a bond with its first version. The terms may lack what is not agreed yet.
   * @throws ruleBroken naming the field
   */
  async draft(tx: Tx, coalitionId: string, command: DraftBond): Promise<ContractView> {
    const { poolId, reference, title, providerId } = command;
    const pool = await this.requirePool(tx, coalitionId, poolId);
    await refuseServingBackbone(tx, coalitionId, providerId, '/providerId');
    const terms = readTerms(command.terms, pool.currency);
    const id = newId();
    await tx.run(
      `INSERT INTO bonds (id, coalition_id, pool_id, reference, title, currency, provider_id, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[id, coalitionId, poolId, reference, title, pool.currency, providerId],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    const bond = await readBond(tx, id);
    await this.insertVersion(tx, bond, { number: 1, terms, reason: 'The first version' });
    await this.write(tx, bond, 'bond.drafted', { after: { reference, title, provider: bond.provider } });
    return readContract(tx, id);
  }

  /**
   * Changes the version that is drafted; before the first is signed, also what the bond is called and who provides.
   * @throws staleVersion; stateForbids when none is drafted; ruleBroken naming the field
   */
  async change(tx: Tx, bondId: string, version: number, command: ChangeBondDraft): Promise<ContractView> {
    const { bond } = await lockBond(tx, bondId);
    if (bond.version !== version)
      throw new DomainError('staleVersion', 'Somebody changed the bond meanwhile. Look at it again.');
    const draft = await this.requireDraft(tx, bond);
    await this.rename(tx, bond, command);
    const terms = command.terms ? readTerms(command.terms, bond.currency) : draft.terms;
    await tx.run(
      `UPDATE bond_versions SET terms = $2, terms_hash = $3, reason = $4, made_by = $5, made_at = $6,
         version = version + 1 WHERE id = $1`,
      [
        ...[draft.id, JSON.stringify(terms), termsHash(terms), command.reason ?? draft.reason],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
    const { reference, title, provider } = await readBond(tx, bondId);
    await this.write(tx, bond, 'bond.changed', {
      before: { reference: bond.reference, title: bond.title, provider: bond.provider, terms: draft.hash },
      after: { reference, title, provider, terms: termsHash(terms) },
    });
    return readContract(tx, bondId);
  }

  /**
   * Drafts another version: an amendment of what is signed, or another try at what was rejected.
   * @throws stateForbids while another is under way; ruleBroken naming the field
   */
  async revise(tx: Tx, bondId: string, command: ReviseBond): Promise<ContractView> {
    const { bond } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'revise');
    const underWay = await versionUnderWay(tx, bondId);
    if (underWay) {
      const sentence = `Version ${underWay.number} is ${underWay.state === 'draft' ? 'drafted' : 'proposed'} already. Finish it first.`;
      throw new DomainError('stateForbids', sentence);
    }
    const [newest] = await versionsOf(tx, bondId);
    const terms = command.terms
      ? readTerms(command.terms, bond.currency)
      : bond.signedVersion === null
        ? newest!.terms
        : (await signedTerms(tx, bondId)).terms;
    const number = newest!.number + 1;
    await this.insertVersion(tx, bond, { number, terms, reason: command.reason });
    await this.touch(tx, bondId);
    await this.write(tx, bond, 'bond.revised', { after: { number }, reason: command.reason });
    return readContract(tx, bondId);
  }

  /**
   * Throws an amendment away that was never proposed. A bond that was never signed is cancelled instead.
   * @throws stateForbids
   */
  async discard(tx: Tx, bondId: string): Promise<ContractView> {
    const { bond } = await lockBond(tx, bondId);
    const draft = await this.requireDraft(tx, bond);
    if (bond.signedVersion === null) {
      const sentence = 'Nothing of this bond is signed: cancel it, or change the draft.';
      throw new DomainError('stateForbids', sentence);
    }
    await tx.run(`DELETE FROM bond_versions WHERE id = $1`, [draft.id]);
    await this.touch(tx, bondId);
    const { number, reason } = draft;
    await this.write(tx, bond, 'bond.draftDiscarded', { before: { number, reason } });
    return readContract(tx, bondId);
  }

  /** The term runs: outcomes may be claimed from now on. @throws stateForbids; ruleBroken naming the day */
  async activate(tx: Tx, bondId: string, { activeFrom }: ActivateBond): Promise<ContractView> {
    const { bond } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'activate');
    const { today } = await coalitionCalendar(tx, bond.coalitionId);
    const { terms } = await signedTerms(tx, bondId);
    if (activeFrom > today)
      throw fieldError('ruleBroken', '/activeFrom', 'A bond becomes active on a day that has come.');
    if (activeFrom < terms.startOn || activeFrom > terms.endOn) {
      const sentence = `Choose a day of the term, from ${terms.startOn} to ${terms.endOn}.`;
      throw fieldError('ruleBroken', '/activeFrom', sentence);
    }
    await tx.run(`UPDATE bonds SET state = 'active', active_from = $2, version = version + 1 WHERE id = $1`, [
      bondId,
      activeFrom,
    ]);
    await this.write(tx, bond, 'bond.activated', {
      before: { state: bond.state },
      after: { state: 'active', activeFrom },
    });
    return readContract(tx, bondId);
  }

  /** @throws stateForbids once a version is signed, or while one waits for approval */
  async cancel(tx: Tx, bondId: string, reason: string): Promise<ContractView> {
    const { bond } = await lockBond(tx, bondId);
    requireBondStep(bond.state, 'cancel');
    const underWay = await versionUnderWay(tx, bondId);
    if (underWay?.state === 'proposed') {
      const sentence = 'The contract waits for approval. Whoever proposed it takes it back first.';
      throw new DomainError('stateForbids', sentence);
    }
    await tx.run(`UPDATE bonds SET state = 'cancelled', version = version + 1 WHERE id = $1`, [bondId]);
    await this.write(tx, bond, 'bond.cancelled', {
      before: { state: bond.state },
      after: { state: 'cancelled' },
      reason,
    });
    return readContract(tx, bondId);
  }

  private async requirePool(tx: Tx, coalitionId: string, poolId: string): Promise<{ currency: string }> {
    const pool = await tx.row(`SELECT 1 FROM pools WHERE id = $1 AND coalition_id = $2`, [
      poolId,
      coalitionId,
    ]);
    if (!pool) throw fieldError('ruleBroken', '/poolId', 'Choose a pool of this coalition.');
    return lockPool(tx, poolId);
  }

  private async requireDraft(tx: Tx, bond: Bond): Promise<BondVersion> {
    requireBondStep(bond.state, 'revise');
    const underWay = await versionUnderWay(tx, bond.id);
    if (underWay?.state === 'draft') return underWay;
    const sentence =
      underWay === undefined
        ? 'No version of the contract is drafted. Draft one first.'
        : `Version ${underWay.number} is proposed, so it stays as it is. Whoever proposed it can take it back.`;
    throw new DomainError('stateForbids', sentence);
  }

  private async rename(tx: Tx, bond: Bond, command: ChangeBondDraft): Promise<void> {
    const { reference = bond.reference, title = bond.title, providerId = bond.providerId } = command;
    if (bond.state !== 'draft' && (reference !== bond.reference || providerId !== bond.providerId)) {
      const pointer = reference === bond.reference ? '/providerId' : '/reference';
      const sentence = 'The contract is signed under this reference, with this provider: they stay.';
      throw fieldError('ruleBroken', pointer, sentence);
    }
    if (providerId !== bond.providerId)
      await refuseServingBackbone(tx, bond.coalitionId, providerId, '/providerId');
    await tx.run(
      `UPDATE bonds SET reference = $2, title = $3, provider_id = $4, version = version + 1 WHERE id = $1`,
      [bond.id, reference, title, providerId],
    );
  }

  private async insertVersion(
    tx: Tx,
    bond: Bond,
    { number, terms, reason }: Pick<BondVersion, 'number' | 'terms' | 'reason'>,
  ): Promise<void> {
    await tx.run(
      `INSERT INTO bond_versions (id, coalition_id, bond_id, number, terms, terms_hash, reason, made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[newId(), bond.coalitionId, bond.id, number, JSON.stringify(terms), termsHash(terms), reason],
        ...[tx.actor.personId ?? null, tx.now],
      ],
    );
  }

  private async touch(tx: Tx, bondId: string): Promise<void> {
    await tx.run(`UPDATE bonds SET version = version + 1 WHERE id = $1`, [bondId]);
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
