import { randomInt } from 'node:crypto';
import { findOrMakePerson } from '../account/persons.js';
import { savePassword } from '../platform/auth/passwords.js';
import { doorActor, type PersonActor, personActor } from '../platform/database/actor.js';
import { type Database, inTransaction } from '../platform/database/database.js';

/** Somebody one can sign in as. */
export interface SignIn {
  role: string;
  email: string;
  password: string;
}

/** The people of the example, by what they do. None of them exists. */
export const cast = {
  funder: 'Amina Mensah',
  backbone: 'Bea Lindqvist',
  finance: 'Farid Haddad',
  approver: 'Carys Morgan',
  secondApprover: 'Daniel Okoro',
  partner: 'Pia Novak',
  secondPartner: 'Quentin Hale',
  thirdPartner: 'Rosa Bianchi',
  verifier: 'Vera Lund',
  administrator: 'Ines Duarte',
} as const;
export type Character = keyof typeof cast;
export type Cast = Record<Character, PersonActor>;

const shownAs: Record<Character, string> = {
  funder: 'funder',
  backbone: 'backbone',
  finance: 'finance officer',
  approver: 'approver',
  secondApprover: 'second approver',
  partner: 'partner',
  secondPartner: 'second partner',
  thirdPartner: 'third partner',
  verifier: 'verifier',
  administrator: 'administrator',
};

/** Gives everybody an account with a password of its own, made up on this machine. */
export async function hireCast(db: Database): Promise<{ people: Cast; signIns: SignIn[] }> {
  const people = {} as Cast;
  const signIns: SignIn[] = [];
  for (const [character, name] of Object.entries(cast) as [Character, string][]) {
    const email = `${name.toLowerCase().replace(' ', '.')}@example.org`;
    const password = madeUpPassword();
    const id = await inTransaction(db, doorActor('identity', 'demo'), async (tx) => {
      const person = await findOrMakePerson(tx, email, name);
      await savePassword(tx, person.id, password);
      if (character === 'administrator') {
        await tx.run(`UPDATE persons SET is_administrator = true WHERE id = $1`, [person.id]);
      }
      return person.id;
    });
    people[character] = personActor(id, name);
    signIns.push({ role: shownAs[character], email, password });
  }
  return { people, signIns };
}

const words =
  'amber birch cedar delta ember fjord grove heron islet juniper kelp linden maple north otter pebble'.split(
    ' ',
  );

/** "otter-cedar-kelp-4821": easy to type, and not guessed from the code. */
const madeUpPassword = (): string =>
  `${[1, 2, 3].map(() => words[randomInt(words.length)]).join('-')}-${randomInt(1000, 10_000)}`;
