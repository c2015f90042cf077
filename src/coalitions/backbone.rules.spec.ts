import { describe, expect, it } from '@jest/globals';
import {
  type MoneyTie,
  refuseEndOfTerm,
  refuseTerm,
  succeeded,
  type TermSurroundings,
} from './backbone.rules.js';

const around = (surroundings: Partial<TermSurroundings> = {}): TermSurroundings => ({
  organisationName: 'Harbour Commons',
  today: '2026-11-23',
  ties: [],
  terms: [],
  ...surroundings,
});

const fromToday = { sinceOn: '2026-11-23', untilOn: null };
const lastYear = { sinceOn: '2025-01-01', untilOn: '2025-12-31' };

describe('refuseTerm', () => {
  it.each<[MoneyTie, string]>([
    [{ kind: 'seat', role: 'funder', ...fromToday }, 'holds the seat of a funder'],
    [{ kind: 'pledge', reference: 'P-7' }, 'has the open pledge P-7'],
    [{ kind: 'grant', reference: 'G-3' }, 'has the open grant G-3'],
    [{ kind: 'balance', pool: 'Harbour pool' }, 'still has money in the pool Harbour pool'],
  ])('refuses an organisation with %j', (tie, words) => {
    expect(() => refuseTerm(fromToday, around({ ties: [tie] }))).toThrow(
      expect.objectContaining({
        code: 'ruleBroken',
        detail:
          `Harbour Commons ${words}, so it cannot serve as the backbone at the same time. ` +
          'Choose another organisation.',
        fields: [expect.objectContaining({ pointer: '/organisationId' })],
      }),
    );
  });

  it('takes an organisation whose seat as a partner is over, and one that served before it funded', () => {
    const over: MoneyTie = { kind: 'seat', role: 'partner', ...lastYear };
    expect(() => refuseTerm(fromToday, around({ ties: [over] }))).not.toThrow();
    expect(() =>
      refuseTerm(lastYear, around({ ties: [{ kind: 'pledge', reference: 'P-7' }] })),
    ).not.toThrow();
  });

  it('refuses a day on which another serves, unless that one goes on and gives way', () => {
    const goesOn = { sinceOn: '2025-01-01', untilOn: null };
    expect(() => refuseTerm(fromToday, around({ terms: [goesOn] }))).not.toThrow();
    const fixed = { sinceOn: '2025-01-01', untilOn: '2026-12-31' };
    expect(() => refuseTerm(fromToday, around({ terms: [fixed] }))).toThrow(
      'Another organisation serves as the backbone in that time. Choose dates outside its term.',
    );
    const later = { sinceOn: '2027-01-01', untilOn: null };
    expect(() => refuseTerm(fromToday, around({ terms: [later] }))).toThrow(/Another organisation serves/);
    expect(() =>
      refuseTerm({ ...fromToday, untilOn: '2026-12-31' }, around({ terms: [later] })),
    ).not.toThrow();
  });
});

describe('succeeded', () => {
  it('ends a term that goes on, the day before the next begins', () => {
    expect(succeeded({ sinceOn: '2025-01-01', untilOn: null }, fromToday)).toBe('2026-11-22');
  });

  it('leaves a term alone that is over by then', () => {
    expect(succeeded(lastYear, fromToday)).toBeNull();
  });
});

describe('refuseEndOfTerm', () => {
  it('refuses a term that is over, and an end before its beginning', () => {
    expect(() => refuseEndOfTerm(lastYear, '2026-11-23', '2026-11-23')).toThrow(
      'This term ended on 2025-12-31 already.',
    );
    expect(() => refuseEndOfTerm(fromToday, '2026-11-22', '2026-11-23')).toThrow(
      'It would end before it begins.',
    );
    expect(() => refuseEndOfTerm(fromToday, '2026-11-30', '2026-11-23')).not.toThrow();
  });
});
