import { describe, expect, it } from '@jest/globals';
import { namedPairs } from './named-pairs.js';

const words = { said: 'Paid', came: 'Reported as spent', label: 'Goals' };
const settings = { currency: 'GBP', locale: 'en-GB' };

describe('bars by name', () => {
  it('say their figures in words and as a table, and are drawn the same each time', () => {
    const pairs = [
      { label: 'Ready for school', said: 4_500_00n, came: 2_600_00n },
      {
        label: 'Somewhere to go after school, at weekends and in every one of the long holidays',
        said: 1n,
        came: 0n,
      },
    ];
    const chart = namedPairs(pairs, words, settings);
    expect(chart.summary).toMatch(
      /^Paid beside reported as spent, by goals: Ready for school £4,500.00 and £2,600.00; /,
    );
    expect(chart.table.rows[0]).toEqual(['Ready for school', '£4,500.00', '£2,600.00']);
    expect(chart.wide).toContain('Ready for school');
    expect(chart.wide).toContain('Somewhere to go after school,');
    expect(chart.wide).toContain('at weekends and in every one of…');
    expect(chart.wide).not.toContain('holidays');
    expect(namedPairs(pairs, words, settings).wide).toBe(chart.wide);
  });
});
