import { describe, expect, it } from '@jest/globals';
import { council, fund, whole, said } from '../../../test/support/whole-terms.js';
import type { BondTerms } from './bond-terms.js';
import type { Surroundings } from './parties.rules.js';
import { amountAtStake } from './terms.rules.js';

describe('parties', () => {
  const independent = 'A verifier is independent: neither the provider nor an investor of the bond.';
  const by = (organisationId: string | null, personId: string | null = null) => ({
    verifier: { organisationId, personId },
  });
  const sam = (...sitsFor: string[]) => ({ verifier: { name: 'Sam', sitsFor } });
  const host =
    'Host serves the coalition as its backbone, so it neither pays, lends nor is paid here. Choose another organisation.';

  it.each<[string, Partial<BondTerms>, Partial<Surroundings>, string[]]>([
    [
      'nobody who verifies',
      by(null),
      {},
      ['/terms/verifier: Say who verifies: an organisation, or a person.'],
    ],
    [
      'two who verify',
      by('lab', 'sam'),
      sam(),
      ['/terms/verifier/personId: Either an organisation verifies, or a person: not both.'],
    ],
    ['the provider as verifier', by('provider'), {}, [`/terms/verifier/organisationId: ${independent}`]],
    ['an investor as verifier', by('bank'), {}, [`/terms/verifier/organisationId: ${independent}`]],
    [
      'the guarantor as verifier',
      { ...by('lab'), guarantee: { guarantorId: 'lab', share: '1' } },
      {},
      ['/terms/verifier/organisationId: A verifier is independent: it guarantees nothing.'],
    ],
    [
      'a verifier who sits for the provider',
      by(null, 'sam'),
      sam('provider'),
      ['/terms/verifier/personId: Sam sits for Stream, so somebody else must verify.'],
    ],
    [
      'a verifier who sits for an investor',
      by(null, 'sam'),
      sam('council', 'bank'),
      ['/terms/verifier/personId: Sam sits for Bank, so somebody else must verify.'],
    ],
    [
      'a verifier from elsewhere',
      by(null, 'sam'),
      {},
      ['/terms/verifier/personId: Choose a person who has a seat in this coalition.'],
    ],
    [
      'the provider as payer',
      { payers: [council, { ...fund, organisationId: 'provider' }] },
      {},
      ['/terms/payers/1/organisationId: The provider does not pay for its own outcomes.'],
    ],
    [
      'the provider as investor',
      { investors: [{ organisationId: 'provider', commitment: '1.00' }] },
      {},
      [
        '/terms/investors/0/organisationId: The provider is no investor: what it earns on top is its share of the residual.',
      ],
    ],
    [
      'a guarantor of its own capital',
      { guarantee: { guarantorId: 'bank', share: '1' } },
      {},
      ['/terms/guarantee/guarantorId: An investor does not guarantee capital that is its own.'],
    ],
    [
      'the backbone as payer',
      { payers: [{ ...council, organisationId: 'host' }] },
      {},
      [`/terms/payers/0/organisationId: ${host}`],
    ],
    [
      'the backbone as investor',
      { investors: [{ organisationId: 'host', commitment: '1.00' }] },
      {},
      [`/terms/investors/0/organisationId: ${host}`],
    ],
    ['the backbone as provider', {}, { providerId: 'host' }, [`/providerId: ${host}`]],
    [
      'a stranger',
      { investors: [{ organisationId: 'elsewhere', commitment: '1.00' }] },
      {},
      ['/terms/investors/0/organisationId: Choose an organisation of this coalition.'],
    ],
  ])('are refused with %s', (_, change, of, sentences) => {
    expect(said(change, of)).toEqual(sentences);
  });

  it('may be verified by a person who sits for a payer, or for the backbone', () => {
    expect(said(by(null, 'sam'), sam('council', 'host'))).toEqual([]);
  });
});

describe('an amendment', () => {
  const party = (
    role: 'payer' | 'investor' | 'verifier',
    organisationId: string,
    drawn = 0n,
    invoiced = 0n,
  ) => ({
    ...{ role, organisationId, name: organisationId, hasMoney: true, drawn, invoiced },
  });

  it('keeps a payer that was invoiced and an investor with capital, and no other', () => {
    const before = [
      party('payer', 'lender'),
      party('investor', 'saver'),
      { ...party('payer', 'idle'), hasMoney: false },
    ];
    expect(said({}, { before })).toEqual([
      '/terms/payers: lender was invoiced under this contract, so it stays a payer. Give it a cap, or no weight.',
      '/terms/investors: saver has capital in this contract, so it stays an investor.',
    ]);
  });

  it('leaves a commitment at what was paid in or above', () => {
    const before = [party('investor', 'bank', 36_000_001n)];
    expect(said({}, { before })).toEqual([
      '/terms/investors/0/commitment: bank has paid in £360,000.01: it cannot commit less.',
    ]);
    expect(said({}, { before: [party('investor', 'bank', 36_000_000n)] })).toEqual([]);
  });

  it('leaves the cap of a payer at what it was invoiced or above, or takes it away', () => {
    const cap = (text: string | null) => ({ payers: [{ ...council, cap: text }, fund] });
    const before = [party('payer', 'council', 0n, 40_000_001n)];
    expect(said(cap('400000.00'), { before })).toEqual([
      '/terms/payers/0/cap: council was invoiced £400,000.01 already: its cap cannot be £400,000.00, which is less.',
    ]);
    expect(said(cap('400000.01'), { before })).toEqual([]);
    expect(said(cap(null), { before })).toEqual([]);
  });

  it('does not let who invested verify, nor who verified invest', () => {
    expect(said({}, { before: [{ ...party('investor', 'lab'), hasMoney: false }] })).toEqual([
      '/terms/verifier/organisationId: A verifier is independent: neither the provider nor an investor of the bond.',
    ]);
    expect(said({}, { before: [party('verifier', 'bank')] })).toEqual([
      '/terms/investors/0/organisationId: It has verified this bond by an earlier version, so it cannot invest in it.',
    ]);
  });

  it('of an active bond leaves the beginning and the periods', () => {
    expect(said({}, { active: { startOn: '2026-01-01', claimsEvery: 'yearly' } })).toEqual([
      '/terms/startOn: Periods are counted from 2026-01-01 while the bond is active: leave it.',
      '/terms/claimsEvery: The periods of claims stay as they are while the bond is active.',
    ]);
  });
});

describe('what is at stake', () => {
  it('is the bond’s cap or what investors commit, whichever is more', () => {
    expect(amountAtStake(whole, 'GBP')).toBe(90_000_000n);
    const uncapped = { ...whole, caps: { ...whole.caps, bond: null } };
    expect(amountAtStake(uncapped, 'GBP')).toBe(36_000_000n);
  });
});
