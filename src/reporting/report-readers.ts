import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';

/** Somebody who is written to about reports. */
export interface Reader {
  personId: string;
  name: string;
  email: string;
  locale: string;
}

/** Who is written to in a coalition today: the people of each partner, and the backbone's. */
export interface Readers {
  partners: ReadonlyMap<string, Reader[]>;
  backbone: Reader[];
}

/** @param organisationIds the partners in question */
export async function readersOf(
  tx: Tx,
  coalitionId: string,
  organisationIds: readonly string[],
  today: Day,
): Promise<Readers> {
  const seats = await tx.rows<Reader & { partnerId: string | null }>(
    `SELECT DISTINCT CASE m.role WHEN 'partner' THEN m.organisation_id END AS "partnerId", p.id AS "personId", p.name,
       p.email, p.locale
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.since_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)
       AND (m.role = 'backbone' OR (m.role = 'partner' AND m.organisation_id = ANY ($3::uuid[])))
     ORDER BY p.name, p.id`,
    [coalitionId, today, [...new Set(organisationIds)]],
  );
  const partners = new Map<string, Reader[]>();
  const backbone: Reader[] = [];
  for (const { partnerId, ...reader } of seats) {
    if (partnerId === null) backbone.push(reader);
    else partners.set(partnerId, [...(partners.get(partnerId) ?? []), reader]);
  }
  return { partners, backbone };
}
