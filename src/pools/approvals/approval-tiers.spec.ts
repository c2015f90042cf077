import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTiers, signaturesRequired } from './approval-tiers.js';

const tiers = [
  { above: '1000000', approvers: 2 },
  { above: '5000000', approvers: 3 },
];

describe('how many must approve', () => {
  it.each([
    [9_999_99n, 1],
    [10_000_00n, 1],
    [10_000_01n, 2],
    [50_000_00n, 2],
    [50_000_01n, 3],
  ])('%s takes %s', (amount, required) => {
    expect(signaturesRequired(amount, tiers)).toBe(required);
  });

  it('is one without tiers, and never less for more money', () => {
    expect(signaturesRequired(10n ** 12n, [])).toBe(1);
    const amount = fc.bigInt({ min: 0n, max: 10n ** 8n });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(signaturesRequired(less, tiers)).toBeLessThanOrEqual(signaturesRequired(more, tiers));
      }),
    );
  });
});

describe('the tiers of a pool', () => {
  it('are typed in any order, in major units', () => {
    expect(
      readTiers(
        [
          { above: '50000.00', approvers: 3 },
          { above: '10000.00', approvers: 2 },
        ],
        'GBP',
      ),
    ).toEqual(tiers);
  });

  it.each([
    [[{ above: '1.005', approvers: 2 }], '/approvalTiers/0/above'],
    [
      [
        { above: '10.00', approvers: 2 },
        { above: '10.00', approvers: 3 },
      ],
      '/approvalTiers/1/above',
    ],
    [
      [
        { above: '100.00', approvers: 2 },
        { above: '10.00', approvers: 3 },
      ],
      '/approvalTiers/0/approvers',
    ],
  ])('%j are refused at %s', (typed, pointer) => {
    expect(() => readTiers(typed, 'GBP')).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });
});
