import { describe, expect, it } from '@jest/globals';
import { conditionText, meet, requireTerms } from './condition.rules.js';

const today = '2026-11-24';

describe('a condition', () => {
  it.each([
    [{ kind: 'reportAccepted', onDay: '2027-12-31' }, 'a report through 31 Dec 2027 is accepted'],
    [{ kind: 'documentReceived', subject: 'the signed agreement' }, 'the signed agreement is received'],
    [{ kind: 'decisionPassed', subject: 'Board 27/3' }, 'the decision “Board 27/3” is passed'],
    [{ kind: 'date', onDay: '2027-04-01' }, 'nothing is paid before 1 Apr 2027'],
    [
      { kind: 'matchMoneyRaised', subject: 'the nursery', matchAmount: 5_000_00n },
      '£5,000.00 of other money is raised for the nursery',
    ],
  ] as const)('%j reads “%s”', (asked, text) => {
    expect(conditionText(requireTerms(asked), 'GBP')).toBe(text);
  });

  it.each([
    [{ kind: 'reportAccepted' }, '/onDay'],
    [{ kind: 'date', onDay: '2027-01-01', subject: 'spring' }, '/subject'],
    [{ kind: 'documentReceived' }, '/subject'],
    [{ kind: 'documentReceived', subject: 'it', onDay: '2027-01-01' }, '/onDay'],
    [{ kind: 'matchMoneyRaised', subject: 'it' }, '/matchAmount'],
    [{ kind: 'decisionPassed', subject: 'it', matchAmount: 1n }, '/matchAmount'],
  ] as const)('%j is refused at %s', (asked, pointer) => {
    expect(() => requireTerms(asked)).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }),
    );
  });
});

describe('meeting a condition', () => {
  const match = { ...requireTerms({ kind: 'matchMoneyRaised', subject: 'it', matchAmount: 100n }) };

  it('of match money takes all of it, in as many parts as it comes', () => {
    expect(meet({ ...match, state: 'open' }, { metOn: today, today, amount: 99n })).toEqual({
      isMet: false,
      matchRaised: 99n,
    });
    expect(
      meet({ ...match, matchRaised: 99n, state: 'open' }, { metOn: today, today, amount: 1n }).isMet,
    ).toBe(true);
  });

  it('is not done by hand where it happens by itself, nor twice, nor in the future', () => {
    const report = requireTerms({ kind: 'reportAccepted', onDay: today });
    const paper = requireTerms({ kind: 'documentReceived', subject: 'it' });
    expect(() => meet({ ...report, state: 'open' }, { metOn: today, today })).toThrow('by itself');
    expect(() => meet({ ...paper, state: 'waived' }, { metOn: today, today })).toThrow('waived already');
    expect(() => meet({ ...paper, state: 'open' }, { metOn: '2026-11-25', today })).toThrow('future');
  });
});
