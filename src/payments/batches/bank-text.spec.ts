import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bankText } from './bank-text.js';

describe('a text for a bank', () => {
  it.each([
    ['Straße & Söhne', 'Strasse + Sohne'],
    ['Łódź – „Dzieci”', "Lodz - 'Dzieci'"],
    ['Δίκτυο Νέων', 'Diktyo Neon'],
    ['Мережа дій', 'Merezha diy'],
    ['G-1 / instalment 2', 'G-1 / instalment 2'],
    ['//urgent//', 'urgent'],
    ['100 % of #4', '100 per cent of No.4'],
    ['€5', 'EUR 5'],
    ['\u0007', '.'],
  ])('%j is written %j', (text, written) => {
    expect(bankText(text, 70)).toBe(written);
  });

  it('is cut to what the field holds, without a blank or slash at the end', () => {
    expect(bankText('Stream Youth Work', 7)).toBe('Stream');
    expect(bankText('River/Towns', 6)).toBe('River');
  });

  it('never leaves the character set, is never empty and never too long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 140 }),
        (text, most) => {
          const written = bankText(text, most);
          expect(written).toMatch(
            /^[A-Za-z0-9\-?:().,'+](?:[A-Za-z0-9/\-?:().,'+ ]*[A-Za-z0-9\-?:().,'+])?$/,
          );
          expect(written.length).toBeLessThanOrEqual(most);
          expect(written).not.toContain('//');
        },
      ),
    );
  });
});
