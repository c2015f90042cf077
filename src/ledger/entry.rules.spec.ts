import { describe, expect, it } from '@jest/globals';
import { cash, fundBalance, pledgedFunds, pledgesReceivable } from './chart-of-accounts.js';
import { credit, debit, type EntryDraft, entryHash, type Leg, requireBalanced } from './entry.rules.js';

const entry = (...legs: Leg[]): EntryDraft => ({
  coalitionId: 'c',
  poolId: 'p',
  currency: 'GBP',
  kind: 'contribution.received',
  description: 'Contribution 1',
  occurredOn: '2026-11-24',
  idempotencyKey: 'contribution:1',
  document: { kind: 'contribution', id: '1' },
  legs,
});

describe('an entry', () => {
  it('sums to zero in each book', () => {
    const legs = [debit(cash('p'), 100n), credit(fundBalance('f'), 99n)];
    expect(() => requireBalanced(entry(...legs))).toThrow(
      'Entry “Contribution 1” does not balance in the actual book in GBP: off by 1 minor units.',
    );
  });

  it('sums to zero in each currency, though the figures be equal', () => {
    const legs = [debit(pledgesReceivable('1', 'EUR'), 100n), credit(pledgedFunds('f'), 100n)];
    expect(() => requireBalanced(entry(...legs))).toThrow('in the commitment book in EUR: off by 100');
  });

  it('may hold cash in one currency and the promise that it keeps in another', () => {
    const legs = [
      debit(cash('p'), 86n),
      credit(fundBalance('f'), 86n),
      debit(pledgedFunds('f', 'EUR'), 100n),
      credit(pledgesReceivable('1', 'EUR'), 100n),
    ];
    expect(() => requireBalanced(entry(...legs))).not.toThrow();
  });

  it('has two legs at least, and none of nothing', () => {
    expect(() => requireBalanced(entry(debit(cash('p'), 1n)))).toThrow('fewer than two legs');
    expect(() => requireBalanced(entry(debit(cash('p'), 0n), credit(fundBalance('f'), 0n)))).toThrow(
      'a leg of nothing',
    );
  });

  it('says something else when a currency is another', () => {
    const inOf = (currency?: string) =>
      entryHash(entry(debit(pledgesReceivable('1', currency), 1n), credit(pledgedFunds('f', currency), 1n)));
    expect(inOf('EUR')).not.toBe(inOf('USD'));
    expect(inOf(undefined)).toBe(inOf(undefined));
  });
});
