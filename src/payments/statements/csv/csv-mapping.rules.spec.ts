import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../../../platform/errors/domain-error.js';
import { columnNames, type CsvTerms, type MappedColumn, requireMapping } from './csv-mapping.rules.js';

const date: MappedColumn = { column: 'Date', is: 'date' };
const amount: MappedColumn = { column: 'Amount', is: 'amount' };
const came: MappedColumn = { column: 'In', is: 'moneyIn' };
const went: MappedColumn = { column: 'Out', is: 'moneyOut' };

const wrong = (columns: MappedColumn[], more: Partial<CsvTerms> = {}): string | null => {
  try {
    requireMapping({
      ...{ delimiter: 'comma', encoding: 'utf-8', headingLine: 1, dateFormat: 'YYYY-MM-DD' },
      ...{ decimalMark: 'point', thousandsMark: 'none', columns, ...more },
    });
    return null;
  } catch (error) {
    return (error as DomainError).fields[0]!.pointer;
  }
};

describe('a mapping', () => {
  it.each([
    ['with date and amount', [date, amount], null],
    ['with money in and out', [date, came, went], null],
    [
      'with text on two columns',
      [date, amount, { column: 'A', is: 'text' }, { column: 'B', is: 'text' }],
      null,
    ],
    ['without a date', [amount], '/columns'],
    ['without an amount', [date], '/columns'],
    ['with money in alone', [date, came], '/columns'],
    ['with both kinds of amounts', [date, amount, came, went], '/columns'],
    ['with two dates', [date, amount, { column: 'Value date', is: 'date' }], '/columns/2/is'],
    ['with a column twice', [date, amount, { column: 'Date', is: 'text' }], '/columns/2/column'],
  ] as [string, MappedColumn[], string | null][])('%s', (_, columns, pointer) => {
    expect(wrong(columns)).toBe(pointer);
  });

  it('does not set off decimals and thousands by the same mark', () => {
    expect(wrong([date, amount], { thousandsMark: 'point' })).toBe('/thousandsMark');
  });
});

it('columns are called by their heading, or by their place where that says nothing', () => {
  expect(columnNames(['Date', ' Amount ', '', 'Text', 'Text', '#1'])).toEqual([
    ...['Date', 'Amount', '#3', '#4', '#5', '#6'],
  ]);
});
