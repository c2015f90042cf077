/** What moves a funder's balance, in the order a statement lists it. */
export const statementParts = [
  'received',
  'fees',
  'charges',
  'paidOut',
  'returned',
  'bondSurplus',
  'refunds',
  'other',
] as const;
export type StatementPart = (typeof statementParts)[number];

/** What they are called to people. */
export const partNames: Readonly<Record<StatementPart, string>> = {
  received: 'Received',
  fees: 'Fees',
  charges: 'Bank charges',
  paidOut: 'Paid out',
  returned: 'Given back by grants',
  bondSurplus: 'Left over by bonds',
  refunds: 'Refunded',
  other: 'Other',
};

const byNoun: Readonly<Record<string, StatementPart>> = {
  contribution: 'received',
  fee: 'fees',
  bankCharge: 'charges',
  exchangeDifference: 'charges',
  disbursement: 'paidOut',
  grant: 'returned',
  grantReturn: 'returned',
  // What a bond left over when it was closed: nothing else of a bond touches a funder’s balance.
  bond: 'bondSurplus',
  refund: 'refunds',
};

/** The part of a statement that an entry of this kind (`contribution.received`) belongs to. A reversal, `….reversed`, takes off where the entry stood. */
export const partOf = (entryKind: string): StatementPart => byNoun[entryKind.split('.')[0]!] ?? 'other';

/** A movement of a funder's balance, in minor units: positive where the balance grows. */
export interface Movement {
  part: StatementPart;
  amount: bigint;
}

export type PartTotals = Record<StatementPart, bigint>;

/** What the movements come to, part by part; together with the opening balance they are the closing balance. */
export function partTotals(movements: readonly Movement[]): PartTotals {
  const totals = Object.fromEntries(statementParts.map((part) => [part, 0n])) as PartTotals;
  for (const { part, amount } of movements) totals[part] += amount;
  return totals;
}

/** The balance after each movement. */
export function runningBalances(opening: bigint, movements: readonly Movement[]): bigint[] {
  let balance = opening;
  return movements.map(({ amount }) => (balance += amount));
}
