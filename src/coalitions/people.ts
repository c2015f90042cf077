import type { MembershipAnswer } from './membership.dto.js';

/** A person with the seats they hold in a coalition, or will. */
export interface SeatedPerson {
  personId: string;
  name: string;
  email: string;
  seats: MembershipAnswer[];
}

/** Seats by person, in the order in which they come; what is over is left out. */
export function seatedPeople(memberships: readonly MembershipAnswer[]): SeatedPerson[] {
  const people = new Map<string, SeatedPerson>();
  for (const seat of memberships) {
    if (seat.standing === 'ended') continue;
    const { personId, personName: name, email } = seat;
    const person = people.get(personId) ?? { personId, name, email, seats: [] };
    person.seats.push(seat);
    people.set(personId, person);
  }
  return [...people.values()];
}
