import { describe, expect, it } from '@jest/globals';
import {
  changedFacts,
  neutralityNote,
  type OrganisationFacts,
  refuseOddOrgId,
} from './organisation.rules.js';

const foundation: OrganisationFacts = {
  name: 'Harbour Foundation',
  orgId: 'GB-CHC-1094112',
  sector: 'third',
  email: 'grants@example.org',
};

describe('changedFacts', () => {
  it('keeps what is not named, and forgets what is null', () => {
    expect(changedFacts(foundation, { sector: 'public', email: null })).toEqual({
      ...foundation,
      sector: 'public',
      email: null,
    });
  });
});

describe('refuseOddOrgId', () => {
  it.each(['GB-CHC-1094112', 'US-EIN-13-1684331', 'XM-DAC-41304', 'XI-IATI-1001', null])(
    'takes %s',
    (orgId) => expect(() => refuseOddOrgId(orgId)).not.toThrow(),
  );

  it.each(['1094112', 'gb-chc-1094112', 'GB-CHC-', 'GBCHC1094112', 'GB-CHC-10 94'])('refuses %s', (orgId) => {
    expect(() => refuseOddOrgId(orgId)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer: '/orgId' })] }),
    );
  });
});

describe('neutralityNote', () => {
  it('is there for a public body and a company, and not for the third sector', () => {
    expect(neutralityNote(foundation)).toBeNull();
    expect(neutralityNote({ name: 'City of Leith', sector: 'public' })).toBe(
      'City of Leith is a public body, not an organisation of the third sector. ' +
        'The coalition should agree how its backbone stays neutral.',
    );
    expect(neutralityNote({ name: 'Acme', sector: 'private' })).toContain('Acme is a private company');
  });
});
