import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount } from '../../maths/money.js';
import { CellReader, readDollars } from './cell-reader.js';
import { RowErrors } from './row-errors.js';

describe('an amount in dollars', () => {
  it.each([
    ['495000', 495_000_00n],
    ['499998.6', 499_998_60n],
    ['23823529.00', 23_823_529_00n],
    ['0.01', 1n],
    ['2.95E+07', 29_500_000_00n],
    ['1.5e3', 1_500_00n],
    ['12.500', 12_50n],
  ])('%s is taken exactly as written', (text, cents) => {
    expect(readDollars(text)).toBe(cents);
  });

  it.each(['', '1,250.00', '12.345', '-5.00', '$5', '1e99', '1E-2', '12345678901234', 'NaN', '0x10', ' 5'])(
    '“%s” is refused',
    (text) => {
      expect(readDollars(text)).toBeNull();
    },
  );

  it('comes back as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), (cents) => {
        expect(readDollars(formatAmount(cents, 'USD'))).toBe(cents);
      }),
    );
  });
});

describe('the cells of a row', () => {
  const reading = (cells: Record<string, string>) => {
    const errors = new RowErrors();
    const row = { file: 'projects.csv', line: 7, cells, broken: null };
    return { cells: new CellReader(row, '15', errors), errors };
  };

  it('has its white space tidied, no-break spaces included', () => {
    expect(reading({ OrgNm: 'Peace  and\u00A0Development \u00A0' }).cells.text('OrgNm')).toBe(
      'Peace and Development',
    );
  });

  it('reads American dates, and no others', () => {
    const { cells, errors } = reading({ a: '2/29/2024 12:00:00 AM', b: '2/29/2023', c: '29/2/2024' });
    expect(cells.day('a')).toBe('2024-02-29');
    expect(cells.day('b')).toBeNull();
    expect(cells.day('c')).toBeNull();
    expect(errors.of('15').errors.map(({ column }) => column)).toEqual(['b', 'c']);
  });

  it('is whole until something cannot be read; then the place and the value are named', () => {
    const { cells, errors } = reading({ FiscalYear: '20x4', DonorName: 'Norway' });
    cells.text('DonorName');
    expect(cells.isWhole).toBe(true);
    cells.year('FiscalYear', 1990, 2046);
    expect(cells.isWhole).toBe(false);
    expect(errors.of('15')).toEqual({
      total: 1,
      errors: [
        {
          file: 'projects.csv',
          line: 7,
          column: 'FiscalYear',
          value: '20x4',
          expected: 'a year from 1990 to 2046',
        },
      ],
    });
  });
});
