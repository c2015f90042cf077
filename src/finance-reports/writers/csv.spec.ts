import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { setTimeout as wait } from 'node:timers/promises';
import { Writable } from 'node:stream';
import {
  dangerous,
  specimenRegister,
  specimenSection,
  specimenStatement,
} from '../../../test/support/report-specimen.js';
import { written } from '../../../test/support/written.js';
import type { ReportDocument } from '../documents/report-document.js';
import { csvWriter } from './csv.js';

const textOf = async (document: ReportDocument) => (await written(csvWriter, document)).toString('utf8');
const linesOf = async (document: ReportDocument): Promise<string[][]> =>
  parse(await textOf(document), { record_delimiter: '\r\n' });

describe('a statement as CSV', () => {
  it('is rectangular: what it is about first, a line for each cell, what ties it last', async () => {
    const lines = await linesOf(specimenStatement);
    expect(lines[0]).toEqual(['pool', 'table', 'row', 'column', 'value', 'currency']);
    expect(lines.slice(1, 4)).toEqual([
      ['', 'about', '', 'report', 'poolPosition', ''],
      ['', 'about', '', 'title', 'Pool position', ''],
      ['', 'about', '', 'scope', 'Harbour Towns Early Years', ''],
    ]);
    expect(lines).toContainEqual(['', 'about', '', 'from', '', '']);
    expect(lines).toContainEqual(['', 'about', '', 'asOf', '2026-12-01T08:00:00.000Z', '']);
    expect(lines).toContainEqual(['Early Years', 'keyFigures', '', 'availableToCommit', '-0.05', 'EUR']);
    expect(lines.filter(([, table, row]) => table === 'funders' && row === '1')).toEqual([
      ['Early Years', 'funders', '1', 'funder', 'Łódź Foundation', ''],
      ['Early Years', 'funders', '1', 'pledged', '1250000.00', 'EUR'],
      ['Early Years', 'funders', '1', 'received', '400000.10', 'EUR'],
      ['Early Years', 'funders', '1', 'given', '500000', 'JPY'],
      ['Early Years', 'funders', '1', 'share', '12.5', ''],
      ['Early Years', 'funders', '1', 'pledges', '2', ''],
      ['Early Years', 'funders', '1', 'last', '2026-11-03', ''],
      ['Early Years', 'funders', '1', 'recorded', '2026-11-03T09:30:00.000Z', ''],
    ]);
    expect(lines).toContainEqual(['Early Years', 'notes', '3', 'text', 'Pledged, "signed", is kept.', '']);
    expect(lines.slice(-3)).toEqual([
      ['Early Years', 'controlTotals', '1', 'name', 'Cash', ''],
      ['Early Years', 'controlTotals', '1', 'report', '699999.84', 'EUR'],
      ['Early Years', 'controlTotals', '1', 'ledger', '699999.84', 'EUR'],
    ]);
  });

  it('disarms what a spreadsheet would run', async () => {
    const lines = await linesOf(specimenStatement);
    const names = lines.filter(([, table, , column]) => table === 'funders' && column === 'funder');
    expect(names.slice(2).map(([, , , , value]) => value)).toEqual(dangerous.map((text) => `'${text}`));
  });

  it('begins with its first heading, no byte order mark, and gives the same bytes again', async () => {
    const bytes = await written(csvWriter, specimenStatement);
    expect(bytes.subarray(0, 5).toString('latin1')).toBe('pool,');
    expect(await written(csvWriter, specimenStatement)).toEqual(bytes);
  });

  it('says in which currency the ledger ties, and at which rates the rest is shown', async () => {
    const section = { ...specimenSection, ledgerCurrency: 'JPY', controlTotals: [] };
    const lines = await linesOf({
      ...specimenStatement,
      rates: [{ from: 'JPY', to: 'EUR', rate: '0.0061', source: 'ECB, 30 November' }],
      sections: [{ ...section, controlTotals: [{ name: 'Cash', report: 7n, ledger: 8n }] }],
    });
    expect(lines).toContainEqual(['', 'rates', '1', 'rate', '0.0061', '']);
    expect(lines.slice(-2)).toEqual([
      ['Early Years', 'controlTotals', '1', 'report', '7', 'JPY'],
      ['Early Years', 'controlTotals', '1', 'ledger', '8', 'JPY'],
    ]);
  });

  it('tells pools of one name apart by their coalition', async () => {
    const other = { ...specimenSection, coalition: 'River Towns' };
    const lines = await linesOf({ ...specimenStatement, sections: [specimenSection, other] });
    expect(new Set(lines.slice(1).map(([pool]) => pool))).toEqual(
      new Set(['', 'Early Years (Harbour Towns)', 'Early Years (River Towns)']),
    );
  });
});

describe('a register as CSV', () => {
  it('is one wide table of all pools', async () => {
    const lines = await linesOf(specimenRegister([1, 2]));
    expect(lines).toEqual([
      ['coalition', 'pool', 'currency', 'day', 'text', 'amount', 'paid', 'paidCurrency'],
      ['Harbour Towns', 'Pool 1', 'EUR', '2026-11-03', 'Payment 1', '0.01', '0.001', 'KWD'],
      ['Harbour Towns', 'Pool 2', 'EUR', '2026-11-03', 'Payment 1', '0.01', '0.001', 'KWD'],
      ['Harbour Towns', 'Pool 2', 'EUR', '2026-11-03', 'Payment 2', '0.02', '0.002', 'KWD'],
    ]);
  });

  it('of nothing is its heading', async () => {
    expect(await textOf(specimenRegister([]))).toBe('coalition,pool,currency\r\n');
  });

  it('waits for a slow sink rather than piling rows up', async () => {
    let told = 0;
    let received = 0;
    let most = 0;
    const sink = new Writable({
      highWaterMark: 1024,
      write(chunk: Buffer, _encoding, done) {
        received += chunk.toString().split('\r\n').length - 1;
        most = Math.max(most, told - received);
        void wait(1).then(() => done());
      },
    });
    await csvWriter.write(specimenRegister([20_000]), sink, (rows) => (told = rows));
    expect([told, received]).toEqual([20_000, 20_001]);
    expect(most).toBeLessThan(2_000);
  });

  it('ends at once when it is cancelled', async () => {
    const cancelled = new Error('cancelled');
    let told = 0;
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    const writing = csvWriter.write(specimenRegister([1_000_000]), sink, (rows) => {
      told = rows;
      if (rows >= 1_000) throw cancelled;
    });
    await expect(writing).rejects.toBe(cancelled);
    expect(told).toBeLessThan(3_000);
    expect(sink.destroyed).toBe(true);
  });

  it('ends when the sink fails', async () => {
    const full = new Error('ENOSPC: no space left on device');
    const sink = new Writable({ write: (_chunk, _encoding, done) => done(full) });
    await expect(csvWriter.write(specimenRegister([100_000]), sink, () => undefined)).rejects.toBe(full);
  });
});
