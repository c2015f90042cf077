import { describe, expect, it } from '@jest/globals';
import { continued, linePoints, valueOn } from './trajectory.rules.js';

const targets = [
  { on: '2026-12-31', value: '70' },
  { on: '2028-12-31', value: '80' },
];

describe('the target of a day', () => {
  it('lies on the straight line between the points around it, by days', () => {
    expect(valueOn(targets, '2026-12-31')).toBe('70');
    // 365 of 731 days.
    expect(valueOn(targets, '2027-12-31')).toBe('74.99316');
  });

  it('is what the last point says after it, and nothing before the first', () => {
    expect(valueOn(targets, '2035-01-01')).toBe('80');
    expect(valueOn(targets, '2026-12-30')).toBeNull();
    expect(valueOn([], '2026-12-30')).toBeNull();
  });

  it('begins at the baseline, where that comes first', () => {
    expect(linePoints({ on: '2024-12-31', value: '60' }, targets)[0]).toEqual({
      on: '2024-12-31',
      value: '60',
    });
    expect(linePoints({ on: '2027-06-30', value: '60' }, targets)).toEqual(targets);
    expect(linePoints({ on: '2024-12-31', value: '60' }, [])).toEqual([]);
  });
});

describe('a curve that goes on as it did', () => {
  const reading = (year: number, value: string) => ({ on: `${year}-12-31`, value });

  it('goes straight on from the first to the last of its last four readings', () => {
    const readings = [
      reading(2020, '999'),
      reading(2021, '10'),
      reading(2022, '0'),
      reading(2023, '50'),
      reading(2024, '20'),
    ];
    // From 10 to 20 in 1096 days, and 365 more.
    expect(continued(readings, ['2024-12-31', '2025-12-31'])).toEqual([
      { on: '2025-12-31', value: '23.330292' },
    ]);
  });

  it('needs two readings', () => {
    expect(continued([reading(2024, '20')], ['2025-12-31'])).toEqual([]);
    expect(continued([], ['2025-12-31'])).toEqual([]);
  });
});
