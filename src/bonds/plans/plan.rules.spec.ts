import { describe, expect, it } from '@jest/globals';
import { bondTerms } from '../../../test/support/bond-terms.js';
import { termPeriods } from '../../maths/term-periods.js';
import { readTerms } from '../contracts/read-terms.js';
import type { TermsInput } from '../contracts/terms.dto.js';
import { expectedPayments, type PlanLine, requirePlan } from './plan.rules.js';

const terms = readTerms(
  bondTerms(
    { payers: ['city', 'fund'], investor: 'lender', verifier: { organisationId: 'checker' } },
    {
      rateCard: [
        { metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' },
        { metric: 'level3', title: 'A level 3', kind: 'per_person_once', price: '3300.00' },
      ],
      caps: { bond: '5000.00' },
    },
  ) as unknown as TermsInput,
  'GBP',
);
const line = (period: number, metric: string, quantity: string): PlanLine => ({
  ...{ period, metric, quantity },
  value: null,
});
const periods = termPeriods(terms.startOn, terms.endOn, 3);

describe('what a plan comes to', () => {
  it('is what its lines would be paid, period by period, within the caps', () => {
    const expected = expectedPayments(terms, 'GBP', [line(2, 'level3', '1'), line(1, 'signUp', '2')]);
    expect(expected.map(({ period, net, payers }) => [period, net, [...payers]])).toEqual([
      [
        1,
        3_360_00n,
        [
          ['city', 2_240_00n],
          ['fund', 1_120_00n],
        ],
      ],
      [
        2,
        1_640_00n,
        [
          ['city', 1_093_33n],
          ['fund', 546_67n],
        ],
      ],
    ]);
  });

  it('counts the people that are expected as new ones', () => {
    const roomy = { ...terms, caps: { ...terms.caps, bond: null } };
    const [first, second] = expectedPayments(roomy, 'GBP', [line(1, 'level3', '2'), line(2, 'level3', '1')]);
    expect([first!.net, second!.net]).toEqual([6_600_00n, 3_300_00n]);
  });
});

describe('a plan', () => {
  it('that the contract can price is taken', () => {
    expect(() =>
      requirePlan(terms, periods, [line(16, 'signUp', '3'), line(1, 'level3', '2')]),
    ).not.toThrow();
  });

  it.each([
    [[line(17, 'signUp', '3')], '/lines/0/period'],
    [[line(1, 'marks', '3')], '/lines/0/metric'],
    [[line(1, 'signUp', '1'), line(1, 'signUp', '2')], '/lines/1/metric'],
    [[line(1, 'level3', '2.5')], '/lines/0/quantity'],
    [[{ ...line(1, 'signUp', '1'), quantity: null, value: '3' }], '/lines/0/quantity'],
  ])('%j is refused', (lines, pointer) => {
    expect(() => requirePlan(terms, periods, lines)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });
});
