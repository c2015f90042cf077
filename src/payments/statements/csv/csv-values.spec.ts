import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatAmount } from '../../../maths/money.js';
import { readBankAmount, readDate } from './csv-values.js';

const point = { decimalMark: 'point', thousandsMark: 'comma' } as const;
const comma = { decimalMark: 'comma', thousandsMark: 'point' } as const;
const plain = { decimalMark: 'point', thousandsMark: 'none' } as const;

describe('an amount as a bank writes it', () => {
  it.each([
    ['1,250.50', point, 1250_50n],
    ['-1,250.5', point, -1250_50n],
    ['1250', point, 1250_00n],
    ['12.50-', point, -12_50n],
    ['(12.50)', point, -12_50n],
    ['\u221212.50', point, -12_50n],
    ['+ 12.50', point, 12_50n],
    ['£1,250.00', point, 1250_00n],
    ['-£5.00', point, -5_00n],
    ['GBP 5.00', point, 5_00n],
    ['5.00 GBP', point, 5_00n],
    ['0.00', point, 0n],
    ['007.00', point, 7_00n],
    ['12.5000', point, 12_50n],
    ['1.234.567,89', comma, 1_234_567_89n],
    ['12,50-', comma, -12_50n],
    ['1 234,56', { decimalMark: 'comma', thousandsMark: 'space' } as const, 1234_56n],
    ['1\u202f234,56', { decimalMark: 'comma', thousandsMark: 'space' } as const, 1234_56n],
    ['1’234.56', { decimalMark: 'point', thousandsMark: 'apostrophe' } as const, 1234_56n],
    ['1,250.00', plain, null],
    ['1.250,00', point, null],
    ['1,25.00', point, null],
    ['12.505', point, null],
    ['12.50.1', plain, null],
    ['--5', plain, null],
    ['(5', plain, null],
    ['five', plain, null],
    ['', plain, null],
    ['.50', plain, null],
  ])('“%s” (%j) is %s', (text, style, minor) => {
    expect(readBankAmount(text, style, 'GBP')).toBe(minor);
  });

  it('is read back as it was written, in any style', () => {
    const minors = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
    fc.assert(
      fc.property(minors, (minor) => {
        const [whole = '', fraction = ''] = formatAmount(minor, 'GBP').split('.');
        const grouped = whole.replace(/\d(?=(\d{3})+$)/g, '$&.');
        expect(readBankAmount(`${grouped},${fraction}`, comma, 'GBP')).toBe(minor);
        expect(readBankAmount(formatAmount(minor, 'GBP'), plain, 'GBP')).toBe(minor);
      }),
    );
  });
});

describe('a date as a bank writes it', () => {
  it.each([
    ['2026-12-01', 'YYYY-MM-DD', '2026-12-01'],
    ['2026-12-01 10:33:00', 'YYYY-MM-DD', '2026-12-01'],
    ['2026-12-01T10:33:00Z', 'YYYY-MM-DD', '2026-12-01'],
    ['01/12/2026', 'DD/MM/YYYY', '2026-12-01'],
    ['1/2/2026', 'DD/MM/YYYY', '2026-02-01'],
    ['12/01/2026', 'MM/DD/YYYY', '2026-12-01'],
    ['01.12.2026', 'DD.MM.YYYY', '2026-12-01'],
    ['01.12.26', 'DD.MM.YY', '2026-12-01'],
    ['20261201', 'YYYYMMDD', '2026-12-01'],
    ['01 Dec 2026', 'DD MMM YYYY', '2026-12-01'],
    ['1 December 2026', 'DD MMM YYYY', '2026-12-01'],
    ['01-DEC-2026', 'DD-MMM-YYYY', '2026-12-01'],
    ['Dec 1, 2026', 'MMM DD, YYYY', '2026-12-01'],
    ['31/02/2026', 'DD/MM/YYYY', null],
    ['13/13/2026', 'DD/MM/YYYY', null],
    ['01x12x2026', 'DD.MM.YYYY', null],
    ['01/12/26', 'DD/MM/YYYY', null],
    ['', 'YYYY-MM-DD', null],
  ])('“%s” written %s is %s', (text, format, day) => {
    expect(readDate(text, format)).toBe(day);
  });
});
