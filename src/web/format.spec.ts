import { describe, expect, it } from '@jest/globals';
import { changeText, decimalText, ratioText, shareText } from './format.js';

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

describe('a decimal in words', () => {
  it('has the places that it is shown with, and loses nothing before that', () => {
    expect(decimalText('12345678901234567.5', 1, 'en-GB')).toBe('12,345,678,901,234,567.5');
    expect(['2.5', '3.5', '-0.25'].map((value) => decimalText(value, 0, 'en-GB'))).toEqual(['2', '4', '0']);
  });

  it('is a ratio or a change in per cent', () => {
    expect(ratioText('0.978571', 'en-GB')).toBe('97.9%');
    expect(['0.113821', '-0.5', '0.000000'].map((ratio) => changeText(ratio, 'en-GB'))).toEqual([
      '+11.4%',
      '\u221250%',
      '0%',
    ]);
  });
});
