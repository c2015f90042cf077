import { describe, expect, it } from '@jest/globals';
import { readClaimCsv } from './claim-csv.js';

describe('a claim as CSV', () => {
  it('gathers the people of a metric, and keeps numbers as lines of their own', () => {
    const text =
      '\uFEFFmetric,quantity,value,person\nsignUp,440,,\nlevel3,,,1017\nrestored,,62.5,\nlevel3,,,1018\n';
    expect(readClaimCsv(text)).toEqual([
      { metric: 'signUp', quantity: '440', value: undefined, people: undefined },
      { metric: 'level3', quantity: undefined, value: undefined, people: ['1017', '1018'] },
      { metric: 'restored', quantity: undefined, value: '62.5', people: undefined },
    ]);
  });

  it.each([
    ['metric,quantity,name\nsignUp,1,Ana', '“name” is none of them'],
    ['quantity\n1', 'The first row names the columns'],
    ['metric,quantity\n,1', 'Row 2 names no metric.'],
    ['metric,quantity\nsignUp,1\nsignUp,many', 'Row 3: “many” is not a number'],
    ['metric,quantity\n', 'The file has no rows.'],
    ['metric,quantity\n"signUp,1', 'The file is not CSV'],
  ])('%j is refused', (text, words) => {
    expect(() => readClaimCsv(text)).toThrow(words);
  });
});
