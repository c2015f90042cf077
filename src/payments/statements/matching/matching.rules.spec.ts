import { describe, expect, it } from '@jest/globals';
import { matchOf, offBy } from './matching.rules.js';

const line = { amount: -100_00n, bookedOn: '2026-12-02' };
const payment = { state: 'approved', amount: 100_00n, charged: null, lockedThrough: null, paidOn: null };
const settled = { ...payment, state: 'settled', paidOn: '2026-12-01' };

describe('a line of the bank that names a payment', () => {
  it.each([
    ['settles it when it is approved', line, payment, { do: 'settle' }],
    ['gives it back when it was settled', { ...line, amount: 100_00n }, settled, { do: 'return' }],
    [
      'waits when the amount is another',
      { ...line, amount: -99_99n },
      payment,
      { wait: 'names a payment of another amount' },
    ],
    ['finds it when it was recorded as paid', line, settled, { do: 'find' }],
    ['finds it when it was paid and came back', line, { ...settled, state: 'returned' }, { do: 'find' }],
    [
      'finds it when it was recorded as come back',
      { ...line, amount: 100_00n },
      { ...settled, state: 'returned' },
      { do: 'find' },
    ],
    [
      'finds it by what the bank charged for it in another currency',
      { ...line, amount: -101_00n },
      { ...settled, charged: 101_00n },
      { do: 'find' },
    ],
    [
      'finds what was recorded also in a locked period',
      line,
      { ...settled, lockedThrough: '2026-12-31' },
      { do: 'find' },
    ],
    [
      'waits when nobody has approved it',
      line,
      { ...payment, state: 'proposed' },
      { wait: 'names a payment that is proposed' },
    ],
    [
      'waits in a locked period',
      line,
      { ...payment, lockedThrough: '2026-12-02' },
      { wait: 'lies in a locked period (through 2026-12-02)' },
    ],
    [
      'waits when it gives back what was not paid',
      { ...line, amount: 100_00n },
      payment,
      { wait: 'gives back a payment that is approved' },
    ],
    [
      'waits when it gives back before it was paid',
      { ...line, amount: 100_00n, bookedOn: '2026-11-30' },
      settled,
      { wait: 'gives back a payment before it was made' },
    ],
  ])('%s', (_, given, named, match) => {
    expect(matchOf(given, named)).toEqual(match);
  });
});

describe('a statement', () => {
  it.each([
    [{ opening: 10n, closing: 15n, movement: 5n }, 0n],
    [{ opening: 10n, closing: 15n, movement: 4n }, 1n],
    [{ opening: null, closing: 15n, movement: 4n }, null],
  ])('%o is off by %s', (statement, by) => {
    expect(offBy(statement)).toBe(by);
  });
});
