import { describe, expect, it } from '@jest/globals';
import { formatAmount } from '../../maths/money.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { pledgeInstalmentState, requireWholePledge } from './pledge.rules.js';

const pounds = (minor: bigint): string => `£${formatAmount(minor, 'GBP')}`;

function refusal(amount: bigint, instalments: { dueOn: string; amount: bigint }[]): DomainError {
  try {
    requireWholePledge(amount, instalments, pounds);
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('It was not refused.');
}

describe('a pledge', () => {
  it('is the whole of its instalments, to the penny', () => {
    expect(() =>
      requireWholePledge(
        100_00n,
        [
          { dueOn: '2027-01-01', amount: 33_33n },
          { dueOn: '2027-07-01', amount: 66_67n },
        ],
        pounds,
      ),
    ).not.toThrow();
    const refused = refusal(100_00n, [{ dueOn: '2027-01-01', amount: 99_99n }]);
    expect(refused.fields).toEqual([
      {
        pointer: '/instalments',
        code: 'notTheWhole',
        message: 'The instalments add up to £99.99, and the pledge is £100.00. Make them equal.',
      },
    ]);
  });

  it('has instalments on ascending dates, each more than nothing', () => {
    const refused = refusal(10_00n, [
      { dueOn: '2027-01-01', amount: 10_00n },
      { dueOn: '2027-01-01', amount: 0n },
    ]);
    expect(refused.fields.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/instalments/1/amount', 'notPositive'],
      ['/instalments/1/dueOn', 'notAscending'],
    ]);
  });
});

describe('an instalment of a pledge', () => {
  it.each([
    ['expected', 0n, '2026-11-24'],
    ['partlyReceived', 1n, '2026-11-24'],
    ['late', 1n, '2026-11-23'],
    ['received', 100n, '2026-11-23'],
  ])('is %s', (state, received, dueOn) => {
    expect(pledgeInstalmentState({ dueOn, amount: 100n, received }, '2026-11-24')).toBe(state);
  });
});
