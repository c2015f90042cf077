import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { carryOn, type Follower, requireCorrectable } from './corrections.rules.js';

const accepted = { state: 'accepted', stands: true, correctedById: null, isGrantClosed: false } as const;
const show = (minor: bigint) => `£${minor}`;

describe('a report is corrected', () => {
  it('once it is accepted', () => {
    expect(() => requireCorrectable(accepted)).not.toThrow();
  });

  it.each([
    [
      { state: 'submitted' },
      'A report that is submitted cannot be corrected: it can still be changed, or returned.',
    ],
    [{ state: 'superseded' }, 'A later report has corrected this one. Correct that one instead.'],
    [
      { correctedById: '7' },
      'A correction of this report is under way. Go on with that one, or withdraw it.',
    ],
    [
      { isGrantClosed: true },
      'The grant was closed on what its reports say, so none of them can be corrected any more.',
    ],
  ] as const)('not when %j', (change, sentence) => {
    expect(() => requireCorrectable({ ...accepted, ...change })).toThrow(sentence);
  });
});

describe('what follows a correction', () => {
  const followers: Follower[] = [
    { id: 'b', period: 'April to June', closing: 500_00n },
    { id: 'c', period: 'July to September', closing: 20_00n },
  ];

  it('opens and closes with what the corrected one closes with more or less', () => {
    expect(carryOn(1_500_00n, 1_700_00n, followers, show)).toBe(200_00n);
    expect(carryOn(1_500_00n, 1_480_00n, followers, show)).toBe(-20_00n);
    expect(carryOn(1_500_00n, 0n, [], show)).toBe(-1_500_00n);
  });

  it('never spends more than there was', () => {
    expect(() => carryOn(1_500_00n, 1_479_99n, followers, show)).toThrow(
      'With this, the report for July to September would have spent £1 more than there was.',
    );
  });

  it('stays a chain: each opens with what the one before closed with', () => {
    const amount = fc.bigInt(0n, 10n ** 12n);
    fc.assert(
      fc.property(amount, amount, fc.array(amount, { maxLength: 8 }), (before, now, closings) => {
        const later = closings.map((closing, index) => ({ id: `${index}`, period: `${index}`, closing }));
        const isShort = closings.some((closing) => closing + now - before < 0n);
        if (isShort) expect(() => carryOn(before, now, later, show)).toThrow();
        else expect(before + carryOn(before, now, later, show)).toBe(now);
      }),
    );
  });
});
