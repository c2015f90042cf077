import { describe, expect, it } from '@jest/globals';
import { usualBands } from '../series/series.js';
import { standingOf } from './standing.rules.js';

const values = [
  { on: '2024-12-31', value: '20' },
  { on: '2025-12-31', value: '16' },
  { on: '2026-12-31', value: '12.5' },
];
const series = { polarity: 'down' as const, baseline: '25', bands: [...usualBands] };

describe('where a series stands', () => {
  it('is told against the target of the day of its last value; where less is better, less is good', () => {
    expect(standingOf(series, values, [{ on: '2026-12-31', value: '10' }])).toEqual({
      ...{ on: '2026-12-31', value: '12.5', target: '10' },
      ...{ variance: '0.250000', percentOfTarget: '1.250000', baselineChange: '-0.500000' },
      ...{ trend: { direction: 'down', periods: 2, good: true }, colour: 'amber' },
    });
  });

  it('has no colour without a target, and is compared with the first reading without a baseline', () => {
    expect(standingOf({ ...series, baseline: null }, values, [])).toMatchObject({
      ...{ target: null, variance: null, percentOfTarget: null, baselineChange: '-0.375000', colour: null },
      trend: { direction: 'down', periods: 2, good: true },
    });
  });

  it('is nowhere before the first reading', () => {
    expect(standingOf(series, [], [])).toBeNull();
  });
});
