import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { excerptOf, foundFrom, foundTo, markFound } from './excerpt.js';

/** "we [met] often" as the database marks it. */
const marked = (text: string): string => text.replaceAll('[', foundFrom).replaceAll(']', foundTo);

describe('what is found', () => {
  it('is marked in the text as it was written, accents and signs and all', () => {
    expect(markFound('Das Café <b>', marked('Das [Cafe]  b '))).toEqual([
      { text: 'Das ', isFound: false },
      { text: 'Café', isFound: true },
      { text: ' <b>', isFound: false },
    ]);
  });

  it('keeps every letter of the text, whatever is marked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.boolean()), { maxLength: 8 }),
        (parts) => {
          const clean = parts.map(([part]) => part.replace(/[\u{E000}\u{E001}]/gu, ''));
          const headline = clean
            .map((part, index) => (parts[index]![1] ? `${foundFrom}${part}${foundTo}` : part))
            .join('');
          const text = clean.join('');
          expect(
            markFound(text, headline)
              .map((segment) => segment.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });

  it('is not marked at all where the two texts do not fit', () => {
    expect(markFound('short', marked('[longer] than that'))).toEqual([{ text: 'short', isFound: false }]);
  });
});

describe('an excerpt', () => {
  it('is the beginning of the text where nothing was asked for', () => {
    expect(excerptOf('We met.', null)).toEqual([{ text: 'We met.', isFound: false }]);
    expect(excerptOf('word '.repeat(100), null)[0]!.text).toMatch(/^(word ){43}word …$/);
  });

  it('shows the words around a find, and leaves out what is far from it', () => {
    const far = 'far away '.repeat(40);
    const excerpt = excerptOf(`${far}we met ${far}`, marked(`${far}we [met] ${far}`));
    expect(excerpt.map(({ isFound }) => isFound)).toEqual([false, true, false]);
    expect(excerpt[0]!.text).toMatch(/^… .{1,90}we $/);
    expect(excerpt[1]!.text).toBe('met');
    expect(excerpt[2]!.text.length).toBeLessThan(100);
  });

  it('shows three finds at most', () => {
    const text = 'met and '.repeat(9);
    const excerpt = excerptOf(text, marked('[met] and '.repeat(9)));
    expect(excerpt.filter(({ isFound }) => isFound)).toHaveLength(3);
  });
});
