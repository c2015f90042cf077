/** The two books, which never mix: cash and what it is held for; promises in and out. */
export type Book = 'actual' | 'commitment';

/**
 * Every kind of account, the book it stands in, and the side its balance lies on. Debits are positive in the
 * ledger, credits negative, so a credit account's balance is zero or below.
 */
export const accountKinds = {
  cash: { book: 'actual', side: 'debit', name: 'Cash' },
  fundBalance: { book: 'actual', side: 'credit', name: 'Fund balance' },
  feesPayable: { book: 'actual', side: 'credit', name: 'Fees payable' },
  // On whichever side the currencies fell: a loss is a debit, a gain a credit.
  exchangeDifference: { book: 'actual', side: 'debit', name: 'Exchange difference' },
  pledgesReceivable: { book: 'commitment', side: 'debit', name: 'Pledges receivable' },
  pledgedFunds: { book: 'commitment', side: 'credit', name: 'Pledged funds' },
  committedToGrants: { book: 'commitment', side: 'debit', name: 'Committed to grants' },
  grantsOutstanding: { book: 'commitment', side: 'credit', name: 'Grants outstanding' },
} as const satisfies Record<string, { book: Book; side: 'debit' | 'credit'; name: string }>;

export type AccountKind = keyof typeof accountKinds;

/**
 * An account of a pool, by what it is for. `subjectId` is the pool (cash, committed), the funder (fund balance,
 * pledged funds), the pledge (receivable), the host (fees) or the grant (outstanding); `earmarkId` is the goal
 * or grant that a fund balance is restricted to. `currency` is named where it is not the pool's: a pledge may be
 * promised in another.
 */
export interface AccountRef {
  kind: AccountKind;
  subjectId: string;
  earmarkId?: string | null;
  currency?: string;
}

export const cash = (poolId: string): AccountRef => ({ kind: 'cash', subjectId: poolId });
export const fundBalance = (funderId: string, earmarkId: string | null = null): AccountRef => ({
  kind: 'fundBalance',
  subjectId: funderId,
  earmarkId,
});
export const exchangeDifference = (poolId: string): AccountRef => ({
  kind: 'exchangeDifference',
  subjectId: poolId,
});
export const feesPayable = (hostId: string): AccountRef => ({ kind: 'feesPayable', subjectId: hostId });
export const pledgesReceivable = (pledgeId: string, currency?: string): AccountRef => ({
  kind: 'pledgesReceivable',
  subjectId: pledgeId,
  currency,
});
export const pledgedFunds = (funderId: string, currency?: string): AccountRef => ({
  kind: 'pledgedFunds',
  subjectId: funderId,
  currency,
});
export const committedToGrants = (poolId: string): AccountRef => ({
  kind: 'committedToGrants',
  subjectId: poolId,
});
export const grantsOutstanding = (grantId: string): AccountRef => ({
  kind: 'grantsOutstanding',
  subjectId: grantId,
});
