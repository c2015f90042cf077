import { describe, expect, it } from '@jest/globals';
import { shareText } from './format.js';

describe('a share in words', () => {
  it('is the nearest tenth of a per cent, so that the parts of a split read as the whole', () => {
    const parts = [1_572_037n, 817_383n, 110_580n].map((part) => shareText(part, 2_500_000n, 'en-GB'));
    expect(parts).toEqual(['62.9%', '32.7%', '4.4%']);
  });

  it('is 100% of nothing but the whole, and 0% of nothing but nothing', () => {
    expect(shareText(99_999n, 100_000n, 'en-GB')).toBe('99.9%');
    expect(shareText(100_000n, 100_000n, 'en-GB')).toBe('100%');
    expect(shareText(1n, 100_000n, 'en-GB')).toBe('0.1%');
    expect(shareText(0n, 100_000n, 'en-GB')).toBe('0%');
  });

  it('of no whole is a dash', () => {
    expect(shareText(0n, 0n, 'en-GB')).toBe('–');
  });
});
