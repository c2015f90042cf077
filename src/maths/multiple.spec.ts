import { describe, expect, it } from '@jest/globals';
import { multiplesOf } from './multiple.js';

describe('money multiples', () => {
  it.each([
    [100n, 120n, 0n, '1.200000', '0.000000', '1.200000'],
    [100n, 30n, 70n, '0.300000', '0.700000', '1.000000'],
    [100n, 0n, 0n, '0.000000', '0.000000', '0.000000'],
    // A third and a third are two thirds, rounded once.
    [3n, 1n, 1n, '0.333333', '0.333333', '0.666667'],
    // 0.0000005 and 0.0000015, each to the even one
    [2_000_000n, 1n, 3n, '0.000000', '0.000002', '0.000002'],
  ])('%d paid in, %d distributed, %d residual', (paidIn, distributed, residual, dpi, rvpi, tvpi) => {
    expect(multiplesOf({ paidIn, distributed, residual })).toEqual({
      distributed: dpi,
      residual: rvpi,
      total: tvpi,
    });
  });

  it('are nothing where nothing was paid in', () => {
    expect(multiplesOf({ paidIn: 0n, distributed: 0n, residual: 0n })).toEqual({
      distributed: null,
      residual: null,
      total: null,
    });
  });
});
