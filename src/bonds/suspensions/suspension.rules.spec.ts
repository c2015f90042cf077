import { describe, expect, it } from '@jest/globals';
import { parseDecimal } from '../../maths/exact.js';
import { termPeriods } from '../../maths/term-periods.js';
import { requireNotSuspended, substituteShares, suspendedPeriods } from './suspension.rules.js';

const periods = termPeriods('2020-01-01', '2020-12-31', 3);
const window = { fromOn: '2020-03-15', toOn: '2020-07-31' };

describe('a suspension', () => {
  it('takes out the periods that begin in it', () => {
    expect(suspendedPeriods(periods, window).map(({ number }) => number)).toEqual([2, 3]);
  });

  it('refuses claims for those, and for no others', () => {
    const claim = (number: number) => () => requireNotSuspended(periods[number - 1]!, [window]);
    expect(claim(1)).not.toThrow();
    expect(claim(2)).toThrow('Period 2 begins in the suspension from 2020-03-15 to 2020-07-31');
    expect(claim(4)).not.toThrow();
  });
});

describe('an instalment of its schedule', () => {
  const payer = (name: string, weight: string, cap: bigint | null = null) => ({
    ...{ payer: name, cap },
    weight: parseDecimal(weight),
  });
  const payers = [payer('city', '2', 70n), payer('fund', '1')];
  const share = (amount: bigint, left: bigint | null, paid: Record<string, bigint> = {}) => {
    const { shares, invoiced, note } = substituteShares(amount, {
      ...{ left, payers },
      paid: new Map(Object.entries(paid)),
    });
    return [shares.map((one) => `${one.payer} ${one.amount}`), invoiced, note];
  };

  it('is shared by weight, to the last unit', () => {
    expect(share(100n, null)).toEqual([['city 67', 'fund 33'], 100n, '']);
  });

  it('stays within the caps, and says which one trimmed it', () => {
    expect(share(100n, 50n)).toEqual([['city 33', 'fund 17'], 50n, 'the cap of the bond is reached']);
    expect(share(90n, null, { city: 40n })).toEqual([
      ['city 30', 'fund 30'],
      60n,
      'a payer reached their cap',
    ]);
    expect(share(90n, 0n)).toEqual([[], 0n, 'the cap of the bond is reached']);
  });
});
