import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../maths/day.js';
import { overlap, type Period, refuseOddPeriod, standingOn } from './period.js';

const year2026: Period = { sinceOn: '2026-01-01', untilOn: '2026-12-31' };
const from2027: Period = { sinceOn: '2027-01-01', untilOn: null };

describe('standingOn', () => {
  it('counts the first and the last day as serving', () => {
    expect(standingOn(year2026, '2025-12-31')).toBe('upcoming');
    expect(standingOn(year2026, '2026-01-01')).toBe('serving');
    expect(standingOn(year2026, '2026-12-31')).toBe('serving');
    expect(standingOn(year2026, '2027-01-01')).toBe('ended');
  });

  it('never ends what is open-ended', () => {
    expect(standingOn(from2027, '2199-12-31')).toBe('serving');
  });
});

describe('overlap', () => {
  it('is false for neighbours and true for one shared day', () => {
    expect(overlap(year2026, from2027)).toBe(false);
    expect(overlap({ ...year2026, untilOn: '2027-01-01' }, from2027)).toBe(true);
  });

  it('is the same both ways, and true exactly when some day lies in both', () => {
    const period = fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.option(fc.integer({ min: 0, max: 10 })))
      .map(([start, length]): Period => {
        const sinceOn = addDays('2026-01-01', start);
        return { sinceOn, untilOn: length === null ? null : addDays(sinceOn, length) };
      });
    fc.assert(
      fc.property(period, period, (a, b) => {
        const days = Array.from({ length: 45 }, (_, offset) => addDays('2026-01-01', offset));
        const shared = days.some(
          (day) => standingOn(a, day) === 'serving' && standingOn(b, day) === 'serving',
        );
        expect(overlap(a, b)).toBe(shared);
        expect(overlap(b, a)).toBe(shared);
      }),
    );
  });
});

describe('refuseOddPeriod', () => {
  it('takes a single day, and an open end', () => {
    expect(() => refuseOddPeriod({ sinceOn: '2026-11-23', untilOn: '2026-11-23' })).not.toThrow();
    expect(() => refuseOddPeriod(from2027)).not.toThrow();
  });

  it('refuses an end before the beginning, naming untilOn', () => {
    expect(() => refuseOddPeriod({ sinceOn: '2026-11-23', untilOn: '2026-11-22' })).toThrow(
      expect.objectContaining({
        code: 'ruleBroken',
        detail: 'It would end before it begins. Choose a last day on or after the first.',
        fields: [expect.objectContaining({ pointer: '/untilOn' })],
      }),
    );
  });

  it('refuses a slip of the keyboard in the year', () => {
    expect(() => refuseOddPeriod({ sinceOn: '0226-11-23', untilOn: null })).toThrow(
      '0226-11-23 is no likely date. Check the year.',
    );
  });
});
