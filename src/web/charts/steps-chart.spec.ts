import { describe, expect, it } from '@jest/globals';
import { stepsChart } from './steps-chart.js';

const settings = { currency: 'GBP', locale: 'en-GB' };
const steps = [
  { on: '2022-01-10', amount: 2_000_000n },
  { on: '2022-03-10', amount: 4_500_000n },
  { on: '2022-03-10', amount: 4_000_000n },
  { on: '2022-12-31', amount: 1_000_000n },
];
const chart = stepsChart('Capital outstanding', steps, '2023-12-31', settings);

describe('steps', () => {
  it('say from when what holds, of one day the last, the highest and what is there at the end', () => {
    expect(chart.table).toEqual({
      headings: ['From', 'Capital outstanding'],
      rows: [
        ['10 Jan 2022', '£20,000.00'],
        ['10 Mar 2022', '£40,000.00'],
        ['31 Dec 2022', '£10,000.00'],
      ],
    });
    expect(chart.summary).toBe(
      'Capital outstanding from 10 Jan 2022 to 31 Dec 2023: £40,000.00 at most, £10,000.00 at the end.',
    );
  });

  it('are drawn at every width, as the same text for the same figures', () => {
    for (const drawing of [chart.full, chart.wide, chart.medium, chart.narrow])
      expect(drawing).toMatch(/<path[^>]+d="M/);
    expect(stepsChart('Capital outstanding', steps, '2023-12-31', settings).wide).toBe(chart.wide);
  });

  it('stay level from the last step to the last day', () => {
    const once = stepsChart('Capital outstanding', steps.slice(0, 1), '2022-01-10', settings);
    expect(once.table.rows).toEqual([['10 Jan 2022', '£20,000.00']]);
    expect(once.summary).toContain('£20,000.00 at the end');
  });
});
