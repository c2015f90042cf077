import { barsInPairs } from '../../src/web/charts/bars-in-pairs.js';
import { cashByQuarter } from '../../src/web/charts/cash-by-quarter.js';
import { cashForecast } from '../../src/web/charts/cash-forecast.js';
import type { Chart } from '../../src/web/charts/chart.js';
import { curveChart } from '../../src/web/charts/curve.js';
import { shareBar } from '../../src/web/charts/share-bar.js';
import { stepsChart } from '../../src/web/charts/steps-chart.js';
import { waterfallChart } from '../../src/web/charts/waterfall-chart.js';

const euros = { currency: 'EUR', locale: 'en-GB' };

/** One chart of each kind that there is, and words that stand in it. */
export const chartSpecimens: Record<string, { chart: Chart; words: string[] }> = {
  'bars in pairs': {
    chart: barsInPairs(
      [
        { label: '2026', said: 1_550_000_00n, came: 700_000_09n },
        { label: '2027', said: 250_000_00n, came: 0n },
      ],
      { said: 'Pledged', came: 'Received', label: 'Year' },
      euros,
    ),
    words: ['Pledged', 'Received', '2026', '€1.5m'],
  },
  'cash by quarter': {
    chart: cashByQuarter(
      [
        { on: '2026-02-03', amount: -50_000_00n },
        { on: '2026-08-03', amount: 20_000_00n },
      ],
      euros,
    ),
    words: ['In', 'Out', '2026 Q1', '2026 Q3'],
  },
  'cash forecast': {
    chart: cashForecast(
      ['2026-10', '2026-11', '2026-12'].map((month, index) => ({
        month: month as `${number}-${number}`,
        low: 90_000_00n - BigInt(index) * 40_000_00n,
        expected: 90_000_00n,
      })),
      25_000_00n,
      '2026-12',
      euros,
    ),
    words: ['Expected', 'Certain', 'Reserve', 'Funding cliff', 'Oct 2026'],
  },
  curve: {
    chart: curveChart(
      {
        ...{ name: 'Ready for school', unit: '%', polarity: 'up', today: '2026-11-30' },
        readings: [
          { on: '2025-03-31', value: '41', label: 'spring 2025' },
          { on: '2026-03-31', value: '48.5', label: 'spring 2026' },
        ],
        baseline: { on: '2024-03-31', value: '40' },
        target: [
          { on: '2024-03-31', value: '40' },
          { on: '2027-03-31', value: '60' },
        ],
        forecast: [{ on: '2027-03-31', value: '55' }],
        continuation: [{ on: '2027-03-31', value: '56' }],
        bands: [
          { atLeastPercentOfTarget: '95', colour: 'green' },
          { atLeastPercentOfTarget: '80', colour: 'amber' },
          { atLeastPercentOfTarget: '0', colour: 'red' },
        ],
        actions: [{ number: 1, startsOn: '2025-09-01' }],
      },
      { locale: 'en-GB', text: (value) => String(Number(value)) },
    ),
    words: ['Read', 'Target', 'Stated forecast', 'Baseline 40', 'Today'],
  },
  'share bar': {
    chart: shareBar(
      'Given',
      [
        { label: 'Łódź Foundation', minor: 3_000_00n },
        { label: 'Işık Vakfı', minor: 1_000_00n },
      ],
      euros,
    ),
    words: ['Łódź Foundation 75%', 'Işık Vakfı 25%'],
  },
  steps: {
    chart: stepsChart(
      'Capital outstanding',
      [
        { on: '2026-01-01', amount: 500_000_00n },
        { on: '2026-07-01', amount: 300_000_00n },
      ],
      '2026-12-31',
      euros,
    ),
    words: ['€500k', 'Jan 2026'],
  },
  waterfall: {
    chart: waterfallChart(
      100_000_00n,
      [
        { label: 'Capital', amount: 70_000_00n },
        { label: 'Preferred return', amount: 5_500_00n },
      ],
      { whole: 'Available', rest: 'Remains' },
      euros,
    ),
    words: ['Available', 'Preferred return', '€5,500.00', 'Remains'],
  },
};
