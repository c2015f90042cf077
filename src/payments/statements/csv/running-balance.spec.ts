import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RunningBalance, type Stated } from './running-balance.js';

function follow(rows: readonly [amount: bigint, balance: bigint | null][], isOldestFirst = true): Stated {
  const running = new RunningBalance();
  rows.forEach(([amount, balance], index) => running.add(index + 2, amount, balance));
  return running.end(isOldestFirst);
}

describe('a running balance', () => {
  it.each([
    [
      'the oldest line first',
      [
        [5n, 105n],
        [-20n, 85n],
      ],
      { opening: 100n, closing: 85n, breaksAt: null },
    ],
    [
      'the newest line first',
      [
        [-20n, 85n],
        [5n, 105n],
      ],
      { opening: 100n, closing: 85n, breaksAt: null },
    ],
    [
      'only at the end of each day',
      [
        [5n, null],
        [-20n, 85n],
        [1n, null],
        [2n, 88n],
      ],
      { opening: 100n, closing: 88n, breaksAt: null },
    ],
    ['of one line', [[5n, 105n]], { opening: 100n, closing: 105n, breaksAt: null }],
    [
      'that breaks',
      [
        [5n, 105n],
        [-20n, 80n],
        [1n, 81n],
      ],
      { opening: 100n, closing: 81n, breaksAt: 3 },
    ],
    ['that is nowhere', [[5n, null]], { opening: null, closing: null, breaksAt: null }],
  ] as [string, [bigint, bigint | null][], Stated][])('%s', (_, rows, stated) => {
    expect(follow(rows)).toEqual(stated);
  });

  it('opens and closes right in either direction, whatever the lines', () => {
    const amounts = fc.array(fc.bigInt({ min: -1000n, max: 1000n }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        amounts,
        fc.bigInt({ min: -5000n, max: 5000n }),
        fc.boolean(),
        (given, opening, isOldestFirst) => {
          let balance = opening;
          const rows = given.map((amount): [bigint, bigint] => [amount, (balance += amount)]);
          const stated = follow(isOldestFirst ? rows : rows.toReversed(), isOldestFirst);
          expect(stated).toEqual({ opening, closing: balance, breaksAt: null });
        },
      ),
    );
  });
});
