import { describe, expect, it } from '@jest/globals';
import { mayChange, refuseFuture, tidyTags, tidyWords } from './entry.rules.js';

describe('tags', () => {
  it('are kept in lower case, each once, in the order of the alphabet', () => {
    expect(tidyTags(['Schools', ' early  years ', 'schools', ''])).toEqual(['early years', 'schools']);
  });
});

describe('words', () => {
  it('are kept with one character for one sign', () => {
    const words = { action: 'a', observation: 'o', reflection: '', nextStep: '', tags: [] };
    const kept = tidyWords({ ...words, title: 'Cafe\u0301', happenedOn: '2026-11-20' });
    expect(kept.title).toBe('Caf\u00e9');
  });

  it('are of what has been, today at the latest', () => {
    expect(() => refuseFuture('2026-11-23', '2026-11-23')).not.toThrow();
    expect(() => refuseFuture('2026-11-24', '2026-11-23')).toThrow('It cannot have been after today');
  });
});

describe('an entry', () => {
  const own = { authorId: 'a', withdrawnAt: null };
  it.each([
    ['its author', own, { personId: 'a', isBackbone: false }, true],
    ['the backbone', own, { personId: 'b', isBackbone: true }, true],
    ['somebody else', own, { personId: 'b', isBackbone: false }, false],
    [
      'its author once it is withdrawn',
      { ...own, withdrawnAt: '2026-11-23T09:00:00.000Z' },
      { personId: 'a', isBackbone: false },
      false,
    ],
  ])('may be changed by %s: see the list', (_, entry, person, may) => {
    expect(mayChange(entry, person)).toBe(may);
  });
});
