import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Cell, type ReportSection, rowsOf } from './report-document.js';
import { inCurrency } from './shown-currency.js';

const section = (amounts: bigint[]): ReportSection => ({
  coalition: 'River Towns',
  pool: 'River Towns Fund',
  currency: 'GBP',
  keyFigures: [{ name: 'cash', label: 'Cash', amount: amounts.reduce((total, one) => total + one, 0n) }],
  parts: [
    {
      kind: 'table',
      name: 'funders',
      title: 'Funders',
      columns: [
        { name: 'funder', label: 'Funder', type: 'text' },
        { name: 'paid', label: 'Paid', type: 'money', isSummed: true },
        { name: 'left', label: 'Left', type: 'money' },
        { name: 'given', label: 'Given', type: 'foreignMoney' },
      ],
      rows: rowsOf(amounts.map((amount) => ['North', amount, amount, { amount, currency: 'USD' }])),
    },
  ],
  controlTotals: [{ name: 'Cash', report: 7n, ledger: 7n }],
});

const rate = (from: string, to: string, value: string) => ({ from, to, rate: value, source: 'ECB' });

async function rowsIn(shown: ReportSection): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for (const part of shown.parts)
    if (part.kind === 'table') for await (const row of part.rows()) rows.push(row);
  return rows;
}

describe('a report in another currency', () => {
  it('rounds half away from zero, and lets the parts sum to the whole', async () => {
    const shown = inCurrency(section([1n, 1n, 1n, -6n]), 'EUR', [rate('GBP', 'EUR', '1.5')]);
    expect((await rowsIn(shown)).map(([, paid, left]) => [paid, left])).toEqual([
      [2n, 2n],
      [1n, 2n],
      [2n, 2n],
      [-10n, -9n],
    ]);
    expect(shown).toMatchObject({ currency: 'EUR', ledgerCurrency: 'GBP' });
    expect(shown.keyFigures[0]!.amount).toBe(-5n);
  });

  it('minds the digits of both currencies', async () => {
    const shown = inCurrency(section([12_345n]), 'JPY', [rate('GBP', 'JPY', '190')]);
    expect((await rowsIn(shown))[0]![1]).toBe(23_456n);
  });

  it('leaves what holds it to the ledger, and amounts in a currency of their own, as they are', async () => {
    const shown = inCurrency(section([100n]), 'EUR', [rate('GBP', 'EUR', '1.15')]);
    expect(shown.controlTotals).toEqual([{ name: 'Cash', report: 7n, ledger: 7n }]);
    expect((await rowsIn(shown))[0]![3]).toEqual({ amount: 100n, currency: 'USD' });
  });

  it('is the report itself in its own currency, and refused without a rate', () => {
    const own = section([1n]);
    expect(inCurrency(own, 'GBP', [])).toBe(own);
    expect(() => inCurrency(own, 'EUR', [rate('EUR', 'GBP', '2')])).toThrow(
      'State how much EUR one GBP is, to show the report in EUR.',
    );
  });

  it('sums down every column to the rounded sum, whatever the amounts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 100_000 }),
        async (amounts, points) => {
          const value = (points / 10_000).toFixed(4);
          const shown = inCurrency(section(amounts), 'EUR', [rate('GBP', 'EUR', value)]);
          const total = (await rowsIn(shown)).reduce((sum, [, paid]) => sum + (paid as bigint), 0n);
          expect(total).toBe(shown.keyFigures[0]!.amount);
        },
      ),
      { numRuns: 50 },
    );
  });
});
