import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bondTerms } from '../../../test/support/bond-terms.js';
import { sum } from '../../maths/money.js';
import { payClaims } from '../../maths/outcomes/outcome-payments.js';
import { emptyTally, type Tally } from '../../maths/outcomes/tally.js';
import { outcomeTerms } from '../contracts/outcome-terms.js';
import { readTerms } from '../contracts/read-terms.js';
import type { TermsInput } from '../contracts/terms.dto.js';
import type { PlanLine } from '../plans/plan.rules.js';
import { type Projection, project, type ScenarioInputs } from './projection.rules.js';
import type { ProjectionStart } from './projection-start.js';

function terms(more: object = {}) {
  const given = bondTerms(
    { payers: ['city', 'fund'], investor: 'lender', verifier: { organisationId: 'checker' } },
    {
      rateCard: [{ metric: 'signUp', title: 'A child signs up', kind: 'per_unit', price: '1680.00' }],
      caps: {},
      payers: [{ organisationId: 'city', weight: '1' }],
      investors: [{ organisationId: 'lender', commitment: '1500.00' }],
      returns: {
        kind: 'waterfall',
        tiers: [
          { kind: 'capital' },
          { kind: 'preferred', rate: '0.04', dayCount: 'ACT/365', compounding: 'none' },
          { kind: 'residual', shares: { investors: '0.5', provider: '0.3', pool: '0.2' } },
        ],
      },
      ...more,
    },
  );
  return readTerms(given as unknown as TermsInput, 'GBP');
}

const signUps = (period: number, quantity: string): PlanLine => ({
  ...{ period, metric: 'signUp', quantity },
  value: null,
});
/** What is paid for one child who signed up in the first quarter, which is verified. */
function verified(contract = terms()): Tally {
  const tally = emptyTally();
  payClaims(outcomeTerms(contract, 'GBP'), [{ period: '1', metric: 'signUp', quantity: '1' }], tally);
  return tally;
}
const lent = {
  ...{ id: 'lender', twoSidedPaid: 0n, drawdowns: [{ on: '2027-01-15', amount: 1_000_00n }] },
  ...{ distributions: [], cash: [{ on: '2027-01-15', amount: -1_000_00n }] },
};
/** £1,000.00 was lent and has gone to the provider; the first quarter is invoiced, and nothing has come yet. */
const invoiced: ProjectionStart = {
  ...{ on: '2027-04-10', investors: [lent], held: 0n, kept: 0n, feesPaid: 0n, reached: 0n },
  owed: [{ dueOn: '2027-04-30', payers: new Map([['city', 1_680_00n]]) }],
  tally: verified(),
};
/** All of it came, and was distributed on the day. */
const distributed: ProjectionStart = {
  ...{ on: '2027-04-30', held: 133_70n, kept: 133_70n, feesPaid: 0n, reached: 1_680_00n, owed: [] },
  investors: [
    {
      ...lent,
      distributions: [{ on: '2027-04-30', capital: 1_000_00n, income: 345_75n }],
      cash: [...lent.cash, { on: '2027-04-30', amount: 1_345_75n }],
    },
  ],
  tally: verified(),
};
const says = ({ flows }: Projection) =>
  flows.map(({ on, party, id, amount }) => `${on} ${party} ${id} ${amount}`.replace('  ', ' '));
/** As if it happened from the start: what comes after a day of it. */
const after = (day: string, scenario: ScenarioInputs) =>
  says(project(terms(), 'GBP', scenario, null)).filter((flow) => flow > `${day} ~`);

const twoQuarters: ScenarioInputs = {
  lines: [signUps(1, '1'), signUps(2, '1')],
  costs: [{ on: '2027-01-15', amount: 1_000_00n }],
};

describe('a projection that goes on', () => {
  it('waits for what is invoiced, and counts no outcome twice', () => {
    const projection = project(
      terms(),
      'GBP',
      { ...twoQuarters, lines: [signUps(1, '1')], costs: [] },
      null,
      invoiced,
    );
    expect(says(projection)).toEqual([
      '2027-04-30 payer city -168000',
      // 1,000.00 capital; 4 % for 105 days: 11.51; half of the 668.49 that are left.
      '2027-04-30 investor lender 134575',
      '2027-04-30 provider 20055',
    ]);
    // Of the whole, what was lent before the start included.
    expect(projection.investors[0]).toMatchObject({ paidIn: 1_000_00n, received: 1_345_75n, lost: 0n });
    expect(projection.investors[0]!.multiples.total).toBe('1.345750');
    expect(projection.surplus).toBe(133_70n);
  });

  it('comes to what it would have come to from the first day, where all went as was supposed', () => {
    const whole = project(terms(), 'GBP', twoQuarters, null);
    const onward = project(terms(), 'GBP', twoQuarters, null, distributed);
    expect(says(onward)).toEqual(after('2027-04-30', twoQuarters));
    expect(onward.investors).toEqual(whole.investors);
    expect(onward.surplus).toBe(whole.surplus);
  });

  it('draws for later costs what is still committed, and not what was distributed or is kept', () => {
    const scenario = { ...twoQuarters, costs: [{ on: '2027-06-30', amount: 450_00n }] };
    const onward = project(terms(), 'GBP', scenario, null, distributed);
    expect(says(onward)).toEqual([
      '2027-06-30 investor lender -45000',
      '2027-06-30 provider 45000',
      '2027-07-30 payer city -168000',
      // 450.00 capital; 4 % for 30 days: 1.48; half of the 1,228.52 that are left.
      '2027-07-30 investor lender 106574',
      '2027-07-30 provider 36856',
    ]);
    // 133.70 was kept before, and a fifth of 1,228.52 is now.
    expect(onward.surplus).toBe(379_40n);
    expect(onward.investors[0]).toMatchObject({ drawn: 1_450_00n, received: 2_411_49n, lost: 0n });
  });

  it('expects what is overdue on the next day', () => {
    const late = project(terms(), 'GBP', { lines: [], costs: [] }, null, { ...invoiced, on: '2027-06-15' });
    expect(says(late)[0]).toBe('2027-06-16 payer city -168000');
  });

  it('leaves out what was due by then and did not come, and costs that were to be paid', () => {
    const scenario = { lines: [signUps(1, '3')], costs: [{ on: '2027-04-10', amount: 400_00n }] };
    const start = { ...invoiced, on: '2027-04-30', owed: [], tally: emptyTally() };
    expect(project(terms(), 'GBP', scenario, null, start).flows).toEqual([]);
  });

  it('has only the room under a cap that verified outcomes left', () => {
    const capped = terms({ caps: { bond: '2000.00' } });
    const scenario = { lines: [signUps(2, '1')], costs: [] };
    const onward = project(capped, 'GBP', scenario, null, { ...distributed, tally: verified(capped) });
    expect(says(onward)[0]).toBe('2027-07-30 payer city -32000');
  });

  it('pays out what is held at the end of the term, where nothing more is to come', () => {
    const held = { ...invoiced, owed: [], held: 400_00n };
    const onward = project(terms(), 'GBP', { lines: [], costs: [] }, null, held);
    expect(says(onward)).toEqual(['2030-12-31 investor lender 40000']);
    expect(onward.investors[0]!.lost).toBe(600_00n);
  });

  it('asks investors only for what they have not paid yet where outcomes are poor', () => {
    const band = { from: '0', to: '50', fromInclusive: true, toInclusive: false, rate: '0.1' };
    const twoSided = terms({ twoSided: { bands: [band] } });
    const plan = [{ period: 1, net: 6_720_00n, payers: new Map([['city', 6_720_00n]]) }];
    const paying = (twoSidedPaid: bigint) => {
      const start = { ...invoiced, investors: [{ ...lent, twoSidedPaid }] };
      return says(project(twoSided, 'GBP', { lines: [], costs: [] }, plan, start)).slice(3);
    };
    expect(paying(0n)).toEqual(['2027-04-30 investor lender -10000']);
    expect(paying(30_00n)).toEqual(['2027-04-30 investor lender -7000']);
    expect(paying(100_00n)).toEqual([]);
  });
});

describe('from any start', () => {
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

  it('what is held, and comes in, less what goes out is what remains; nothing happens by the day it starts from', () => {
    const starting = fc.record({ isPaidOut: fc.boolean(), more: fc.bigInt({ min: 0n, max: 2_000_00n }) });
    fc.assert(
      fc.property(lines, costs, starting, (outcomes, due, { isPaidOut, more }) => {
        const so = isPaidOut ? distributed : invoiced;
        const start = { ...so, held: so.held + more };
        const scenario = {
          lines: outcomes.map(([period, count]) => signUps(period, String(count))),
          costs: due,
        };
        const projection = project(terms(), 'GBP', scenario, null, start);
        expect(start.held - sum(projection.flows.map(({ amount }) => amount))).toBe(projection.surplus);
        expect(projection.surplus >= start.kept).toBe(true);
        expect(projection.flows.every(({ on }) => on > start.on)).toBe(true);
        const [investor] = projection.investors;
        expect(investor!.drawn <= 1_500_00n && investor!.drawn >= 1_000_00n).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
