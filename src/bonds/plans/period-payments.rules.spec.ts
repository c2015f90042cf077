import { describe, expect, it } from '@jest/globals';
import { bondTerms } from '../../../test/support/bond-terms.js';
import { readTerms } from '../contracts/read-terms.js';
import type { TermsInput } from '../contracts/terms.dto.js';
import { paymentsByPeriod } from './period-payments.rules.js';

const terms = readTerms(
  bondTerms(
    { payers: ['city', 'fund'], investor: 'lender', verifier: { organisationId: 'checker' } },
    {
      ...{ startOn: '2027-01-01', endOn: '2027-12-31' },
      rateCard: [{ metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '10.00' }],
      caps: {},
    },
  ) as unknown as TermsInput,
  'GBP',
);
const plan = [{ period: 2, metric: 'signUp', quantity: '3', value: null }];
const invoiced = [
  { period: 1, on: null, amount: 7n },
  { period: 1, on: null, amount: 2n },
  { period: null, on: '2027-04-01', amount: 100n },
  { period: null, on: '2027-06-30', amount: 1n },
];

describe('a plan beside what came of it', () => {
  it('counts claims in their period, and instalments of a suspension in the one they fall into', () => {
    const payments = paymentsByPeriod(terms, 'GBP', plan, invoiced);
    expect(
      payments.map(({ period, from, planned, actual, ofSubstitutes }) => [
        period,
        from,
        planned,
        actual,
        ofSubstitutes,
      ]),
    ).toEqual([
      [1, '2027-01-01', 0n, 9n, 0n],
      [2, '2027-04-01', 30_00n, 101n, 101n],
      [3, '2027-07-01', 0n, 0n, 0n],
      [4, '2027-10-01', 0n, 0n, 0n],
    ]);
  });

  it('says nothing of what was planned where there is no plan', () => {
    const [first] = paymentsByPeriod(terms, 'GBP', null, invoiced);
    expect([first!.planned, first!.actual]).toEqual([null, 9n]);
  });
});
