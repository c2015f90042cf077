import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';

/** Somebody who is written to. */
export interface PayingReader {
  /** Null for an organisation that nobody sits here for. */
  personId: string | null;
  name: string;
  email: string;
  locale: string;
}

interface Seat extends PayingReader {
  role: string;
  organisationId: string | null;
}

/**
 * Who is written to about what an organisation is to pay: its people, or its address where nobody sits here for it;
 * once it is late, finance too. Each once.
 */
export async function payingReaders(
  tx: Tx,
  coalitionId: string,
  today: Day,
): Promise<(payer: { id: string; name: string; email: string | null }, isLate: boolean) => PayingReader[]> {
  const seats = await seatsOf(tx, coalitionId, today);
  return ({ id, name, email }, isLate) => {
    const own: PayingReader[] = seats.filter(
      ({ role, organisationId }) => role === 'funder' && organisationId === id,
    );
    if (own.length === 0 && email !== null) own.push({ personId: null, name, email, locale: 'en-GB' });
    const finance = isLate ? seats.filter(({ role }) => role === 'finance') : [];
    return [...new Map([...own, ...finance].map((reader) => [reader.email, reader])).values()];
  };
}

const seatsOf = (tx: Tx, coalitionId: string, today: Day): Promise<Seat[]> =>
  tx.rows<Seat>(
    `SELECT DISTINCT m.role, m.organisation_id AS "organisationId", p.id AS "personId", p.name, p.email, p.locale
     FROM memberships m JOIN persons p ON p.id = m.person_id
     WHERE m.coalition_id = $1 AND m.role IN ('funder', 'finance') AND m.since_on <= $2
       AND (m.until_on IS NULL OR m.until_on >= $2) ORDER BY p.name, p.id`,
    [coalitionId, today],
  );
