import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';

/** A person who has or had a seat in a coalition. */
export interface PersonHere {
  id: string;
  name: string;
  email: string;
}

/** @throws notFound for an id that is none, or is somebody else's */
export async function findPerson(tx: Tx, coalitionId: string, personId: string): Promise<PersonHere> {
  const person = await tx.row<PersonHere>(
    `SELECT p.id, p.name, p.email FROM persons p WHERE p.id::text = $2
       AND EXISTS (SELECT 1 FROM memberships m WHERE m.person_id = p.id AND m.coalition_id = $1)`,
    [coalitionId, personId],
  );
  if (!person) throw notFound('person');
  return person;
}
