import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';

/** Somebody who is written to about reports. */
export interface Reader {
  personId: string;
  name: string;
  email: string;
  locale: string;
}

/** Who is told that a report is long overdue, and why it is they. */
export interface Overseer extends Reader {
  as: 'backbone' | 'funder';
}

/** Who is written to in a coalition today: the people of each partner; the backbone's, and those of the funders. */
export interface Readers {
  partners: ReadonlyMap<string, Reader[]>;
  /** Each person once: who serves as the backbone is written to as that. */
  overseers: Overseer[];
}

/** @param organisationIds the partners in question */
export async function readersOf(
  tx: Tx,
  coalitionId: string,
  organisationIds: readonly string[],
  today: Day,
): Promise<Readers> {
  const seats = await tx.rows<Reader & { role: 'backbone' | 'funder' | 'partner'; partnerId: string | null }>(
    `SELECT DISTINCT m.role, CASE m.role WHEN 'partner' THEN m.organisation_id END AS "partnerId", p.id AS "personId", p.name,
       p.email, p.locale
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)
       AND (m.role IN ('backbone', 'funder') OR (m.role = 'partner' AND m.organisation_id = ANY ($3::uuid[])))
     ORDER BY m.role, p.name, p.id`,
    [coalitionId, today, [...new Set(organisationIds)]],
  );
  const partners = new Map<string, Reader[]>();
  const overseers: Overseer[] = [];
  for (const { role, partnerId, ...reader } of seats) {
    if (partnerId !== null) partners.set(partnerId, [...(partners.get(partnerId) ?? []), reader]);
    else if (role !== 'partner' && !overseers.some(({ personId }) => personId === reader.personId))
      overseers.push({ ...reader, as: role });
  }
  return { partners, overseers };
}
