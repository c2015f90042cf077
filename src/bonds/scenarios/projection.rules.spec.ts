import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bondTerms } from '../../../test/support/bond-terms.js';
import { sum } from '../../maths/money.js';
import { readTerms } from '../contracts/read-terms.js';
import type { TermsInput } from '../contracts/terms.dto.js';
import { expectedPayments, type PlanLine } from '../plans/plan.rules.js';
import { byQuarter, project, type ScenarioInputs } from './projection.rules.js';

const residual = { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } };
const preferred = { kind: 'preferred', rate: '0.04', dayCount: 'ACT/365', compounding: 'none' };

function terms(more: object = {}) {
  const given = bondTerms(
    { payers: ['city', 'fund'], investor: 'lender', verifier: { organisationId: 'checker' } },
    {
      rateCard: [{ metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' }],
      caps: {},
      payers: [{ organisationId: 'city', weight: '1' }],
      investors: [{ organisationId: 'lender', commitment: '1500.00' }],
      returns: { kind: 'waterfall', tiers: [{ kind: 'capital' }, preferred, residual] },
      ...more,
    },
  );
  return readTerms(given as unknown as TermsInput, 'GBP');
}

const signUps = (period: number, quantity: string): PlanLine => ({
  ...{ period, metric: 'signUp', quantity },
  value: null,
});
/** £1,000 for the provider on 15 January; one child signs up in the first quarter. */
const base: ScenarioInputs = {
  lines: [signUps(1, '1')],
  costs: [{ on: '2027-01-15', amount: 1_000_00n }],
};
const says = ({ flows }: ReturnType<typeof project>) =>
  flows.map(({ on, party, id, amount }) => `${on} ${party} ${id} ${amount}`.replace('  ', ' '));

describe('a projection', () => {
  it('draws what is needed, pays what comes, tier by tier', () => {
    const projection = project(terms(), 'GBP', base, null);
    expect(says(projection)).toEqual([
      '2027-01-15 investor lender -100000',
      '2027-01-15 provider 100000',
      '2027-04-30 payer city -168000',
      // 1,000.00 capital; 4 % for 105 days: 11.51; half of the 668.49 that are left.
      '2027-04-30 investor lender 134575',
      '2027-04-30 provider 20055',
    ]);
    expect(projection).toMatchObject({
      surplus: 133_70n,
      mostOut: 1_000_00n,
      costsUnpaid: 0n,
      provider: 1_200_55n,
    });
    expect(projection.investors[0]).toMatchObject({ drawn: 1_000_00n, received: 1_345_75n, lost: 0n });
    expect(projection.investors[0]!.multiples.total).toBe('1.345750');
  });

  it('pays later costs from what came, and draws no more than was committed', () => {
    const costs = [
      ...base.costs,
      { on: '2027-06-30', amount: 900_00n },
      { on: '2027-09-30', amount: 5_000_00n },
    ];
    const projection = project(terms(), 'GBP', { ...base, costs }, null);
    expect(projection.investors[0]!.drawn).toBe(1_500_00n);
    // 1,500.00 lent and 1,680.00 received are all that there is for 6,900.00.
    expect(projection).toMatchObject({ costsUnpaid: 3_720_00n, provider: 3_180_00n, surplus: 0n });
    expect(projection.investors[0]).toMatchObject({ received: 0n, lost: 1_500_00n });
  });

  it('has a guarantor pay its share of the capital that is lost', () => {
    const guaranteed = terms({ guarantee: { guarantorId: 'trust', share: '0.4' } });
    const projection = project(guaranteed, 'GBP', { ...base, lines: [] }, null);
    expect(says(projection).slice(2)).toEqual([
      '2027-01-15 guarantor trust -40000',
      '2027-01-15 investor lender 40000',
    ]);
    expect(projection.investors[0]!.lost).toBe(600_00n);
  });

  it('has investors pay where outcomes fall far below the plan', () => {
    const band = { from: '0', to: '50', fromInclusive: true, toInclusive: false, rate: '0.1' };
    const twoSided = terms({ twoSided: { bands: [band] } });
    const plan = expectedPayments(twoSided, 'GBP', [signUps(1, '4')]);
    const paying = says(project(twoSided, 'GBP', base, plan));
    expect(paying.at(-1)).toBe('2027-04-30 investor lender -10000');
    expect(says(project(twoSided, 'GBP', { ...base, lines: [signUps(1, '2')] }, plan)).at(-1)).not.toContain(
      '-10000',
    );
  });

  it('pays a coupon by the band that the plan was reached to', () => {
    const bands = [
      { from: '0', to: '80', fromInclusive: true, toInclusive: false, rate: '0' },
      { from: '80', fromInclusive: true, toInclusive: true, rate: '0.073' },
    ];
    const ladder = terms({ returns: { kind: 'couponLadder', dayCount: 'ACT/365', bands } });
    const received = (planned: string) =>
      project(ladder, 'GBP', base, expectedPayments(ladder, 'GBP', [signUps(1, planned)])).investors[0]!
        .received;
    // 1,000.00 × 7.3 % × 105 ÷ 365 = 21.00
    expect([received('1'), received('2')]).toEqual([1_021_00n, 1_000_00n]);
  });

  it('sums each party’s flows by quarter', () => {
    expect(
      byQuarter(project(terms(), 'GBP', base, null).flows).map(
        ({ quarter, party, amount }) => `${quarter} ${party} ${amount}`,
      ),
    ).toEqual([
      '2027-Q1 investor -100000',
      '2027-Q1 provider 100000',
      '2027-Q2 payer -168000',
      '2027-Q2 investor 134575',
      '2027-Q2 provider 20055',
    ]);
  });
});

describe('over any outcomes and costs', () => {
  const lines = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.nat({ max: 9 })), {
    selector: ([period]) => period,
  });
  const costs = fc.array(
    fc.record({
      on: fc.constantFrom('2027-01-15', '2027-05-31', '2028-02-29', '2028-12-31'),
      amount: fc.bigInt({ min: 1n, max: 900_00n }),
    }),
    { maxLength: 4 },
  );

  it('what comes in less what goes out is the surplus; nobody lends more than it committed', () => {
    fc.assert(
      fc.property(lines, costs, (outcomes, due) => {
        const scenario = {
          lines: outcomes.map(([period, count]) => signUps(period, String(count))),
          costs: due,
        };
        const projection = project(terms(), 'GBP', scenario, null);
        expect(-sum(projection.flows.map(({ amount }) => amount))).toBe(projection.surplus);
        expect(projection.surplus >= 0n).toBe(true);
        expect(projection.investors[0]!.drawn <= 1_500_00n).toBe(true);
        const owed = sum(due.map(({ amount }) => amount));
        expect(projection.provider >= owed - projection.costsUnpaid).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('without interest, one more outcome never pays an investor less', () => {
    const flat = terms({ returns: { kind: 'waterfall', tiers: [{ kind: 'capital' }, residual] } });
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 8 }), (outcomes, at) => {
        const gains = (more: number) => {
          const counts = new Map(outcomes);
          counts.set(at, (counts.get(at) ?? 0) + more);
          const scenario = {
            ...base,
            lines: [...counts].map(([period, count]) => signUps(period, String(count))),
          };
          const { drawn, received } = project(flat, 'GBP', scenario, null).investors[0]!;
          return received - drawn;
        };
        // Each distribution is rounded to the unit: nine of them at most.
        expect(gains(1) >= gains(0) - 9n).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
