import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { chartSpecimens } from '../../../test/support/chart-specimens.js';
import { hasProgram } from '../../../test/support/programs.js';
import {
  specimenRegister,
  specimenSection,
  specimenStatement,
} from '../../../test/support/report-specimen.js';
import { askPoppler, textOfPdf } from '../../../test/support/read-files.js';
import { written } from '../../../test/support/written.js';
import { type Cell, chartOf, type ReportDocument, rowsOf } from '../documents/report-document.js';
import { pdfWriter } from './pdf.js';

describe('a report on paper', () => {
  it('is the same file again', async () => {
    const once = await written(pdfWriter, specimenStatement);
    expect(once.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    expect(await written(pdfWriter, specimenStatement)).toEqual(once);
  });

  it('tells how far it is, and stops when it is cancelled', async () => {
    const told: number[] = [];
    const cancelled = new Error('cancelled');
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    const writing = pdfWriter.write(specimenRegister([1_000_000]), sink, (rows) => {
      told.push(rows);
      if (rows >= 1_000) throw cancelled;
    });
    await expect(writing).rejects.toBe(cancelled);
    expect(told).toEqual([500, 1_000]);
  });

  it('rejects when the sink fails', async () => {
    const full = new Error('ENOSPC: no space left on device');
    const sink = new Writable({ write: (_chunk, _encoding, done) => done(full) });
    await expect(pdfWriter.write(specimenStatement, sink, () => undefined)).rejects.toBe(full);
  });
});

if (hasProgram('pdftotext')) {
  describe('what another program reads in it', () => {
    const textOf = async (document: ReportDocument) => textOfPdf(await written(pdfWriter, document));

    it('is every figure, name and letter of the document', async () => {
      const text = await textOf(specimenStatement);
      for (const words of [
        ...[
          'Pool position',
          'Harbour Towns Early Years',
          'Until 30 Nov 2026, by the day on which it happened',
        ],
        ...['1 Dec 2026, 08:00 (Europe/London)', '€699,999.84', '−€0.05', 'Pledged beside received'],
        'Łódź Foundation 1,250,000.00 400,000.10 500,000 JPY 12.5% 2 3 Nov 2026 3 Nov 2026, 09:30',
        ...['Işık Vakfı 300,000.00 299,999.99', '=1+1 −0.07 0.00', 'Total 1,549,999.65 700,000.19 9'],
        ...['Funder by funder in EUR', 'Received is what the bank says.', 'Cash 699,999.84 699,999.84 ties'],
        ...['Ties to the ledger', '2026-12-01T08:00:00.000Z', 'Page 1 of '],
      ])
        expect(text).toContain(words);
    });

    it('says in which way a report does not tie', async () => {
      const controlTotals = [{ name: 'Cash', report: 1n, ledger: 2n }];
      const document = { ...specimenStatement, sections: [{ ...specimenSection, controlTotals }] };
      const text = await textOf(document);
      expect(text).toContain('Does not tie to the ledger');
      expect(text).toContain('Cash 0.01 0.02 does not tie');
    });

    it('is tagged: headings, tables with headings of columns, pictures with their words', async () => {
      const document = specimenRegister([60]);
      document.sections[0]!.parts.unshift(specimenSection.parts[0]!);
      const pdf = await written(pdfWriter, document);
      const information = askPoppler('pdfinfo', pdf);
      expect(information).toMatch(/Tagged: +yes/);
      expect(information).toMatch(/Title: +Disbursement register: Harbour Towns Early Years/);
      const structure = askPoppler('pdfinfo', pdf, '-struct-text');
      expect(structure).toMatch(/H1 \(block\)\s+"Disbursement register"/);
      // The headings are repeated on each page, and told once.
      expect(structure.match(/TH/g)).toHaveLength(4 + 4);
      expect(structure.match(/"Payment 60"/g)).toHaveLength(1);
      expect(structure).toMatch(/Figure/);
      expect(askPoppler('pdftotext', pdf).match(/What for/g)!.length).toBeGreaterThan(1);
    });

    it('has its fonts in it, as far as they are used', async () => {
      const fonts = askPoppler('pdffonts', await written(pdfWriter, specimenStatement))
        .trim()
        .split('\n')
        .slice(2);
      expect(fonts.length).toBeGreaterThan(1);
      for (const font of fonts) expect(font).toMatch(/\+Roboto\S* .* yes yes yes +\d+ +\d+$/);
    });

    it('writes letters that its typeface lacks in Latin ones', async () => {
      const [table] = specimenSection.parts.filter((part) => part.kind === 'table');
      const rows = rowsOf([['日本財団'], ['Ελλάδα, България']] satisfies Cell[][]);
      const document = {
        ...specimenStatement,
        sections: [{ ...specimenSection, parts: [{ ...table!, rows }] }],
      };
      const text = await textOf(document);
      expect(text).toContain('RiBenCaiTuan');
      expect(text).toContain('Ελλάδα, България');
    });

    it('names the other formats in place of a table that is too long, with its totals', async () => {
      const text = await textOf(specimenRegister([2_001]));
      expect(text).toContain('This table has 2,001 rows');
      expect(text).toContain('Amount: 20,030.01 EUR');
      expect(text).not.toContain('Payment 1');
    });

    it('lays wide tables across', async () => {
      const columns = Array.from({ length: 12 }, (_, index) => ({
        ...{ name: `money${index}`, label: `Money ${index}`, type: 'money' as const },
      }));
      const rows = rowsOf([columns.map(() => 123_456_789_00n)]);
      const parts = [{ kind: 'table' as const, name: 'wide', title: 'Wide', columns, rows }];
      const sections = [{ ...specimenSection, parts }];
      const pdf = await written(pdfWriter, { ...specimenStatement, sections });
      expect(askPoppler('pdfinfo', pdf)).toMatch(/Page size: +841.89 x 595.28/);
    });

    it('draws every kind of chart, words and all', async () => {
      const parts = Object.entries(chartSpecimens).map(([title, { chart }]) => chartOf(title, chart));
      const text = await textOf({ ...specimenStatement, sections: [{ ...specimenSection, parts }] });
      for (const word of Object.values(chartSpecimens).flatMap(({ words }) => words))
        expect(text).toContain(word);
    });
  });
} else {
  describe('what stands in a PDF', () => {
    it('was not compared with its figures: pdftotext (Debian package poppler-utils) is not here', () => {
      expect(hasProgram('pdftotext')).toBe(false);
    });
  });
}
