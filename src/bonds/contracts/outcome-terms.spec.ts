import { describe, expect, it } from '@jest/globals';
import { payClaims } from '../../maths/outcomes/outcome-payments.js';
import { emptyTally } from '../../maths/outcomes/tally.js';
import type { BondTerms, PayerTerm, RateCardTerm } from './bond-terms.js';
import { contractOf, outcomeTerms } from './outcome-terms.js';

const signUp: RateCardTerm = {
  ...{ metric: 'signUp', title: 'Signs up', kind: 'per_unit', price: '1680.00', unit: 'child' },
  ...{ cap: '100000.00', mode: null, bands: null },
};
const band = (from: string, to: string | null, price: string) => ({
  ...{ from, to, fromInclusive: true, toInclusive: false, price },
});
const reading: RateCardTerm = {
  ...{ metric: 'reading', title: 'Reads better', kind: 'improvement', price: null, unit: null, cap: null },
  ...{ mode: 'interpolated', bands: [band('0', '10', '0.00'), band('10', null, '100.00')] },
};
const payer = (organisationId: string, more: Partial<PayerTerm>): PayerTerm => ({
  ...{ organisationId, weight: null, weights: null, metrics: null, cap: null },
  ...more,
});
const terms = (shareRule: BondTerms['shareRule'], ...payers: PayerTerm[]): BondTerms => ({
  ...{ startOn: '2027-01-01', endOn: '2030-12-31', claimsEvery: 'quarterly', invoiceDueDays: 30 },
  rateCard: [signUp, reading],
  caps: { person: null, period: null, bond: '900000.00' },
  ...{ carryForward: false, shareRule, payers },
  verifier: { organisationId: 'lab', personId: null },
  investors: [{ organisationId: 'bank', commitment: '360000.00' }],
  returns: { kind: 'waterfall', tiers: [{ kind: 'capital' }] },
  ...{ guarantee: null, twoSided: null, surplus: { rule: 'payersByPaid' } },
});

/** Who pays what for a sign-up, and for an improvement of five. */
const shares = (of: BondTerms) =>
  payClaims(
    outcomeTerms(of, 'GBP'),
    [
      { period: '1', metric: 'signUp', quantity: '1' },
      { period: '1', metric: 'reading', value: '5' },
    ],
    emptyTally(),
  ).map((line) => line.shares.map(({ payer: who, amount }) => `${who} ${amount}`));

describe('the terms of a contract, worked out', () => {
  it('by fixed shares', () => {
    const of = terms(
      'fixed',
      payer('council', { weight: '2' }),
      payer('fund', { weight: '1', metrics: ['signUp'] }),
    );
    expect(shares(of)).toEqual([['council 112000', 'fund 56000'], ['council 5000']]);
  });

  it('by shares for each metric', () => {
    const weights = (signUps: string, reads: string) => [
      { metric: 'signUp', weight: signUps },
      { metric: 'reading', weight: reads },
    ];
    const of = terms(
      'perMetric',
      payer('council', { weights: weights('3', '1') }),
      payer('fund', { weights: weights('1', '4') }),
    );
    expect(shares(of)).toEqual([
      ['council 126000', 'fund 42000'],
      ['council 1000', 'fund 4000'],
    ]);
  });

  it('by what is left of each cap', () => {
    const of = terms('remainingCap', payer('council', { cap: '2000.00' }), payer('fund', { cap: '1000.00' }));
    expect(shares(of)).toEqual([
      ['council 112000', 'fund 56000'],
      ['council 3333', 'fund 1667'],
    ]);
  });

  it('in minor units of their currency', () => {
    const given = contractOf(terms('fixed', payer('council', { weight: '1', cap: '5000.00' })), 'GBP');
    expect(given.rateCard[0]).toMatchObject({ price: 168_000n, cap: 10_000_000n });
    expect([given.caps, given.payers[0]!.cap]).toEqual([{ bond: 90_000_000n }, 500_000n]);
  });
});
