/** The two books, which never mix: cash and what it is held for; promises in and out. */
export type Book = 'actual' | 'commitment';

export const books: Record<Book, { title: string; note: string }> = {
  actual: { title: 'Actual', note: 'Cash, and what it is held for' },
  commitment: { title: 'Commitment', note: 'Promises in and out' },
};

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
  investorCapital: { book: 'actual', side: 'credit', name: 'Investor capital' },
  investorReturn: { book: 'actual', side: 'debit', name: 'Investor return' },
  programmeCost: { book: 'actual', side: 'debit', name: 'Programme cost' },
  bondProceeds: { book: 'actual', side: 'credit', name: 'Bond proceeds' },
  pledgesReceivable: { book: 'commitment', side: 'debit', name: 'Pledges receivable' },
  pledgedFunds: { book: 'commitment', side: 'credit', name: 'Pledged funds' },
  committedToGrants: { book: 'commitment', side: 'debit', name: 'Committed to grants' },
  grantsOutstanding: { book: 'commitment', side: 'credit', name: 'Grants outstanding' },
  outcomePaymentsReceivable: { book: 'commitment', side: 'debit', name: 'Outcome payments receivable' },
  expectedOutcomeIncome: { book: 'commitment', side: 'credit', name: 'Expected outcome income' },
} as const satisfies Record<string, { book: Book; side: 'debit' | 'credit'; name: string }>;

export type AccountKind = keyof typeof accountKinds;

/**
 * An account of a pool, by what it is for. `subjectId` is the pool (cash, committed), the funder (fund balance,
 * pledged funds), the pledge (receivable), the host (fees), the grant (outstanding), the bond (programme cost, proceeds,
 * expected income) or a party to it (an investor’s capital and return, a payer’s receivable); `earmarkId` is the goal
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

/** Of an investor, as a party to one bond: what it has lent and not been paid back. */
export const investorCapital = (partyId: string): AccountRef => ({
  kind: 'investorCapital',
  subjectId: partyId,
});
/** Of an investor, as a party to one bond: what it was paid beyond its capital. */
export const investorReturn = (partyId: string): AccountRef => ({
  kind: 'investorReturn',
  subjectId: partyId,
});
/** What a bond has paid for: its provider's working capital, its fees, its provider's share of what is left. */
export const programmeCost = (bondId: string): AccountRef => ({ kind: 'programmeCost', subjectId: bondId });
/** The outcome payments that a bond has received. */
export const bondProceeds = (bondId: string): AccountRef => ({ kind: 'bondProceeds', subjectId: bondId });
/** Of a payer, as a party to one bond: what it was invoiced and has not paid. */
export const outcomePaymentsReceivable = (partyId: string): AccountRef => ({
  kind: 'outcomePaymentsReceivable',
  subjectId: partyId,
});
export const expectedOutcomeIncome = (bondId: string): AccountRef => ({
  kind: 'expectedOutcomeIncome',
  subjectId: bondId,
});

/** The kinds whose balances together are what a pool's cash holds for bonds, as a credit. */
export const heldForBondsKinds = [
  'investorCapital',
  'investorReturn',
  'programmeCost',
  'bondProceeds',
] as const satisfies AccountKind[];

/** SQL: the same kinds, as a list. */
export const heldForBondsSql = heldForBondsKinds.map((kind) => `'${kind}'`).join(', ');
