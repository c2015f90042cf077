import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './day.js';
import { parseDecimal } from './exact.js';
import { scoreMeasure } from './scorecard.js';
import type { Polarity } from './trend.js';

const bands = [
  ['75', 'yellow'],
  ['90', 'green'],
  ['0', 'red'],
].map(([percent = '', colour = '']) => ({ atLeastPercentOfTarget: parseDecimal(percent), colour }));

const readings = (values: string[]) =>
  values.map((value, index) => ({ on: addDays('2024-01-01', index), value: parseDecimal(value) }));

const score = (polarity: Polarity, baseline: string, target: string, values: string[]) =>
  scoreMeasure({
    polarity,
    baseline: parseDecimal(baseline),
    target: parseDecimal(target),
    readings: readings(values),
    bands,
  });

describe('how a measure stands', () => {
  it('by its last reading', () => {
    expect(score('up', '150', '200', ['150', '160', '170'])).toEqual({
      variance: '-0.150000',
      percentOfTarget: '0.850000',
      baselineChange: '0.133333',
      trend: { direction: 'up', periods: 2, good: true },
      colour: 'yellow',
    });
  });

  it('the last reading is that of the latest date', () => {
    const shuffled = readings(['150', '160', '170']).toReversed();
    const measure = { baseline: parseDecimal('150'), target: parseDecimal('200'), bands };
    expect(scoreMeasure({ ...measure, polarity: 'up', readings: shuffled })).toEqual(
      score('up', '150', '200', ['150', '160', '170']),
    );
  });

  it.each<[Polarity, string, string, string | null]>([
    ['up', '180', '200', 'green'],
    // 89.9999999 % shows as 0.900000, and is not 90 %.
    ['up', '179.9999998', '200', 'yellow'],
    ['up', '150', '200', 'yellow'],
    ['up', '149.99', '200', 'red'],
    ['up', '-1', '200', null],
    ['down', '10', '9', 'green'],
    ['down', '10.01', '9', 'yellow'],
    ['down', '12', '9', 'yellow'],
    ['down', '100', '9', 'red'],
    ['down', '0', '9', 'green'],
    ['down', '0', '0', 'green'],
    ['down', '3', '0', 'red'],
    ['up', '0', '0', 'green'],
    ['up', '1', '0', 'green'],
    ['up', '-1', '0', null],
    ['up', '-180', '-200', 'green'],
  ])('%s: %s against %s is %s', (polarity, last, target, colour) => {
    expect(score(polarity, '1', target, [last]).colour).toBe(colour);
  });

  it('less is better: the variance keeps its sign, the trend is good when it falls', () => {
    expect(score('down', '12.5', '8', ['12.5', '11', '9.6'])).toEqual({
      variance: '0.200000',
      percentOfTarget: '1.200000',
      baselineChange: '-0.232000',
      trend: { direction: 'down', periods: 2, good: true },
      colour: 'yellow',
    });
  });

  it('what would be divided by zero is null', () => {
    expect(score('up', '0', '0', ['5'])).toMatchObject({
      variance: null,
      percentOfTarget: null,
      baselineChange: null,
    });
  });

  it('two readings of one date, two bands of one bound, or no reading are refused', () => {
    const measure = { polarity: 'up' as const, baseline: parseDecimal('1'), target: parseDecimal('1') };
    const day = '2024-02-01';
    const [one, two] = readings(['1', '2']);
    expect(() => scoreMeasure({ ...measure, bands, readings: [one!, { ...two!, on: one!.on }] })).toThrow(
      expect.objectContaining({ code: 'givenTwice', pointer: '/readings/1/on' }),
    );
    const again = { atLeastPercentOfTarget: parseDecimal('90.0'), colour: 'blue' };
    expect(() =>
      scoreMeasure({ ...measure, bands: [...bands, again], readings: [{ ...one!, on: day }] }),
    ).toThrow(expect.objectContaining({ pointer: '/bands/3/atLeastPercentOfTarget' }));
    expect(() => scoreMeasure({ ...measure, bands, readings: [] })).toThrow(
      expect.objectContaining({ pointer: '/readings' }),
    );
  });

  it('a better reading never has a worse colour', () => {
    const rank = ['green', 'yellow', 'red'];
    const value = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.constantFrom<Polarity>('up', 'down'), value, value, value, (polarity, target, a, b) => {
        const [worse, better] = (polarity === 'up') === a < b ? [a, b] : [b, a];
        const colourOf = (last: number) =>
          rank.indexOf(score(polarity, '1', String(target), [String(last)]).colour!);
        expect(colourOf(better)).toBeLessThanOrEqual(colourOf(worse));
        expect(colourOf(worse)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
