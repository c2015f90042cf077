import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Block, readLightText } from './light-text.js';

const wordsOf = (blocks: Block[]): string =>
  blocks
    .flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.spans))
    .map(({ text }) => text)
    .join('');

describe('a light text', () => {
  it('has headings, paragraphs and lists', () => {
    expect(readLightText('## Meeting\nWe meet\nweekly.\n\n- bread\n- soup')).toEqual([
      { kind: 'heading', spans: [{ text: 'Meeting' }] },
      { kind: 'paragraph', spans: [{ text: 'We meet' }, { text: ' ' }, { text: 'weekly.' }] },
      { kind: 'list', items: [[{ text: 'bread' }], [{ text: 'soup' }]] },
    ]);
  });

  it('has strong words, and links to the web only', () => {
    expect(readLightText('**Never** alone, see [the guide](https://example.org/guide).')).toEqual([
      {
        kind: 'paragraph',
        spans: [
          { text: 'Never', isStrong: true },
          { text: ' alone, see ' },
          { text: 'the guide', href: 'https://example.org/guide' },
          { text: '.' },
        ],
      },
    ]);
    expect(readLightText('[x](javascript:alert)')).toEqual([
      { kind: 'paragraph', spans: [{ text: '[x](javascript:alert)' }] },
    ]);
  });

  it('keeps every word that has no mark-up', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        expect(wordsOf(readLightText(words.join(' ')))).toBe(words.join(' '));
      }),
    );
  });
});
