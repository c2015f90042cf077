import { describe, expect, it } from '@jest/globals';
import { contributionReceived, feeCharged, pledgeSigned } from './pool.entries.js';

const pool = { id: 'pool', coalitionId: 'coalition', currency: 'GBP' };

describe('entries of money in', () => {
  it('a signed pledge is receivable, and stands as pledged funds of its funder', () => {
    const entry = pledgeSigned(pool, {
      id: 'p1',
      reference: 'P-1',
      funderId: 'north',
      amount: 120_000_00n,
      signedOn: '2026-01-05',
    });
    expect(entry.idempotencyKey).toBe('pledge:p1:signed');
    expect(entry.legs).toEqual([
      { account: { kind: 'pledgesReceivable', subjectId: 'p1' }, amount: 120_000_00n },
      { account: { kind: 'pledgedFunds', subjectId: 'north' }, amount: -120_000_00n },
    ]);
  });

  it('a contribution is cash held for its funder, and settles the pledge parts it keeps, no more', () => {
    const entry = contributionReceived(pool, {
      id: 'c1',
      funderId: 'north',
      amount: 30_500_01n,
      bankReference: 'BANK-1',
      receivedOn: '2026-02-01',
      earmarkId: null,
      settled: [
        { pledgeId: 'p1', amount: 30_000_00n },
        { pledgeId: 'p2', amount: 0n },
      ],
    });
    expect(entry.legs).toEqual([
      { account: { kind: 'cash', subjectId: 'pool' }, amount: 30_500_01n },
      { account: { kind: 'fundBalance', subjectId: 'north', earmarkId: null }, amount: -30_500_01n },
      { account: { kind: 'pledgedFunds', subjectId: 'north' }, amount: 30_000_00n },
      { account: { kind: 'pledgesReceivable', subjectId: 'p1' }, amount: -30_000_00n },
    ]);
  });

  it('an earmarked contribution stands apart, and so does the fee that is taken of it', () => {
    const fee = feeCharged(pool, {
      contributionId: 'c1',
      funderId: 'north',
      earmarkId: 'goal',
      hostId: 'host',
      amount: 305_00n,
      bankReference: 'BANK-1',
      chargedOn: '2026-02-01',
    });
    expect(fee.idempotencyKey).toBe('contribution:c1:fee');
    expect(fee.legs).toEqual([
      { account: { kind: 'fundBalance', subjectId: 'north', earmarkId: 'goal' }, amount: 305_00n },
      { account: { kind: 'feesPayable', subjectId: 'host' }, amount: -305_00n },
    ]);
  });
});
