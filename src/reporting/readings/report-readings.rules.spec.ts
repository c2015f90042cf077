import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Series } from '../../goals/series/series.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import {
  type AskedSeries,
  calculatedAt,
  cellsOf,
  keepSettled,
  noLongerAsked,
  type ReadingCell,
  readSent,
  type SentReadings,
  toTake,
} from './report-readings.rules.js';

const whole = { dimension: '', category: '' };
const north = { dimension: 'Area', category: 'North ward' };
const wards = [{ dimension: 'Area', categories: ['North ward'] }];
const firstHalf = { periodFrom: '2027-01-01', periodTo: '2027-06-30' };

describe('what is read in a report', () => {
  it('is each period that ends in it, of the whole and of every part', () => {
    expect(cellsOf({ frequency: 'quarter', disaggregation: wards }, firstHalf)).toEqual([
      { period: '2027-Q1', ...whole },
      { period: '2027-Q2', ...whole },
      { period: '2027-Q1', ...north },
      { period: '2027-Q2', ...north },
    ]);
    expect(cellsOf({ frequency: 'year', disaggregation: [] }, firstHalf)).toEqual([]);
    const autumn = { periodFrom: '2027-08-15', periodTo: '2027-11-14' };
    expect(cellsOf({ frequency: 'month', disaggregation: [] }, autumn).map(({ period }) => period)).toEqual([
      ...['2027-08', '2027-09', '2027-10'],
    ]);
  });

  it('is asked for once, whatever the periods of the reports are', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 });
    const frequency = fc.constantFrom<Series['frequency']>('month', 'quarter', 'halfYear', 'year');
    fc.assert(
      fc.property(lengths, frequency, (days, every) => {
        const dayOf = (at: number) => new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10);
        let at = 0;
        const asked = days.flatMap((length) => {
          const report = { periodFrom: dayOf(at), periodTo: dayOf(at + length - 1) };
          at += length;
          return cellsOf({ frequency: every, disaggregation: [] }, report).map(({ period }) => period);
        });
        const inOne = cellsOf(
          { frequency: every, disaggregation: [] },
          { periodFrom: dayOf(0), periodTo: dayOf(at - 1) },
        );
        expect(asked).toEqual(inOne.map(({ period }) => period));
      }),
    );
  });
});

const visits: AskedSeries = {
  series: { id: 'visits', name: 'Visits', formula: null } as Series,
  cells: [{ period: '2027-Q1', ...whole }],
};
const share: AskedSeries = {
  series: { id: 'share', name: 'Share', formula: 'percentage' } as Series,
  cells: [{ period: '2027-Q1', ...whole }],
};

function refusedAt(sent: SentReadings[]): string | undefined {
  try {
    readSent(sent, [visits, share]);
  } catch (error) {
    if (error instanceof DomainError) return error.fields[0]?.pointer;
    throw error;
  }
  return undefined;
}

describe('what is sent', () => {
  it('is kept as plain numbers', () => {
    const values = [{ period: '2027-Q1', value: '61.50' }];
    expect(readSent([{ seriesId: 'visits', source: 'Own record', values }], [visits])).toEqual(
      new Map([
        [
          'visits',
          {
            ...{ source: 'Own record', method: '', note: '' },
            cells: [{ period: '2027-Q1', ...whole, value: '61.5', settled: null }],
          },
        ],
      ]),
    );
  });

  it.each([
    [[{ seriesId: 'other' }], '/readings/0/seriesId'],
    [[{ seriesId: 'visits' }, { seriesId: 'visits' }], '/readings/1/seriesId'],
    [[{ seriesId: 'visits', values: [{ period: '2027-Q2', value: '1' }] }], '/readings/0/values/0/period'],
    [
      [{ seriesId: 'visits', values: [{ period: '2027-Q1', value: '1.1234567' }] }],
      '/readings/0/values/0/value',
    ],
    [[{ seriesId: 'share', values: [{ period: '2027-Q1', value: '1' }] }], '/readings/0/values/0/value'],
    [
      [{ seriesId: 'visits', values: [{ period: '2027-Q1' }, { period: '2027-Q1' }] }],
      '/readings/0/values/1/period',
    ],
  ])('%j is refused at %s', (sent, pointer) => {
    expect(refusedAt(sent)).toBe(pointer);
  });
});

const cell = (value: string | null, settled: string | null): ReadingCell => ({
  ...{ period: '2027-Q1', ...whole, value, settled },
});

describe('what is said again', () => {
  it('remembers what was taken as a reading, and forgets what never was', () => {
    expect(keepSettled([cell('6', null)], [cell('5', '5')])).toEqual([cell('6', '5')]);
    expect(keepSettled([], [cell('5', '5')])).toEqual([cell(null, '5')]);
    expect(keepSettled([], [cell('5', null)])).toEqual([]);
  });
});

describe('what becomes a reading', () => {
  const taken = (one: ReadingCell, standing?: { value: string | null; isOwn: boolean }) =>
    toTake([one], () => standing, 'An invoice was booked twice.');
  const own = { value: '5', isOwn: true };
  const others = { value: '7', isOwn: false };

  it('is what is new, and what is said otherwise than before', () => {
    expect(taken(cell('5', null))).toEqual([{ cell: cell('5', null), reason: '' }]);
    expect(taken(cell('5', '5'), own)).toEqual([]);
    expect(taken(cell('6', '5'), own)).toEqual([
      { cell: cell('6', '5'), reason: 'An invoice was booked twice.' },
    ]);
  });

  it('gives no reason of its own for what somebody else has read', () => {
    expect(taken(cell('5', null), others)).toEqual([{ cell: cell('5', null), reason: '' }]);
    expect(taken(cell('5', '5'), others)).toEqual([]);
  });

  it('takes back what came in the report, and nothing else', () => {
    expect(taken(cell(null, '5'), own)).toHaveLength(1);
    expect(taken(cell(null, '5'), others)).toEqual([]);
    expect(taken(cell(null, '5'), { value: null, isOwn: true })).toEqual([]);
  });
});

describe('a value of a report whose period was moved', () => {
  const monthly = { frequency: 'month' as const, disaggregation: [] };
  const inMonth = (period: string): ReadingCell => ({ ...whole, period, value: '5', settled: null });
  it('is not asked for any more where its own period ends after it', () => {
    const shorter = { periodFrom: '2027-01-01', periodTo: '2027-02-28' };
    expect(noLongerAsked([inMonth('2027-02'), inMonth('2027-03')], monthly, shorter)).toBe(1);
    expect(noLongerAsked([inMonth('2027-02')], monthly, shorter)).toBe(-1);
  });
});

describe('a calculated value of a report', () => {
  const inputs = [
    { id: 'a', name: 'Within two days', unit: 'families', part: 'numerator' as const },
    { id: 'b', name: 'Visited', unit: 'families', part: 'denominator' as const },
  ];
  it('is worked out, or names what is missing', () => {
    const of = (a: string | null, b: string | null) =>
      calculatedAt('percentage', inputs, (id) => (id === 'a' ? a : b));
    expect(of('3', '4')).toEqual({ value: '75', missing: [], problem: null });
    expect(of(null, '4').missing).toEqual(['Within two days']);
    expect(of(null, null)).toEqual({ value: null, missing: ['Within two days', 'Visited'], problem: null });
  });
});
