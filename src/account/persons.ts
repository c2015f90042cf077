import type { Tx } from '../platform/database/tx.js';

/** A person as signing in knows them. Everything here needs the `identity` door. */
export interface KnownPerson {
  id: string;
  email: string;
  name: string;
  locale: string;
  isAdministrator: boolean;
  hasPassword: boolean;
}

const columns = `p.id, p.email, p.name, p.locale, p.is_administrator AS "isAdministrator",
  EXISTS (SELECT 1 FROM passwords w WHERE w.person_id = p.id) AS "hasPassword"`;

/** Finds the person with this e-mail address (lower case), or makes them. */
export async function findOrMakePerson(tx: Tx, email: string, name: string): Promise<KnownPerson> {
  await tx.run(
    `INSERT INTO persons (email, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING`,
    [email, name, tx.now],
  );
  const person = await tx.row<KnownPerson>(`SELECT ${columns} FROM persons p WHERE p.email = $1`, [email]);
  if (!person) throw new Error('A person was written and cannot be read: the identity door is closed.');
  return person;
}

export async function findPerson(tx: Tx, personId: string): Promise<KnownPerson | undefined> {
  return tx.row<KnownPerson>(`SELECT ${columns} FROM persons p WHERE p.id = $1`, [personId]);
}

export async function findPersonByEmail(tx: Tx, email: string): Promise<KnownPerson | undefined> {
  return tx.row<KnownPerson>(`SELECT ${columns} FROM persons p WHERE p.email = $1`, [email]);
}
