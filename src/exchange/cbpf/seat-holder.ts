import { doorActor } from '../../platform/database/actor.js';
import { type Database, inTransaction } from '../../platform/database/database.js';

export interface SeatHolder {
  id: string;
  name: string;
  email: string;
}

/**
 * Who gets the seats in what is imported: whoever has this e-mail address, or else the only administrator there is.
 * Null when there is none, or several.
 */
export async function findSeatHolder(db: Database, email: string | null): Promise<SeatHolder | null> {
  const found = await inTransaction(db, doorActor('identity', 'import.cbpf'), (tx) =>
    tx.rows<SeatHolder>(
      `SELECT id, name, email FROM persons
       WHERE CASE WHEN $1::text IS NULL THEN is_administrator ELSE email = lower($1) END LIMIT 2`,
      [email],
    ),
  );
  return found.length === 1 ? found[0]! : null;
}
