import { describe, expect, it } from '@jest/globals';
import { guessAmountStyle, guessDateFormat, guessEncoding, guessShape, guessTerms } from './csv-guess.js';

const shape = { delimiter: 'comma', encoding: 'utf-8', headingLine: 1 } as const;
const meaningsOf = (heading: string[]) =>
  Object.fromEntries(guessTerms(shape, heading, []).columns.map(({ column, is }) => [column, is]));

describe('what a file is guessed to be', () => {
  it.each([
    ['Date,Amount\n01/12/2026,"1,250.00"\n02/12/2026,5.00\n', 'comma', 1],
    [
      'Konto;DE89\nZeitraum;Dezember\n\nBuchungstag;Betrag;Text\n01.12.26;5,00;a\n02.12.26;1,00;b\n',
      'semicolon',
      4,
    ],
    ['Date\tAmount\n1\t2\n', 'tab', 1],
    ['one column\nand nothing else\n', 'comma', 1],
  ])('%j is cut at each %s, below line %s', (text, delimiter, headingLine) => {
    expect(guessShape(text)).toEqual({ delimiter, headingLine });
  });

  it('takes what is no UTF-8 for Latin-1', () => {
    expect(guessEncoding(Buffer.from('Café\n'))).toBe('utf-8');
    expect(guessEncoding(Buffer.from('Caf\u00e9\n', 'latin1'))).toBe('latin-1');
    expect(guessEncoding(Buffer.concat([Buffer.from('a\n'), Buffer.from('é').subarray(0, 1)]))).toBe('utf-8');
  });

  it.each([
    [
      ['Date', 'Description', 'Paid in', 'Paid out', 'Balance'],
      { Date: 'date', Description: 'text', 'Paid in': 'moneyIn', 'Paid out': 'moneyOut', Balance: 'balance' },
    ],
    [
      ['Buchungstag', 'Valuta', 'Auftraggeber/Empfänger', 'Verwendungszweck', 'Betrag', 'Saldo'],
      {
        ...{ Buchungstag: 'date', 'Auftraggeber/Empfänger': 'counterparty', Verwendungszweck: 'text' },
        ...{ Betrag: 'amount', Saldo: 'balance' },
      },
    ],
    [
      ['Transaction ID', 'Booking date', 'Value date', 'Payee', 'Reference', 'End-to-end id', 'Amount'],
      {
        ...{ 'Transaction ID': 'reference', 'Booking date': 'date', Payee: 'counterparty' },
        ...{ Reference: 'text', 'End-to-end id': 'endToEndId', Amount: 'amount' },
      },
    ],
  ])('%j', (heading, meanings) => {
    expect(meaningsOf(heading)).toEqual(meanings);
  });

  it.each([
    [['01/12/2026', '13/12/2026'], 'DD/MM/YYYY'],
    [['12/01/2026', '12/13/2026'], 'MM/DD/YYYY'],
    [['01.12.26'], 'DD.MM.YY'],
    [[], 'YYYY-MM-DD'],
  ])('dates such as %j are written %s', (cells, format) => {
    expect(guessDateFormat(cells)).toBe(format);
  });

  it.each([
    [['1,250.00', '5.00'], 'point', 'comma'],
    [['1.250,00', '5,00'], 'comma', 'point'],
    [['1 250,00'], 'comma', 'space'],
    [['1’250.00'], 'point', 'apostrophe'],
    [['5.00', '-7.50'], 'point', 'none'],
    [[], 'point', 'none'],
  ])('amounts such as %j have a %s and thousands by %s', (cells, decimalMark, thousandsMark) => {
    expect(guessAmountStyle(cells)).toEqual({ decimalMark, thousandsMark });
  });
});
