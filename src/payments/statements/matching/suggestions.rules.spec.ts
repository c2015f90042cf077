import { describe, expect, it } from '@jest/globals';
import { type Candidate, names, reasonOf, suggestionsFor } from './suggestions.rules.js';

const line = {
  ...{ amount: 100_00n, currency: 'GBP', bookedOn: '2026-12-04', reference: 'FT26338', endToEndId: 'ABC123' },
  remittance: 'Grant return G-2027-01, thank you',
};
const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ lineId: 'line', kind: 'contribution', id, label: id, amount: 100_00n, on: '2026-12-01' },
  ...{ standing: 'recorded on', references: [], endToEndId: null },
  ...more,
});

describe('what a line may be', () => {
  it('begins with what it names by EndToEndId, then by a reference, then by its amount, the nearest day first', () => {
    const found = suggestionsFor(line, [
      candidate('a part', { amount: 40_00n, on: '2026-12-04' }),
      candidate('of the amount, months off', { on: '2026-01-01' }),
      candidate('of the amount, far', { on: '2026-11-01' }),
      candidate('of the amount, near', { on: '2026-12-05' }),
      candidate('referred to, of another amount', { references: ['G-2027-01'], amount: 90_00n }),
      candidate('referred to', { references: ['G-2027-01'] }),
      candidate('named', { endToEndId: 'abc123', on: '2026-01-01' }),
    ]);
    expect(found.map(({ id, by }) => [id, by])).toEqual([
      ['named', 'endToEndId'],
      ['referred to', 'reference'],
      ['referred to, of another amount', 'reference'],
      ['of the amount, near', 'amount'],
      ['of the amount, far', 'amount'],
      ['of the amount, months off', 'possible'],
      ['a part', 'possible'],
    ]);
  });

  it.each([
    [candidate('x', { on: '2026-12-04' }), 'recorded on 4 Dec 2026; of this amount, on the same day'],
    [candidate('x', { on: '2026-12-03' }), 'recorded on 3 Dec 2026; of this amount, 1 day apart'],
    [
      candidate('x', { references: ['G-2027-01'], amount: 90_00n }),
      'recorded on 1 Dec 2026; the line names “G-2027-01”, but of £90.00, 3 days apart',
    ],
    [
      candidate('x', { endToEndId: 'ABC123' }),
      'recorded on 1 Dec 2026; named by its EndToEndId, 3 days apart',
    ],
    [candidate('x', { amount: 40_00n }), 'recorded on 1 Dec 2026; a part of it, £40.00, 3 days apart'],
  ])('says why: %#', (given, reason) => {
    expect(reasonOf(suggestionsFor(line, [given])[0]!, 'GBP', 'en-GB')).toBe(reason);
  });
});

describe('a reference', () => {
  it.each([
    ['P-12', 'Pledge P-12 second half', true],
    ['p-12', 'PLEDGE P-12', true],
    ['P-1', 'Pledge P-12', false],
    ['P-12', 'XP-12', false],
    ['BACS 771204', 'REF BACS771204/A', true],
    ['G-2027-01', 'G202701', true],
    ['12', 'Invoice 12', false],
    ['Straße 9', 'STRASSE 9 STRAßE 9', true],
  ])('%s in “%s”: %s', (reference, remittance, is) => {
    expect(names({ remittance, reference: 'X' }, reference)).toBe(is);
  });

  it('is also found in what the bank calls the line', () => {
    expect(names({ remittance: '', reference: 'BACS 1' }, 'BACS 1')).toBe(true);
  });
});
