import { beforeAll, describe, expect, it } from '@jest/globals';
import Excel from 'exceljs';
import fc from 'fast-check';
import { Writable } from 'node:stream';
import {
  dangerous,
  specimenRegister,
  specimenSection,
  specimenStatement,
} from '../../../test/support/report-specimen.js';
import { hasProgram } from '../../../test/support/programs.js';
import { recalculated } from '../../../test/support/read-files.js';
import { written } from '../../../test/support/written.js';
import { formatAmount } from '../../maths/money.js';
import { type Cell, type ReportDocument, rowsOf } from '../documents/report-document.js';
import { xlsxWriter, xlsxWriterOf } from './xlsx.js';

/** The workbook, as another library reads it. */
async function opened(document: ReportDocument, writer = xlsxWriter): Promise<Excel.Workbook> {
  const workbook = new Excel.Workbook();
  const bytes = await written(writer, document);
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  );
  return workbook;
}

const valuesOf = (sheet: Excel.Worksheet, row: number): Excel.CellValue[] =>
  (sheet.getRow(row).values as Excel.CellValue[]).slice(1);

/** A statement of one table with one column of money. */
const ofAmounts = (amounts: readonly bigint[], currency: string): ReportDocument => ({
  ...specimenStatement,
  sections: [
    {
      ...specimenSection,
      currency,
      parts: [
        {
          ...{ kind: 'table', name: 'amounts', title: 'Amounts' },
          columns: [
            { name: 'what', label: 'What', type: 'text' },
            { name: 'amount', label: 'Amount', type: 'money', isSummed: true },
          ],
          rows: rowsOf(amounts.map((amount): Cell[] => ['x', amount])),
        },
      ],
    },
  ],
});

describe('a statement as a workbook', () => {
  let workbook: Excel.Workbook;
  let table: Excel.Worksheet;
  beforeAll(async () => {
    workbook = await opened(specimenStatement);
    table = workbook.getWorksheet('Funder by funder')!;
  });

  it('has a sheet that says what it is, and one for each table', () => {
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['About', 'Funder by funder']);
    expect(workbook.getWorksheet('About')!.getCell('A1').value).toBe('Pool position');
    expect(workbook.creator).toBe('Tributary');
    expect(workbook.created).toEqual(specimenStatement.asOf);
  });

  it('types what it shows: text, numbers in their currency, days, instants', () => {
    expect(valuesOf(table, 2)).toEqual([
      ...['Łódź Foundation', 1_250_000, 400_000.1, 500_000, 0.125, 2],
      ...[new Date('2026-11-03'), new Date('2026-11-03T09:30:00Z')],
    ]);
    const formats = [1, 2, 4, 5, 6, 7, 8].map((column) => table.getCell(2, column).numFmt);
    expect(formats).toEqual([
      ...['@', '#,##0.00 [$EUR];-#,##0.00 [$EUR]', '#,##0 [$JPY];-#,##0 [$JPY]', '0.0##%'],
      ...['#,##0', 'yyyy-mm-dd', 'yyyy-mm-dd hh:mm:ss'],
    ]);
  });

  it('keeps its headings in view, bold, on every page, and filters by them', () => {
    expect(table.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(table.getCell('A1').font.bold).toBe(true);
    expect(table.getCell('H1').value).toBe('Recorded (UTC)');
    expect(table.autoFilter).toBe('A1:H8');
    expect(table.pageSetup.printTitlesRow).toBe('1:1');
    expect(table.getColumn(1).width).toBe(30);
  });

  it('sums by formulas whose results are the totals', () => {
    expect(valuesOf(table, 9).slice(0, 6)).toEqual([
      'Total',
      { formula: 'ROUND(SUM($B$2:$B$8),2)', result: 1_549_999.65 },
      { formula: 'ROUND(SUM($C$2:$C$8),2)', result: 700_000.19 },
      ...[undefined, undefined, { formula: 'SUM($F$2:$F$8)', result: 9 }],
    ]);
  });

  it('never makes a formula of text', () => {
    const cells = dangerous.map((_, index) => table.getCell(4 + index, 1));
    expect(cells.map(({ value }) => value)).toEqual(dangerous);
    expect(new Set(cells.map(({ type }) => type))).toEqual(new Set([Excel.ValueType.String]));
  });

  it('says by a formula whether each control total ties, and all of them', async () => {
    const off = { name: 'Receivable', report: 1n, ledger: 2n };
    const document = {
      ...specimenStatement,
      sections: [{ ...specimenSection, controlTotals: [...specimenSection.controlTotals, off] }],
    };
    const about = (await opened(document)).getWorksheet('About')!;
    const last = about.rowCount;
    expect(valuesOf(about, last - 2).slice(1)).toEqual([
      ...['Cash', 699_999.84, 699_999.84],
      { formula: `IF(C${last - 2}=D${last - 2},"ties","does not tie")`, result: 'ties' },
    ]);
    expect(about.getCell(last - 1, 5).result).toBe('does not tie');
    expect(about.getCell(last, 5).result).toBe('NOT ALL TIE');
  });

  it('is the same file again', async () => {
    expect(await written(xlsxWriter, specimenStatement)).toEqual(
      await written(xlsxWriter, specimenStatement),
    );
  });

  it('holds what XML cannot', async () => {
    const [table] = specimenSection.parts.filter((part) => part.kind === 'table');
    const texts = ['a\u0000b', 'R&D <"x">', '_x0041_', 'line\nnext', 'lone \ud800 half', '😀', ' spaced '];
    const rows = rowsOf(texts.map((text): Cell[] => [text]));
    const document = {
      ...specimenStatement,
      sections: [{ ...specimenSection, parts: [{ ...table!, rows }] }],
    };
    const sheet = (await opened(document)).worksheets[1]!;
    expect(texts.map((_, index) => sheet.getCell(index + 2, 1).value)).toEqual([
      ...['a_x0000_b', 'R&D <"x">', '_x005F_x0041_', 'line\nnext', 'lone _xD800_ half', '😀', ' spaced '],
    ]);
  });
});

describe('amounts in a workbook', () => {
  it('are the very minor units again, in any currency, as far as a spreadsheet can hold them', async () => {
    const amount = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n });
    const currency = fc.constantFrom('EUR', 'JPY', 'BHD', 'CLF');
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 50 }), currency, async (amounts, code) => {
        const sheet = (await opened(ofAmounts(amounts, code))).getWorksheet('Amounts')!;
        const digits = formatAmount(0n, code).split('.')[1]?.length ?? 0;
        amounts.forEach((minor, index) => {
          const value = sheet.getCell(index + 2, 2).value as number;
          expect(value.toFixed(digits).replace(/^-(0(\.0*)?)$/, '$1')).toBe(formatAmount(minor, code));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('that it cannot hold are text, and no formula sums them', async () => {
    const sheet = (await opened(ofAmounts([1n, 10n ** 15n], 'EUR'))).getWorksheet('Amounts')!;
    expect(sheet.getCell('B2').value).toBe(0.01);
    expect(sheet.getCell('B3').value).toBe('10000000000000.00');
    expect(sheet.getCell('B4').value).toBe('10000000000000.01 (more digits than a spreadsheet can sum)');
  });
});

describe('a register as a workbook', () => {
  it('is one sheet of all pools, summed currency by currency', async () => {
    const document = specimenRegister([2, 3]);
    document.sections[1]!.currency = 'JPY';
    const sheet = (await opened(document)).getWorksheet('Payments')!;
    expect(valuesOf(sheet, 1)).toEqual([
      'Coalition',
      'Pool',
      'Currency',
      'Day',
      'What for',
      'Amount',
      'Paid',
    ]);
    expect(valuesOf(sheet, 4)).toEqual([
      ...['Harbour Towns', 'Pool 2', 'JPY', new Date('2026-11-03'), 'Payment 1', 1, 0.001],
    ]);
    expect([7, 8].map((row) => [sheet.getCell(row, 1).value, sheet.getCell(row, 6).value])).toEqual([
      ['Total EUR', { formula: 'ROUND(SUMIF($C$2:$C$6,"EUR",$F$2:$F$6),2)', result: 0.03 }],
      ['Total JPY', { formula: 'ROUND(SUMIF($C$2:$C$6,"JPY",$F$2:$F$6),0)', result: 6 }],
    ]);
  });

  it.each([
    // Heading, rows and total fit; the total does not; the last row does not.
    [9, ['Payments'], 10],
    [10, ['Payments', 'Payments (2)'], 2],
    [11, ['Payments', 'Payments (2)'], 3],
  ])('of %i rows goes on where sheets of eleven end', async (length, names, totalRow) => {
    const workbook = await opened(specimenRegister([length]), xlsxWriterOf(11));
    expect(workbook.worksheets.slice(1).map(({ name }) => name)).toEqual(names);
    const last = workbook.worksheets.at(-1)!;
    expect(last.getCell('A1').value).toBe('Coalition');
    expect(last.getCell(last.rowCount, 1).value).toBe('Total');
    expect(last.rowCount).toBe(totalRow === 10 ? 11 : totalRow);
    const total = BigInt(length * (length + 1)) / 2n;
    expect(last.getCell(last.rowCount, 6).result).toBe(Number(formatAmount(total, 'EUR')));
  });

  it('stops when it is cancelled, or when the sink fails', async () => {
    const cancelled = new Error('cancelled');
    const open = new Writable({ write: (_chunk, _encoding, done) => done() });
    const cancel = () => {
      throw cancelled;
    };
    await expect(xlsxWriter.write(specimenRegister([100_000]), open, cancel)).rejects.toBe(cancelled);
    const full = new Error('ENOSPC: no space left on device');
    const sink = new Writable({ write: (_chunk, _encoding, done) => done(full) });
    await expect(xlsxWriter.write(specimenRegister([100_000]), sink, () => undefined)).rejects.toBe(full);
  });
});

if (hasProgram('ssconvert')) {
  describe('a spreadsheet that works everything out again', () => {
    it('comes to the same totals, ties, and leaves text as text', async () => {
      const [about, table] = recalculated(await written(xlsxWriter, specimenStatement));
      expect(about!.at(-1)!.at(-1)).toBe('all tie');
      expect(table!.at(-1)!.slice(0, 3)).toEqual(['Total', '1549999.65', '700000.19']);
      expect(table!.slice(3, -1).map(([name]) => name)).toEqual(dangerous);
    });

    it('comes to the same totals over several sheets and currencies', async () => {
      const document = specimenRegister([2_500, 1_234]);
      document.sections[1]!.currency = 'JPY';
      const sheets = recalculated(await written(xlsxWriterOf(1_000), document));
      expect(sheets).toHaveLength(5);
      const totals = sheets.at(-1)!.filter(([name]) => name!.startsWith('Total'));
      expect(totals.map(([name, , , , , amount]) => [name, amount])).toEqual([
        ['Total EUR', '31262.5'],
        ['Total JPY', '761995'],
      ]);
    });
  });
} else {
  describe('a workbook', () => {
    it('was not worked out again: ssconvert (Debian package gnumeric) is not here', () => {
      expect(hasProgram('ssconvert')).toBe(false);
    });
  });
}
