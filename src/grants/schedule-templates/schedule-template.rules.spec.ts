import { describe, expect, it } from '@jest/globals';
import type { ScheduleShape } from '../grant-schedule.js';
import { hasAmounts, requireShape } from './schedule-template.rules.js';
import { shapeText } from './schedule-template-words.js';

const award = { event: 'award', count: 10, unit: 'workingDays' };

describe('a saved schedule', () => {
  it.each([
    [
      { everyMonths: 3, equalInstalments: 20, upliftRate: '0.025' },
      '20 equal instalments, every 3 months, 2.5 % uplift a year',
    ],
    [{ everyMonths: 1, equalInstalments: 1 }, '1 instalment'],
    [
      { everyMonths: 12, slices: [{ percent: '40' }, { amount: '30000.00' }, { remaining: true }] },
      '40 %, 30000.00 and what remains, every 12 months',
    ],
    [
      {
        everyMonths: 12,
        slices: [
          { percent: '20', after: award },
          { remaining: true, after: { ...award, count: 0 } },
        ],
      },
      '20 % (10 working days after the award) and what remains (on the day of the award)',
    ],
    [
      {
        everyMonths: 6,
        slices: [
          { percent: '50', on: '2027-04-01' },
          { percent: '50', on: '2028-04-01' },
        ],
      },
      '50 % on 1 Apr 2027 and 50 % on 1 Apr 2028',
    ],
    [
      { everyMonths: 12, equalInstalments: 3, upliftIndex: ['0.03', '0.02'] },
      '3 equal instalments, every 12 months, uplift by a table',
    ],
  ] as [ScheduleShape, string][])('%j reads “%s”', (shape, text) => {
    expect(() => requireShape(shape, 'GBP')).not.toThrow();
    expect(shapeText(shape, 'GBP')).toBe(text);
  });

  it('may leave open what its fixed amounts come to: a grant decides', () => {
    const slices = [{ amount: '100.00' }, { percent: '10' }];
    expect(() => requireShape({ everyMonths: 1, slices }, 'GBP')).not.toThrow();
    expect(hasAmounts({ everyMonths: 1, slices })).toBe(true);
    expect(hasAmounts({ everyMonths: 1, equalInstalments: 2 })).toBe(false);
  });

  it.each([
    ['/slices', { everyMonths: 3 }],
    ['/slices', { everyMonths: 3, equalInstalments: 2, slices: [{ remaining: true }] }],
    ['/slices', { everyMonths: 3, slices: [{ percent: '60' }, { percent: '50' }] }],
    ['/slices', { everyMonths: 3, slices: [{ percent: '60' }, { percent: '30' }] }],
    ['/slices/0', { everyMonths: 3, slices: [{ percent: '60', amount: '5.00' }] }],
    ['/slices/0/amount', { everyMonths: 3, slices: [{ amount: '5.005' }, { remaining: true }] }],
    ['/slices/0/remaining', { everyMonths: 3, slices: [{ remaining: true }, { percent: '30' }] }],
    ['/slices/1/on', { everyMonths: 3, slices: [{ percent: '60', on: '2027-01-01' }, { remaining: true }] }],
    [
      '/slices/0/after/subject',
      { everyMonths: 3, slices: [{ remaining: true, after: { ...award, event: 'decisionPassed' } }] },
    ],
    ['/upliftIndex', { everyMonths: 12, equalInstalments: 4, upliftIndex: ['0.02'] }],
  ] as [string, ScheduleShape][])('is refused at %s where any grant by it would be', (pointer, shape) => {
    expect(() => requireShape(shape, 'GBP')).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });

  it('says in which currency its amounts are', () => {
    expect(() => requireShape({ everyMonths: 3, slices: [{ amount: '5.00' }] }, null)).toThrow('currency');
  });
});
