import { describe, expect, it } from '@jest/globals';
import { csvText } from './csv.js';

describe('CSV', () => {
  it('is RFC 4180: CRLF, and quotes where they are needed', () => {
    expect(
      csvText([
        ['name', 'note'],
        ['North, River', 'said "yes"\nand left'],
      ]),
    ).toBe('name,note\r\n"North, River","said ""yes""\nand left"\r\n');
  });

  it.each(['=1+1', '+44', '-x', '@sum', '\tx'])('disarms %j, which a spreadsheet would run', (text) => {
    expect(csvText([[text]]).replace(/"/g, '')).toBe(`'${text}\r\n`);
  });

  it('leaves a negative amount a number', () => {
    expect(csvText([['-1250.00', null, undefined]])).toBe('-1250.00,,\r\n');
  });
});
