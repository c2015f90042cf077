import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Tx } from '../../platform/database/tx.js';
import type { BondTerms } from './bond-terms.js';
import { type Bond, signedTerms } from './bonds.read.js';
import { type FormerParty, namedParties, type Surroundings } from './parties.rules.js';

/** What the rules need to know beyond the terms themselves. */
export async function surroundingsOf(tx: Tx, bond: Bond, terms: BondTerms): Promise<Surroundings> {
  const { today } = await coalitionCalendar(tx, bond.coalitionId);
  const before = await formerParties(tx, bond.id);
  const named = [...namedParties(terms, bond.providerId)].map(({ organisationId }) => organisationId);
  const earlier = before.flatMap(({ organisationId }) => organisationId ?? []);
  const organisations = await tx.rows<{ id: string; name: string; servesAsBackbone: boolean }>(
    `SELECT o.id, o.name, EXISTS (SELECT 1 FROM backbone_terms b WHERE b.organisation_id = o.id
       AND (b.until_on IS NULL OR b.until_on >= $3)) AS "servesAsBackbone"
     FROM organisations o WHERE o.coalition_id = $1 AND o.id = ANY ($2::uuid[])`,
    [bond.coalitionId, [...named, ...earlier], today],
  );
  return {
    currency: bond.currency,
    providerId: bond.providerId,
    organisations: new Map(organisations.map(({ id, ...organisation }) => [id, organisation])),
    verifier: terms.verifier.personId
      ? await verifyingPerson(tx, bond.coalitionId, terms.verifier.personId, today)
      : null,
    before,
    active: bond.state === 'active' ? (await signedTerms(tx, bond.id)).terms : null,
  };
}

/**
 * Holds the organisations of a contract until the transaction ends, so that none is named the backbone meanwhile (see
 * `moneyTies`). In the order of their ids: two contracts never wait for each other.
 */
export async function holdParties(
  tx: Tx,
  { coalitionId, providerId }: Bond,
  terms: BondTerms,
): Promise<void> {
  const named = [...namedParties(terms, providerId)].map(({ organisationId }) => organisationId);
  await tx.rows(
    `SELECT 1 FROM organisations WHERE coalition_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR SHARE`,
    [coalitionId, named],
  );
}

/** A person with the organisations that they sit for, now or by a seat already given; null without any seat. */
async function verifyingPerson(
  tx: Tx,
  coalitionId: string,
  personId: string,
  today: string,
): Promise<Surroundings['verifier']> {
  const row = await tx.row<{ name: string; sitsFor: string[] }>(
    `SELECT p.name, coalesce(array_agg(DISTINCT m.organisation_id) FILTER (WHERE m.organisation_id IS NOT NULL), '{}') AS "sitsFor"
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.person_id = $2 AND (m.until_on IS NULL OR m.until_on >= $3) GROUP BY p.id, p.name`,
    [coalitionId, personId, today],
  );
  return row ?? null;
}

/** The parties by earlier versions. What a drawdown brought counts unless it was reversed. */
const formerParties = (tx: Tx, bondId: string): Promise<FormerParty[]> =>
  tx.rows<FormerParty>(
    `SELECT y.role, y.organisation_id AS "organisationId", coalesce(o.name, n.name) AS name,
       EXISTS (SELECT 1 FROM postings p JOIN accounts a ON a.id = p.account_id WHERE a.subject_id = y.id) AS "hasMoney",
       (SELECT coalesce(-sum(p.amount), 0)::bigint FROM postings p
          JOIN accounts a ON a.id = p.account_id AND a.kind = 'investorCapital' AND a.subject_id = y.id
          JOIN journal_entries e ON e.id = p.entry_id AND e.reverses_id IS NULL
        WHERE p.amount < 0 AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = e.id)) AS drawn,
       (SELECT coalesce(sum(i.amount), 0)::bigint FROM outcome_invoices i WHERE i.party_id = y.id) AS invoiced
     FROM bond_parties y LEFT JOIN organisations o ON o.id = y.organisation_id LEFT JOIN persons n ON n.id = y.person_id
     WHERE y.bond_id = $1 ORDER BY y.id`,
    [bondId],
  );
