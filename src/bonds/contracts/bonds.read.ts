import { heldForBondsSql } from '../../ledger/chart-of-accounts.js';
import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { BondQuery } from './bond.dto.js';
import type { BondRole, BondState, BondVersionState } from './bond.rules.js';
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

/** A version of a contract, with who made it and who signed it last. */
export interface BondVersion {
  id: string;
  bondId: string;
  number: number;
  terms: BondTerms;
  hash: string;
  reason: string;
  state: BondVersionState;
  approvalId: string | null;
  madeBy: string;
  madeByName: string;
  madeAt: Date;
  signedByName: string | null;
  signedAt: Date | null;
}

const versions = `
  SELECT v.id, v.bond_id AS "bondId", v.number, v.terms, v.terms_hash AS hash, v.reason, v.state,
    v.approval_id AS "approvalId", v.made_by AS "madeBy", m.name AS "madeByName", v.made_at AS "madeAt",
    s.name AS "signedByName", v.signed_at AS "signedAt"
  FROM bond_versions v JOIN persons m ON m.id = v.made_by LEFT JOIN persons s ON s.id = v.signed_by`;

/** Every version of a contract, the newest first. */
export const versionsOf = (tx: Tx, bondId: string): Promise<BondVersion[]> =>
  tx.rows<BondVersion>(`${versions} WHERE v.bond_id = $1 ORDER BY v.number DESC`, [bondId]);

/** @throws notFound */
export async function readVersion(tx: Tx, versionId: string): Promise<BondVersion> {
  const version = await tx.row<BondVersion>(`${versions} WHERE v.id = $1`, [versionId]);
  if (!version) throw notFound('version of a contract');
  return version;
}

/** The version that is drafted or proposed, if any: there is one at most. */
export const versionUnderWay = (tx: Tx, bondId: string): Promise<BondVersion | undefined> =>
  tx.row<BondVersion>(`${versions} WHERE v.bond_id = $1 AND v.state IN ('draft', 'proposed')`, [bondId]);

/** A bond in a list, with the terms that hold, or those of its newest version while none do. */
export interface ListedBond extends Bond {
  terms: BondTerms;
}

/** Bonds of a coalition; `providerIds` narrows them to a partner's own. */
export interface BondScope {
  coalitionId: string;
  providerIds: string[] | null;
}

export const listBonds = (tx: Tx, scope: BondScope, query: BondQuery): Promise<Page<ListedBond>> =>
  listPage<ListedBond>(
    tx,
    {
      sql: `SELECT list.*, v.terms FROM (${bondColumns} WHERE b.coalition_id = $1 AND ($2::uuid[] IS NULL OR b.provider_id = ANY ($2))
          AND ($3::text IS NULL OR b.state = $3) AND ($4::uuid IS NULL OR b.provider_id = $4)) AS list
        JOIN LATERAL (SELECT terms FROM bond_versions v WHERE v.bond_id = list.id
          ORDER BY (v.number IS NOT DISTINCT FROM list."signedVersion") DESC, v.number DESC LIMIT 1) AS v ON true`,
      parameters: [scope.coalitionId, scope.providerIds, query.state ?? null, query.providerId ?? null],
      sorts: {
        reference: { column: 'reference', type: 'text' },
        title: { column: 'title', type: 'text' },
        provider: { column: 'provider', type: 'text' },
      },
      defaultSort: 'reference',
    },
    query,
  );

/** How many bonds of a scope are in each state. */
export const countBonds = (tx: Tx, scope: BondScope): Promise<{ state: BondState; count: number }[]> =>
  tx.rows(
    `SELECT state, count(*)::int AS count FROM bonds WHERE coalition_id = $1
       AND ($2::uuid[] IS NULL OR provider_id = ANY ($2)) GROUP BY state`,
    [scope.coalitionId, scope.providerIds],
  );

/** Those who provide for the bonds of a scope, by name. */
export const providersOf = (tx: Tx, scope: BondScope): Promise<{ value: string; label: string }[]> =>
  tx.rows(
    `SELECT o.id AS value, o.name AS label FROM organisations o WHERE o.id IN (
       SELECT provider_id FROM bonds WHERE coalition_id = $1 AND ($2::uuid[] IS NULL OR provider_id = ANY ($2)))
     ORDER BY o.name`,
    [scope.coalitionId, scope.providerIds],
  );

/** The names of everybody whom versions of a contract name, organisations and people, by id. */
export async function namesIn(
  tx: Tx,
  coalitionId: string,
  terms: readonly BondTerms[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(
    `SELECT id, name FROM organisations WHERE coalition_id = $1 AND id = ANY ($2::uuid[])
     UNION SELECT id, name FROM persons WHERE id = ANY ($2::uuid[])`,
    [coalitionId, terms.flatMap(idsIn)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Every id in terms, whoever's it is. */
function idsIn({ payers, investors, verifier, guarantee, surplus }: BondTerms): string[] {
  const named = [...payers, ...investors, ...(surplus.rule === 'shares' ? surplus.shares : [])];
  return [
    ...named.map(({ organisationId }) => organisationId),
    ...[verifier.organisationId, verifier.personId, guarantee?.guarantorId].flatMap((id) => id ?? []),
  ];
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
     WHERE a.kind IN (${heldForBondsSql})
       AND (a.subject_id = $1 OR a.subject_id IN (SELECT id FROM bond_parties WHERE bond_id = $1))`,
    [bondId],
  );
  return row!.held;
}
