import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../platform/errors/domain-error.js';
import { parseReadingTable } from './reading-table.js';

const wards = [{ dimension: 'Area', categories: ['North ward', 'South ward'] }];

/** What is read, without what was not said. */
const read = (text: string) =>
  parseReadingTable(text, wards).map((line) =>
    Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)),
  );

function refusals(text: string): string[] {
  try {
    parseReadingTable(text, wards);
  } catch (error) {
    if (error instanceof DomainError) return error.fields.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('a table of readings', () => {
  it('as a spreadsheet copies it, without a heading, is period, value, source and note', () => {
    expect(read('2025\t62.5\tProfile\tfinal\r\n2026\t1,250.5')).toEqual([
      { line: 1, period: '2025', value: '62.5', source: 'Profile', note: 'final' },
      { line: 2, period: '2026', value: '1250.5' },
    ]);
  });

  it('with a heading may have its columns in any order', () => {
    expect(read('\ufeffvalue;Category;Period;note\n61,5;North ward;2025;"a; b"\n')).toEqual([
      { line: 2, period: '2025', value: '61.5', category: 'North ward', note: 'a; b' },
    ]);
  });

  it('may have a column for each category; what is empty is not read', () => {
    expect(read('period,value,North ward,South ward\n2025,5,,3\n')).toEqual([
      { line: 2, period: '2025', value: '5' },
      { line: 2, period: '2025', value: '3', dimension: 'Area', category: 'South ward' },
    ]);
  });

  it('names every line that cannot be understood', () => {
    expect(refusals('period,value,East ward\n2025,x,\n,5,\n2026,,\n')).toEqual([
      'Line 1: “East ward” is no column here, and no category.',
      'Line 2: "x" is not a number such as "62.5".',
      'Line 3: The period is missing.',
      'Line 4: The value of 2026 is missing.',
    ]);
    expect(refusals('')).toEqual(['Line 1: There is nothing in it.']);
    expect(refusals('2025\t"5')).toEqual([
      'Line 1: The table cannot be read: a quotation mark is not closed.',
    ]);
  });
});
