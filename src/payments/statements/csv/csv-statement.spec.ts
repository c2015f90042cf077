import { describe, expect, it } from '@jest/globals';
import { StatementRefused, type StatementHead, type StatementLine } from '../statement-parts.js';
import type { CsvTerms } from './csv-mapping.rules.js';
import { readCsvStatement } from './csv-statement.js';

const terms: CsvTerms = {
  ...{ delimiter: 'comma', encoding: 'utf-8', headingLine: 1, dateFormat: 'DD/MM/YYYY' },
  ...{ decimalMark: 'point', thousandsMark: 'comma' },
  columns: [
    { column: 'Date', is: 'date' },
    { column: 'Amount', is: 'amount' },
    { column: 'Text', is: 'text' },
  ],
};
const origin = { account: 'GB33', currency: 'GBP', sha256: 'abcdef0123456789' };

/** The file cut into pieces, in the middle of lines and of letters. */
async function* pieces(content: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(content: string | Buffer, more: Partial<CsvTerms> = {}) {
  const lines: StatementLine[] = [];
  const warnings: string[] = [];
  let end: StatementHead | undefined;
  for await (const part of readCsvStatement(pieces(content), { ...terms, ...more }, origin)) {
    if (part.kind === 'line') lines.push(part.line);
    else if (part.kind === 'end') end = part.head;
    else if (part.kind === 'warning') warnings.push(part.text);
  }
  return { lines, warnings, end };
}
const refusal = async (content: string | Buffer, more: Partial<CsvTerms> = {}) => {
  const error: unknown = await read(content, more).catch((thrown: unknown) => thrown);
  return error instanceof StatementRefused ? error.message : error;
};

describe('a CSV statement', () => {
  it('is read by its headings, wherever they stand and whatever stands above', async () => {
    const content = `Account,GB33\n\n"Text",Amount,Branch,Date\n"Gift, with\nthanks",1,",",01/12/2026\n`;
    const rows = content.replace('1,",",', '"1,250.00",Main,');
    const { lines, end } = await read(rows, { headingLine: 3 });
    expect(lines).toMatchObject([
      { bookedOn: '2026-12-01', amount: 1250_00n, remittance: 'Gift, with thanks', endToEndId: null },
    ]);
    expect(end).toMatchObject({
      reference: 'CSV 2026-12-01 to 2026-12-01, abcdef01',
      closingOn: '2026-12-01',
    });
  });

  it('is read by places where it has no heading', async () => {
    const columns = [
      { column: '#1', is: 'date' },
      { column: '#3', is: 'amount' },
    ] as const;
    const { lines } = await read('01/12/2026;x;5.00\n', { headingLine: 0, delimiter: 'semicolon', columns });
    expect(lines).toMatchObject([{ bookedOn: '2026-12-01', amount: 5_00n }]);
  });

  it('has money in and money out in two columns, what went with a minus or without', async () => {
    const columns = [
      { column: 'Date', is: 'date' },
      { column: 'In', is: 'moneyIn' },
      { column: 'Out', is: 'moneyOut' },
    ] as const;
    const { lines, warnings } = await read(
      'Date,In,Out\n01/12/2026,5.00,\n01/12/2026,0.00,7.00\n01/12/2026,,-9.00\n01/12/2026,0.00,\n',
      { columns },
    );
    expect(lines.map(({ amount }) => amount)).toEqual([5_00n, -7_00n, -9_00n]);
    expect(warnings).toEqual(['Rows of nothing were left out: 1.']);
  });

  it('is read in Latin-1, with the euro sign of Windows', async () => {
    const content = Buffer.from('Date,Amount,Text\n01/12/2026,5.00,Caf\u00e9 \u0080\n', 'latin1');
    expect((await read(content, { encoding: 'latin-1' })).lines[0]!.remittance).toBe('Café €');
    expect(await refusal(content)).toBe('Line 2 is not in UTF-8. If the bank writes Latin-1, say so.');
  });

  it('tells lines that say the same apart, and knows them again in another file', async () => {
    const row = '01/12/2026,5.00,Gift\n';
    const one = await read(`Date,Amount,Text\n${row}${row}`);
    const more = await read(`Date,Amount,Text\n30/11/2026,1.00,Before\n${row}${row}${row}`);
    const references = one.lines.map(({ reference }) => reference);
    expect(new Set(references).size).toBe(2);
    expect(more.lines.slice(1, 3).map(({ reference }) => reference)).toEqual(references);
  });

  it('takes the bank’s own reference, numbered where it stands twice', async () => {
    const columns = [...terms.columns, { column: 'Ref', is: 'reference' } as const];
    const { lines } = await read(
      'Date,Amount,Text,Ref\n01/12/2026,5.00,Gift,R1\n01/12/2026,-1.00,Its fee,R1\n01/12/2026,2.00,,\n',
      { columns },
    );
    const [first, second, third] = lines.map(({ reference }) => reference);
    expect([first, second]).toEqual(['R1', 'R1#2']);
    expect(third).toMatch(/^[0-9a-f]{32}-1$/);
  });

  it('opens and closes by its running balance, and says where that breaks', async () => {
    const columns = [...terms.columns, { column: 'Balance', is: 'balance' } as const];
    const rows = (last: string) =>
      `Date,Amount,Text,Balance\n01/12/2026,5.00,a,105.00\n02/12/2026,-20.00,b,${last}\n`;
    expect((await read(rows('85.00'), { columns })).end).toMatchObject({ opening: 100_00n, closing: 85_00n });
    const { end, warnings } = await read(rows('84.00'), { columns });
    expect(end).toMatchObject({ opening: 100_00n, closing: 84_00n });
    expect(warnings).toEqual(['The running balance does not follow from the lines around line 3.']);
  });

  it('may end in rows of delimiters, and begin with a mark of its encoding', async () => {
    expect((await read('\ufeffDate,Amount,Text\r\n01/12/2026,5.00,a\r\n,,\r\n')).lines).toHaveLength(1);
  });

  it.each([
    ['', 'The file holds nothing below its heading in line 1.'],
    ['Date,Amount,Text\n', 'The file holds nothing below its heading in line 1.'],
    ['Datum,Amount,Text\n', 'The file has no column “Date”. Its heading in line 1 is: Datum, Amount, Text.'],
    [
      'Date,Amount,Text\n01/12/2026,5.00,a\n2026-12-02,5.00,b\n',
      'Line 3, column “Date”: “2026-12-02” is not a date written DD/MM/YYYY.',
    ],
    ['Date,Amount,Text\n,5.00,a\n', 'Line 2, column “Date”: the date is missing.'],
    ['Date,Amount,Text\n01/12/2026,,a\n', 'Line 2, column “Amount”: the amount is missing.'],
    [
      'Date,Amount,Text\n01/12/2026,5;00,a\n',
      'Line 2, column “Amount”: “5;00” is not an amount in GBP with decimals after a point, thousands apart by a comma.',
    ],
    [
      'Date,Amount,Text\n01/12/2026,5.001,a\n',
      'Line 2, column “Amount”: “5.001” is not an amount in GBP with decimals after a point, thousands apart by a comma.',
    ],
    ['Date,Amount,Text\n01/12/2026,5.00,"a\n', /^The file cannot be read as CSV at line \d+: /],
  ])('%j is refused with the line', async (content, sentence) => {
    expect(await refusal(content)).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  it('that has no ends of lines is refused before it fills the memory', async () => {
    async function* endless() {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      for (;;) yield await Promise.resolve(chunk);
    }
    const read = async () => {
      for await (const part of readCsvStatement(endless(), terms, origin)) if (part.kind === 'line') return;
    };
    await expect(read()).rejects.toThrow('Line 1 is too long for a statement.');
  });
});
