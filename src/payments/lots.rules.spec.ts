import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FunderBalance } from '../pools/pool-position.js';
import { attribute } from '../maths/attribution.js';
import { lotsOf, type Received } from './lots.rules.js';

const account = (funderId: string, remaining: bigint, earmarkId: string | null = null): FunderBalance => ({
  ...{ accountId: `account of ${funderId} ${earmarkId ?? ''}`.trim(), funderId, earmarkId, remaining },
});
const received = (
  id: string,
  funderId: string,
  amount: bigint,
  earmarkId: string | null = null,
): Received => ({
  ...{ id, funderId, earmarkId, amount },
  receivedOn: `2026-0${id.slice(0, 1)}-01`,
});
const left = (accounts: FunderBalance[], contributions: Received[]) =>
  lotsOf(accounts, contributions).map(({ key, remaining }) => [key, remaining]);

const year = [
  received('1 north', 'north', 100_00n),
  received('2 south', 'south', 100_00n),
  received('3 north', 'north', 100_00n),
];

describe('what is left of each contribution', () => {
  it('lies in the newest ones, for the oldest is used first', () => {
    expect(left([account('north', 130_00n), account('south', 100_00n)], year)).toEqual([
      ['1 north', 30_00n],
      ['2 south', 100_00n],
      ['3 north', 100_00n],
    ]);
    expect(left([account('north', 1n), account('south', 0n)], year)).toEqual([['3 north', 1n]]);
  });

  it('is told apart by what the money is earmarked to', () => {
    const accounts = [account('north', 10_00n), account('north', 40_00n, 'school')];
    const contributions = [
      received('1 any', 'north', 50_00n),
      received('2 school', 'north', 50_00n, 'school'),
    ];
    expect(left(accounts, contributions)).toEqual([
      ['1 any', 10_00n],
      ['2 school', 40_00n],
    ]);
  });

  it('never hides money: what did not come as a contribution is used before all that did', () => {
    expect(left([account('north', 250_00n)], year)).toEqual([
      ['account of north', 50_00n],
      ['1 north', 100_00n],
      ['3 north', 100_00n],
    ]);
  });

  it('is what is left after paying contribution by contribution, however often, to the minor unit', () => {
    const funders = ['north', 'south', 'west'];
    const contributions = fc.array(
      fc.tuple(fc.constantFrom(...funders), fc.bigInt({ min: 1n, max: 10_000n })),
      { minLength: 1, maxLength: 9 },
    );
    const payments = fc.array(fc.bigInt({ min: 1n, max: 9_000n }), { maxLength: 12 });
    fc.assert(
      fc.property(contributions, payments, (made, amounts) => {
        const history = made.map(([funder, amount], index) => received(`${index + 1}`, funder, amount));
        const kept = new Map(history.map(({ id, amount }) => [id, amount]));
        const balances = () =>
          funders.map((funder) =>
            account(
              funder,
              history
                .filter(({ funderId }) => funderId === funder)
                .reduce((total, { id }) => total + kept.get(id)!, 0n),
            ),
          );
        for (const amount of amounts) {
          const lots = lotsOf(balances(), history);
          if (lots.reduce((total, { remaining }) => total + remaining, 0n) < amount) continue;
          for (const drawing of attribute('fifo', lots, amount, []))
            kept.set(drawing.key, kept.get(drawing.key)! - drawing.amount);
        }
        const inUse = [...kept].filter(([, remaining]) => remaining > 0n);
        expect(left(balances(), history)).toEqual(inUse);
      }),
    );
  });
});
