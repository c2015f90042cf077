import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import type { BondRole, BondState } from './bond.rules.js';
import type { BondTerms } from './bond-terms.js';

/** A bond, without its terms. */
export interface Bond {
  id: string;
  coalitionId: string;
  poolId: string;
  reference: string;
  title: string;
  currency: string;
  providerId: string;
  provider: string;
  state: BondState;
  /** The number of the version that holds; null until one is signed. */
  signedVersion: number | null;
  signedOn: Day | null;
  activeFrom: Day | null;
  closedOn: Day | null;
  version: number;
}

export const bondColumns = `
  SELECT b.id, b.coalition_id AS "coalitionId", b.pool_id AS "poolId", b.reference, b.title, b.currency,
    b.provider_id AS "providerId", o.name AS provider, b.state, b.signed_version AS "signedVersion",
    b.signed_on AS "signedOn", b.active_from AS "activeFrom", b.closed_on AS "closedOn", b.version
  FROM bonds b JOIN organisations o ON o.id = b.provider_id`;

/** @throws notFound */
export async function readBond(tx: Tx, bondId: string): Promise<Bond> {
  const bond = await tx.row<Bond>(`${bondColumns} WHERE b.id = $1`, [bondId]);
  if (!bond) throw notFound('bond');
  return bond;
}

/**
 * Locks a bond and its pool until the transaction ends, the pool first: whoever decides over money holds its lock. Caps
 * are counted over the whole bond, so its claims queue up here too.
 * @throws notFound
 */
export async function lockBond(tx: Tx, bondId: string): Promise<{ bond: Bond; pool: LockedPool }> {
  const { poolId } = await readBond(tx, bondId);
  const pool = await lockPool(tx, poolId);
  await tx.row(`SELECT id FROM bonds WHERE id = $1 FOR UPDATE`, [bondId]);
  return { bond: await readBond(tx, bondId), pool };
}

/** The terms that hold, with the number and hash of their version. */
export interface SignedTerms {
  number: number;
  hash: string;
  terms: BondTerms;
}

/** @throws stateForbids while nothing is signed */
export async function signedTerms(tx: Tx, bondId: string): Promise<SignedTerms> {
  const signed = await tx.row<SignedTerms>(
    `SELECT v.number, v.terms_hash AS hash, v.terms FROM bonds b
     JOIN bond_versions v ON v.bond_id = b.id AND v.number = b.signed_version WHERE b.id = $1`,
    [bondId],
  );
  if (!signed) throw new DomainError('stateForbids', 'No version of this contract is signed yet.');
  return signed;
}

/** A party to a bond. Its id is the subject of its accounts. */
export interface BondParty {
  id: string;
  bondId: string;
  role: BondRole;
  organisationId: string | null;
  personId: string | null;
  name: string;
}

export const partiesOf = (tx: Tx, bondId: string): Promise<BondParty[]> =>
  tx.rows<BondParty>(
    `SELECT p.id, p.bond_id AS "bondId", p.role, p.organisation_id AS "organisationId", p.person_id AS "personId",
       coalesce(o.name, n.name) AS name
     FROM bond_parties p LEFT JOIN organisations o ON o.id = p.organisation_id LEFT JOIN persons n ON n.id = p.person_id
     WHERE p.bond_id = $1 ORDER BY p.id`,
    [bondId],
  );

/** What the pool's cash holds for one bond: capital and proceeds, less what was paid. Minor units. */
export async function heldForBond(tx: Tx, bondId: string): Promise<bigint> {
  const row = await tx.row<{ held: bigint }>(
    `SELECT -coalesce(sum(a.balance), 0)::bigint AS held FROM accounts a
     WHERE a.kind IN ('investorCapital', 'investorReturn', 'programmeCost', 'bondProceeds')
       AND (a.subject_id = $1 OR a.subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1))`,
    [bondId],
  );
  return row!.held;
}
