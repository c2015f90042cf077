import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './day.js';
import { type Flow, mostRates, xirr } from './xirr.js';

const flows = (...given: [on: string, amount: bigint][]): Flow[] =>
  given.map(([on, amount]) => ({ on, amount }));

describe('the rate of return', () => {
  it.each<[string, Flow[], string]>([
    [
      'the example every spreadsheet documents',
      flows(
        ['2008-01-01', -10_000n],
        ['2008-03-01', 2_750n],
        ['2008-10-30', 4_250n],
        ['2009-02-15', 3_250n],
        ['2009-04-01', 2_750n],
      ),
      '0.3733625335',
    ],
    ['a tenth in a year of 365 days', flows(['2021-01-01', -100n], ['2022-01-01', 110n]), '0.1000000000'],
    // 1.1 ^ (365 ÷ 366) - 1
    [
      'a tenth in a leap year is a little less',
      flows(['2024-01-01', -100n], ['2025-01-01', 110n]),
      '0.0997135859',
    ],
    ['two years', flows(['2021-01-01', -100n], ['2023-01-01', 121n]), '0.1000000000'],
    ['nothing gained', flows(['2021-01-01', -100n], ['2024-06-30', 100n]), '0.0000000000'],
    ['half lost', flows(['2021-01-01', -100n], ['2022-01-01', 50n]), '-0.5000000000'],
    ['nearly all lost', flows(['2021-01-01', -100_000n], ['2022-01-01', 1n]), '-0.9999900000'],
    ['lost within a week', flows(['2021-01-01', -100n], ['2021-01-08', 50n]), '-1.0000000000'],
    ['gained within a day', flows(['2021-01-01', -100n], ['2021-01-02', 101n]), '36.7834343329'],
    ['a borrower’s flows', flows(['2021-01-01', 100n], ['2022-01-01', -110n]), '0.1000000000'],
    [
      'several drawdowns',
      flows(['2021-01-01', -100n], ['2022-01-01', -110n], ['2023-01-01', 242n]),
      '0.1000000000',
    ],
    ['in any order', flows(['2022-01-01', 110n], ['2021-01-01', -100n]), '0.1000000000'],
    [
      'flows of one day are one, and those that come to nothing are none',
      flows(
        ['2021-01-01', -160n],
        ['2021-01-01', 60n],
        ['2021-06-01', 7n],
        ['2021-06-01', -7n],
        ['2022-01-01', 110n],
        ['2030-01-01', 0n],
      ),
      '0.1000000000',
    ],
  ])('%s', (_, given, rate) => {
    expect(xirr(given)).toEqual({ rate });
  });

  it('a rate of many digits has its ten places too', () => {
    // 1.5 ^ 365 - 1
    expect(xirr(flows(['2021-01-01', -100n], ['2021-01-02', 150n]))).toEqual({
      rate: '18763314383263662969173698200786638780339779832576935328623349275.1569390390',
    });
  });

  it('and so has one beyond any use', () => {
    // 10 ^ (10 × 365) - 1
    const given = flows(['2021-01-01', -1n], ['2021-01-02', 10n ** 10n]);
    expect(xirr(given)).toEqual({ rate: `${'9'.repeat(3650)}.0000000000` });
  });

  it('flows too near to each other for any number are refused', () => {
    const given = flows(['2021-01-01', -1n], ['2021-01-02', 10n ** 14n]);
    expect(() => xirr(given)).toThrow('more than 5000 digits');
  });
});

describe('when there is not one rate', () => {
  it.each<[string, Flow[]]>([
    ['no flow at all', []],
    ['only money out', flows(['2021-01-01', -100n], ['2022-01-01', -1n])],
    ['a total loss', flows(['2021-01-01', -100n], ['2022-01-01', 0n])],
    ['all on one day', flows(['2021-01-01', -100n], ['2021-01-01', 110n])],
    ['in and out again on each day', flows(['2021-01-01', -5n], ['2021-01-01', 5n])],
  ])('%s: no sign change', (_, given) => {
    expect(xirr(given)).toEqual({ rate: null, reason: 'no sign change' });
  });

  it('more than all of it paid back again: no root', () => {
    const given = flows(['2021-01-01', -100n], ['2022-01-01', 200n], ['2023-01-01', -132n]);
    expect(xirr(given)).toEqual({ rate: null, reason: 'no root' });
  });

  it('two rates are both named', () => {
    const given = flows(['2021-01-01', -100n], ['2022-01-01', 230n], ['2023-01-01', -132n]);
    expect(xirr(given)).toEqual({
      rate: null,
      reason: 'not unique',
      roots: ['0.1000000000', '0.2000000000'],
    });
  });

  it('one of two may be below zero', () => {
    const given = flows(['2021-01-01', -100n], ['2022-01-01', 170n], ['2023-01-01', -60n]);
    expect(xirr(given)).toEqual({
      rate: null,
      reason: 'not unique',
      roots: ['-0.5000000000', '0.2000000000'],
    });
  });

  it('two that have become one are one', () => {
    expect(xirr(flows(['2021-01-01', -100n], ['2022-01-01', 220n], ['2023-01-01', -121n]))).toEqual({
      rate: '0.1000000000',
    });
  });

  it('three changes of sign may still have one rate', () => {
    const given = flows(
      ['2021-01-01', -100n],
      ['2022-01-01', 50n],
      ['2023-01-01', -10n],
      ['2024-01-01', 100n],
    );
    expect(mostRates(given)).toBe(3);
    expect(xirr(given)).toEqual({ rate: '0.1586221261' });
  });
});

describe('whatever the flows', () => {
  const anyFlows = fc.array(
    fc.record({
      on: fc.integer({ min: 0, max: 3000 }).map((offset) => addDays('2019-01-01', offset)),
      amount: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    }),
    { minLength: 1, maxLength: 7 },
  );
  const howMany = (answer: ReturnType<typeof xirr>) =>
    answer.rate !== null ? 1 : answer.reason === 'not unique' ? answer.roots.length : 0;

  it('finds every rate: those that a polynomial was made of', () => {
    const percents = fc.uniqueArray(fc.integer({ min: -95, max: 300 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(percents, (chosen) => {
        // The product of (100 + p) · y - 100, y being the discount of a year of 365 days.
        const product = chosen.reduce<bigint[]>(
          (terms, percent) =>
            [...terms, 0n].map(
              (term, index) => -100n * term + BigInt(100 + percent) * (index > 0 ? terms[index - 1]! : 0n),
            ),
          [1n],
        );
        const given = product.map((amount, year) => ({ on: addDays('2021-01-01', 365 * year), amount }));
        const rates = chosen.sort((a, b) => a - b).map((percent) => (percent / 100).toFixed(10));
        expect(xirr(given)).toEqual(
          rates.length === 1 ? { rate: rates[0] } : { rate: null, reason: 'not unique', roots: rates },
        );
      }),
      { numRuns: 60 },
    );
  });

  it('there are never more rates than changes of direction, and one where there is one', () => {
    fc.assert(
      fc.property(anyFlows, (given) => {
        const most = mostRates(given);
        const found = howMany(xirr(given));
        expect(found <= most).toBe(true);
        if (most === 1) expect(found).toBe(1);
      }),
    );
  });

  it('the rate depends neither on scale, nor on side, nor on order, nor on when it all began', () => {
    fc.assert(
      fc.property(
        anyFlows,
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.integer({ min: -3000, max: 3000 }),
        (given, factor, days) => {
          const answer = xirr(given);
          const changed = (change: (flow: Flow) => Flow) => xirr(given.map(change).reverse());
          expect(changed(({ on, amount }) => ({ on, amount: amount * factor }))).toEqual(answer);
          expect(changed(({ on, amount }) => ({ on, amount: -amount }))).toEqual(answer);
          expect(changed(({ on, amount }) => ({ on: addDays(on, days), amount }))).toEqual(answer);
        },
      ),
      { numRuns: 50 },
    );
  });
});
