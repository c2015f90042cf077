import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import type { Role } from '../platform/http/request.js';
import { roleNames } from '../web/role-names.js';
import type { Tie } from './conflict.rules.js';

/** Somebody who may vote, by the seats that they hold today. */
export interface RollEntry {
  personId: string;
  name: string;
  email: string;
  locale: string;
  /** "Funder for North River Trust". */
  seat: string;
  organisationIds: string[];
}

interface VotingSeat extends Omit<RollEntry, 'seat' | 'organisationIds'> {
  role: Role;
  organisationId: string | null;
  organisation: string | null;
}

/**
 * Who may vote on a day: those with a voting seat, but nobody who also sits for the backbone, or speaks for the
 * organisation that serves as it. A seat counts by the coalition's day and by UTC, by which row-level security reads.
 */
export async function rollOn(
  tx: Tx,
  coalitionId: string,
  votingRoles: readonly Role[],
  today: Day,
): Promise<RollEntry[]> {
  const seats = await tx.rows<VotingSeat>(
    `SELECT m.person_id AS "personId", p.name, p.email, p.locale, m.role, m.organisation_id AS "organisationId",
       o.name AS organisation
     FROM memberships m JOIN persons p ON p.id = m.person_id LEFT JOIN organisations o ON o.id = m.organisation_id
     WHERE m.coalition_id = $1 AND m.role = ANY ($2) AND m.since_on <= $3 AND (m.until_on IS NULL OR m.until_on >= $3)
       AND NOT EXISTS (SELECT 1 FROM memberships b WHERE b.coalition_id = $1 AND b.person_id = m.person_id AND b.role = 'backbone'
         AND b.since_on <= greatest($3::date, $4::date) AND (b.until_on IS NULL OR b.until_on >= least($3::date, $4::date)))
       AND NOT EXISTS (SELECT 1 FROM backbone_terms t WHERE t.organisation_id = m.organisation_id
         AND t.since_on <= $3 AND (t.until_on IS NULL OR t.until_on >= $3))
     ORDER BY m.person_id, m.role, o.name`,
    [coalitionId, [...votingRoles], today, tx.now.toISOString().slice(0, 10)],
  );
  const roll = new Map<string, RollEntry>();
  for (const { role, organisationId, organisation, ...person } of seats) {
    const words = `${roleNames[role] ?? role}${organisation === null ? '' : ` for ${organisation}`}`;
    const entry = roll.get(person.personId);
    const organisationIds = new Set(entry?.organisationIds);
    if (organisationId !== null) organisationIds.add(organisationId);
    const seat = entry ? `${entry.seat}; ${words}` : words;
    roll.set(person.personId, { ...person, seat, organisationIds: [...organisationIds] });
  }
  return [...roll.values()];
}

/** What ties the people of a coalition to an organisation on a day: seats for it, work for it, declared interests. */
export const tiesTo = (tx: Tx, coalitionId: string, organisationId: string, today: Day): Promise<Tie[]> =>
  tx.rows<Tie>(
    `SELECT person_id AS "personId", 'seat' AS ground, '' AS nature, since_on AS "sinceOn" FROM memberships WHERE ${isTie}
     UNION ALL SELECT person_id, 'employer', position, since_on FROM affiliations WHERE ${isTie}
     UNION ALL SELECT person_id, 'register', nature, since_on FROM interests WHERE ${isTie}
     ORDER BY 1, 4`,
    [coalitionId, organisationId, today],
  );

const isTie = `coalition_id = $1 AND organisation_id = $2 AND since_on <= $3 AND (until_on IS NULL OR until_on >= $3)`;
