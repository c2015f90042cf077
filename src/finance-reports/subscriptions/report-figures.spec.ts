import { describe, expect, it } from '@jest/globals';
import { specimenSection } from '../../../test/support/report-specimen.js';
import { keepSection, type KeptSection } from '../documents/kept-section.js';
import { type Cell, rowsOf } from '../documents/report-document.js';
import { chartOfMail, figuresOf } from './report-figures.js';

const reader = { locale: 'en-GB', timeZone: 'Europe/London' };
const [table] = specimenSection.parts.filter((part) => part.kind === 'table');

/** A section whose table has so many rows, of 1.00 pledged and 0.10 received each. */
const ofRows = (count: number): Promise<KeptSection> =>
  keepSection(
    {
      ...specimenSection,
      parts: [
        specimenSection.parts[0]!,
        {
          ...table!,
          rows: rowsOf(
            Array.from({ length: count }, (_, row): Cell[] => [
              `Funder ${row + 1}`,
              100n,
              10n,
              { amount: 1n, currency: 'JPY' },
            ]),
          ),
        },
      ],
    },
    [],
  );

describe('what a mail says of a report', () => {
  it('of one pool: main figures, and the beginning of its first table with what it sums to', async () => {
    const { facts, table: shown } = figuresOf([await ofRows(9)], reader);
    expect(facts).toEqual([
      ['Cash', '€699,999.84'],
      ['Available to commit', '−€0.05'],
    ]);
    expect(shown).toEqual({
      title: 'Funder by funder, in EUR',
      headings: ['Funder', 'Pledged', 'Received'],
      rows: [
        ...[1, 2, 3, 4, 5, 6].map((number) => [`Funder ${number}`, '1.00', '0.10']),
        ['3 others', '3.00', '0.30'],
        ['Total', '9.00', '0.90'],
      ],
      numeric: [1, 2],
      isSummed: true,
    });
  });

  it('sums nothing up of which it has not every row', async () => {
    const { table: shown } = figuresOf([await ofRows(201)], reader);
    expect(shown!.rows.at(-1)).toEqual(['and more, in the files', '', '']);
    expect(shown!.rows).toHaveLength(7);
  });

  it('of several pools: a line each', async () => {
    const kept = await ofRows(1);
    const many = Array.from({ length: 14 }, (_, index) => ({ ...kept, pool: `Pool ${index + 1}` }));
    const { facts, table: shown } = figuresOf(many, reader);
    expect(facts).toBeUndefined();
    expect(shown!.headings).toEqual(['Pool', 'Cash', 'Available to commit']);
    expect(shown!.rows[0]).toEqual(['Pool 1', '€699,999.84', '−€0.05']);
    expect(shown!.rows.at(-1)).toEqual(['2 more, in the files', '', '']);
  });

  it('of nothing: nothing', () => {
    expect(figuresOf([], reader)).toEqual({});
    expect(chartOfMail([], 'en-GB')).toBeNull();
  });
});

describe('the chart of a mail', () => {
  it('is the first of one pool, and says so where it is in another currency than the figures', async () => {
    const kept = await ofRows(1);
    expect(chartOfMail([kept], 'en-GB')).toMatchObject({
      title: 'Pledged beside received',
      description: expect.stringContaining('2026 to 2027'),
    });
    const shown = { ...kept, currency: 'GBP', ledgerCurrency: 'EUR' };
    expect(chartOfMail([shown], 'en-GB')!.title).toBe('Pledged beside received, in EUR');
  });

  it('of several in one currency shares their first figure out; else it is that of the first', async () => {
    const kept = await ofRows(1);
    const other = { ...kept, pool: 'River Towns' };
    expect(chartOfMail([kept, other], 'en-GB')).toMatchObject({
      title: 'Cash, pool by pool',
      description: 'Cash: Early Years 50%, River Towns 50%.',
    });
    expect(chartOfMail([kept, { ...other, currency: 'GBP' }], 'en-GB')!.title).toBe(
      'Early Years: Pledged beside received',
    );
  });
});
