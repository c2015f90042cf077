import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeReport, type ReportContent, seenOf } from './report-merge.rules.js';

const drawn: ReportContent = {
  ...{ story: 'It began.', learning: '' },
  lines: [
    { goalId: 'school', amount: '10.00', note: '' },
    { goalId: 'youth', amount: '', note: '' },
  ],
  readings: [readings('41', '')],
};

function readings(whole: string, part: string, source = '') {
  const at = (dimension: string, category: string, value: string) => ({
    ...{ period: '2027-Q1', dimension, category, value },
  });
  const values = [at('', '', whole), at('Area', 'North ward', part)];
  return { seriesId: 'visits', source, method: '', note: '', values };
}

const seen = seenOf(drawn);

describe('two people on one report', () => {
  it('keep what each wrote in a field of their own', () => {
    const theirs = { ...drawn, story: 'It began in May.' };
    const mine = { ...drawn, lines: [drawn.lines[0]!, { goalId: 'youth', amount: '5.00', note: 'Buses' }] };
    expect(mergeReport(theirs, mine, seen)).toEqual({
      merged: { ...theirs, lines: mine.lines },
      clashes: [],
    });
  });

  it('are told where both wrote in the same field, and of nothing where both wrote the same', () => {
    const theirs = { ...drawn, story: 'It began in May.', learning: 'Ask first.' };
    const mine = { ...drawn, story: 'It began in June.', learning: 'Ask first.' };
    expect(mergeReport(theirs, mine, seen).clashes).toEqual([
      { pointer: '/story', theirs: 'It began in May.' },
    ]);
    const lines = (amount: string) => [{ goalId: 'school', amount, note: '' }, drawn.lines[1]!];
    const both = mergeReport({ ...drawn, lines: lines('11.00') }, { ...drawn, lines: lines('12.00') }, seen);
    expect(both.clashes).toEqual([{ pointer: '/lines/0/amount', theirs: '11.00' }]);
  });

  it('read one thing together, each value and the words beside them on its own', () => {
    const theirs = { ...drawn, readings: [readings('42', '')] };
    const mine = { ...drawn, readings: [readings('41', '20', 'Own record')] };
    expect(mergeReport(theirs, mine, seen)).toEqual({
      merged: { ...drawn, readings: [readings('42', '20', 'Own record')] },
      clashes: [],
    });
    const both = mergeReport(theirs, { ...drawn, readings: [readings('43', '')] }, seen);
    expect(both.clashes).toEqual([{ pointer: '/readings/0/values/0/value', theirs: '42' }]);
  });

  it('keep what was read of something that one of them was not asked for yet', () => {
    expect(mergeReport(drawn, { ...drawn, readings: [] }, seen).merged).toEqual(drawn);
  });

  it('may end their lines as their browsers do', () => {
    const long = { ...drawn, story: 'One.\nTwo.' };
    const { clashes } = mergeReport(long, { ...long, story: 'One.\r\nTwo.' }, seenOf(long));
    expect(clashes).toEqual([]);
  });

  it('lose nothing, whatever they write: every change is in the merged report, or clashes', () => {
    const words = fc.constantFrom('', 'a', 'b', 'c');
    const content = fc.record({ story: words, learning: words }).map((texts) => ({ ...drawn, ...texts }));
    fc.assert(
      fc.property(content, content, content, (base, theirs, mine) => {
        const { merged, clashes } = mergeReport(theirs, mine, seenOf(base));
        for (const key of ['story', 'learning'] as const) {
          const clashed = clashes.some(({ pointer }) => pointer === `/${key}`);
          if (theirs[key] !== base[key] && !clashed) expect(merged[key]).toBe(theirs[key]);
          if (mine[key] !== base[key] && !clashed) expect(merged[key]).toBe(mine[key]);
        }
      }),
    );
  });
});
