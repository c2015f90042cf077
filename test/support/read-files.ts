import { parse } from 'csv-parse/sync';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function inFolder<T>(read: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-files-'));
  try {
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each sheet of a workbook as Gnumeric has it after working every formula out again: rows of text, numbers in full. */
export const recalculated = (workbook: Buffer): string[][][] =>
  inFolder((folder) => {
    const file = join(folder, 'report.xlsx');
    writeFileSync(file, workbook);
    const output = ['-T', 'Gnumeric_stf:stf_assistant', '-O', 'format=raw separator=,', '-S'];
    execFileSync('ssconvert', ['--recalc', ...output, file, join(folder, 'sheet-%n.csv')], {
      stdio: 'ignore',
    });
    return readdirSync(folder)
      .filter((name) => name.startsWith('sheet-'))
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((name) => parse(readFileSync(join(folder, name), 'utf8'), { relax_column_count: true }));
  });

/** What a program from poppler-utils says of a PDF. */
export const askPoppler = (
  program: 'pdftotext' | 'pdfinfo' | 'pdffonts',
  pdf: Buffer,
  ...options: string[]
): string =>
  inFolder((folder) => {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    const args = [...options, file, ...(program === 'pdftotext' ? ['-'] : [])];
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  });

/** The text of a PDF as it stands on its pages, with runs of spaces as one. */
export const textOfPdf = (pdf: Buffer): string =>
  askPoppler('pdftotext', pdf, '-layout', '-enc', 'UTF-8').replace(/[^\S\n]+/g, ' ');
