import { describe, expect, it } from '@jest/globals';
import type { MembershipAnswer } from './membership.dto.js';
import { seatedPeople } from './people.js';

const seat = (personName: string, role: MembershipAnswer['role'], more: Partial<MembershipAnswer> = {}) => ({
  id: `${personName} ${role}`,
  coalitionId: 'c',
  personId: personName.toLowerCase(),
  personName,
  email: `${personName.toLowerCase()}@example.org`,
  role,
  organisationId: null,
  organisationName: null,
  sinceOn: '2026-01-01',
  untilOn: null,
  standing: 'serving' as const,
  ...more,
});

describe('seatedPeople', () => {
  it('gathers the seats of each person, upcoming ones too, and leaves out what is over', () => {
    const people = seatedPeople([
      seat('Ana', 'backbone'),
      seat('Ana', 'observer', { standing: 'ended' }),
      seat('Ben', 'funder'),
      seat('Ana', 'verifier', { standing: 'upcoming' }),
      seat('Cleo', 'partner', { standing: 'ended' }),
    ]);
    expect(people.map(({ name, seats }) => [name, seats.map(({ role }) => role)])).toEqual([
      ['Ana', ['backbone', 'verifier']],
      ['Ben', ['funder']],
    ]);
  });
});
