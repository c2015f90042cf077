import { describe, expect, it } from '@jest/globals';
import { waterfallChart } from './waterfall-chart.js';

const settings = { currency: 'GBP', locale: 'en-GB' };
const words = { whole: 'Available', rest: 'Stays in the bond' };
const chart = waterfallChart(
  100_000n,
  [
    { label: 'Fee', amount: 5_000n },
    { label: 'Return of capital', amount: 60_000n },
  ],
  words,
  settings,
);

describe('a waterfall', () => {
  it('says what each step takes, what it leaves, and what is left at the end', () => {
    expect(chart.table.rows).toEqual([
      ['Available', '', '£1,000.00'],
      ['Fee', '£50.00', '£950.00'],
      ['Return of capital', '£600.00', '£350.00'],
      ['Stays in the bond', '', '£350.00'],
    ]);
    expect(chart.summary).toBe('£1,000.00 runs down in 2 steps; £350.00 stays in the bond.');
  });

  it('draws each step with its amount, at every width', () => {
    for (const drawing of [chart.wide, chart.medium, chart.narrow]) {
      expect(drawing).toContain('£600.00');
      expect(drawing).toContain('Return of');
    }
  });

  it('is the same text for the same figures', () => {
    const steps = [{ label: 'Fee', amount: 5_000n }];
    const draw = () => waterfallChart(10_000n, steps, words, settings).wide;
    expect(draw()).toBe(draw());
  });
});
