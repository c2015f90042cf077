import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feeOf, feeOnPayment, feeOnReceipt, type FeePolicy } from './fee.rules.js';

const policy = (more: Partial<FeePolicy> = {}): FeePolicy => ({
  feeOn: 'receipt',
  feeBasisPoints: 100,
  feeMinimum: 0n,
  feeCap: null,
  feeHostId: 'host',
  ...more,
});

describe('a fee', () => {
  it.each([
    [30_000_00n, {}, 300_00n],
    [50n, {}, 0n], // half a penny, to the even one
    [150n, {}, 2n],
    [100_00n, { feeMinimum: 25_00n }, 25_00n],
    [1_000_000_00n, { feeCap: 500_00n }, 500_00n],
    [100_00n, { feeBasisPoints: 0, feeMinimum: 3_00n }, 3_00n],
    [100_00n, { feeHostId: null }, 0n],
  ])('on %s with %j is %s', (amount, more, fee) => {
    expect(feeOf(amount, policy(more))).toBe(fee);
  });

  it('on receipt is never more than what came', () => {
    expect(feeOnReceipt(2_00n, policy({ feeMinimum: 5_00n }))).toBe(2_00n);
    expect(feeOnPayment(2_00n, policy({ feeMinimum: 5_00n }))).toBe(0n);
  });

  it('on a payment comes on top of it', () => {
    const onPayments = policy({ feeOn: 'disbursement', feeMinimum: 5_00n });
    expect([feeOnReceipt(2_00n, onPayments), feeOnPayment(2_00n, onPayments)]).toEqual([0n, 5_00n]);
  });

  it('lies between its minimum and its cap', () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(amounts, fc.nat(10_000), amounts, amounts, (amount, feeBasisPoints, one, other) => {
        const [feeMinimum, feeCap] = one < other ? [one, other] : [other, one];
        const fee = feeOf(amount, policy({ feeBasisPoints, feeMinimum, feeCap }));
        expect(fee >= feeMinimum && fee <= feeCap).toBe(true);
      }),
    );
  });
});
