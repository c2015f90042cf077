import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../../../maths/money.js';
import { bondClosed } from './closing.entries.js';
import { closeOut } from './closing.rules.js';

const holders = [
  { organisationId: 'n', name: 'North', paid: 200_00n },
  { organisationId: 's', name: 'South', paid: 100_00n },
];
const investor = (partyId: string, capital: bigint, income: bigint) => ({
  ...{ partyId, investor: partyId, capital, income },
});
const byPaid = { rule: 'payersByPaid' } as const;
const shared = ({ shares }: ReturnType<typeof closeOut>) => shares.map(({ name, amount }) => [name, amount]);

describe('the end of a bond', () => {
  it('leaves what it brought less what it cost and paid beyond capital, shared by what each payer has paid', () => {
    const balances = { proceeds: 300_00n, cost: 190_00n, investors: [investor('A', 0n, 9_99n)] };
    const figures = closeOut(balances, byPaid, holders);
    expect([figures.surplus, figures.lost, figures.income]).toEqual([100_01n, 0n, 9_99n]);
    expect(shared(figures)).toEqual([
      ['North', 66_67n],
      ['South', 33_34n],
    ]);
  });

  it('shares by the shares of the contract', () => {
    const rule = {
      rule: 'shares' as const,
      shares: [
        { organisationId: 'n', share: '0.25' },
        { organisationId: 's', share: '0.75' },
      ],
    };
    expect(shared(closeOut({ proceeds: 100n, cost: 0n, investors: [] }, rule, holders))).toEqual([
      ['North', 25n],
      ['South', 75n],
    ]);
  });

  it('shares equally where no payer has paid anything, as after a payment of investors alone', () => {
    const none = holders.map((holder) => ({ ...holder, paid: 0n }));
    expect(shared(closeOut({ proceeds: 101n, cost: 0n, investors: [] }, byPaid, none))).toEqual([
      ['North', 51n],
      ['South', 50n],
    ]);
  });

  it('is a loss of the capital that is still out', () => {
    const balances = {
      proceeds: 0n,
      cost: 80_00n,
      investors: [investor('A', 50_00n, 0n), investor('B', 30_00n, 0n)],
    };
    const figures = closeOut(balances, byPaid, holders);
    expect([figures.surplus, figures.lost, figures.shares]).toEqual([0n, 80_00n, []]);
  });

  it('is an entry that balances and empties every account, whatever stood there', () => {
    const money = fc.bigInt({ min: 0n, max: 1_000_000_00n });
    fc.assert(
      fc.property(money, money, money, money, money, (held, cost, capital, income, paid) => {
        const proceeds = held + cost + income;
        const balances = { proceeds, cost, investors: [investor('A', capital, income)] };
        const figures = closeOut(balances, byPaid, [{ ...holders[0]!, paid }, holders[1]!]);
        const pool = { id: 'p', coalitionId: 'c', currency: 'GBP' };
        const { legs } = bondClosed(pool, {
          ...{ closingId: 'x', bondId: 'b', reference: 'B', closedOn: '2031-01-01', figures },
        });
        expect(sum(legs.map(({ amount }) => amount))).toBe(0n);
        expect(sum(figures.shares.map(({ amount }) => amount))).toBe(held + capital);
        const of = (kind: string) =>
          sum(legs.flatMap(({ account, amount }) => (account.kind === kind ? [amount] : [])));
        expect([
          of('bondProceeds'),
          of('investorCapital'),
          of('programmeCost'),
          of('investorReturn'),
        ]).toEqual([...[proceeds, capital, -cost, -income]]);
      }),
    );
  });
});
