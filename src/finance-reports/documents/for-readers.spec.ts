import { describe, expect, it } from '@jest/globals';
import { specimenRegister } from '../../../test/support/report-specimen.js';
import { forReaders } from './for-readers.js';
import type { Cell, ReportDocument, ReportTable } from './report-document.js';

const tableOf = ({ sections: [section] }: ReportDocument) =>
  section!.parts.find((part): part is ReportTable => part.kind === 'table')!;
const rowsIn = async (document: ReportDocument) => {
  const rows: Cell[][] = [];
  for await (const row of tableOf(document).rows()) rows.push(row);
  return rows;
};

describe('a report for readers', () => {
  it('lacks what only programs ask for, and says the rest in its order', async () => {
    const document = specimenRegister([2]);
    const { columns } = tableOf(document);
    columns[1]!.isForPrograms = true;
    const shown = forReaders(document);
    expect(tableOf(shown).columns.map(({ name }) => name)).toEqual(
      columns.filter((_, place) => place !== 1).map(({ name }) => name),
    );
    const whole = await rowsIn(document);
    expect(await rowsIn(shown)).toEqual(whole.map((row) => row.filter((_, place) => place !== 1)));
    delete columns[1]!.isForPrograms;
  });

  it('is the same table where nothing is left out', () => {
    const document = specimenRegister([1]);
    expect(tableOf(forReaders(document))).toBe(tableOf(document));
  });
});
