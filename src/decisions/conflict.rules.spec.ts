import { describe, expect, it } from '@jest/globals';
import { conflictsOf, type Tie } from './conflict.rules.js';

const tie = (personId: string, ground: Tie['ground'], nature = ''): Tie => ({
  personId,
  ground,
  nature,
  sinceOn: '2025-03-01',
});

describe('conflicts', () => {
  it('name each person once, by the plainest tie', () => {
    const ties = [tie('A', 'register', 'My sister runs it.'), tie('A', 'seat'), tie('B', 'employer')];
    expect(conflictsOf(ties, 'Stream')).toEqual([
      { personId: 'A', ground: 'seat', reason: 'Speaks for Stream, which it concerns.' },
      {
        personId: 'B',
        ground: 'employer',
        reason: 'Has worked for Stream, which it concerns, since 1 Mar 2025.',
      },
    ]);
  });

  it('say what the register says, in its words', () => {
    expect(conflictsOf([tie('A', 'register', 'My sister runs it.')], 'Stream')).toEqual([
      { personId: 'A', ground: 'register', reason: 'Declared an interest in Stream: My sister runs it.' },
    ]);
  });

  it('are none where nobody is tied to it', () => {
    expect(conflictsOf([], 'Stream')).toEqual([]);
  });
});
