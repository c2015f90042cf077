import type { Tx } from '../platform/database/tx.js';
import { type AccountKind, accountKinds, type Book } from './chart-of-accounts.js';

/** An account with the names of whom it is for. */
export interface NamedAccount {
  id: string;
  book: Book;
  kind: AccountKind;
  subjectId: string;
  /** The funder, host, pledge, grant, bond or party to a bond that has it; null for the pool's own accounts. */
  subject: string | null;
  /** The goal or grant that it is restricted to. */
  earmarkId: string | null;
  earmark: string | null;
  currency: string;
}

/** An account and its balance in minor units: a debit is positive, a credit negative. */
export interface AccountRow extends NamedAccount {
  balance: bigint;
}

/** What names the account `a`: columns, and the joins they need. An id belongs to one thing only, so one join fits. */
export const accountNames = {
  columns: `a.id, a.book, a.kind, a.subject_id AS "subjectId", a.earmark_id AS "earmarkId", a.currency,
    coalesce(goal.name, restricted.reference || ' · ' || restricted.title) AS earmark,
    coalesce(organisation.name, pledge.reference || ' · ' || funder.name, award.reference || ' · ' || award.title,
      bond.reference || ' · ' || bond.title, party_organisation.name || ' · ' || party_bond.reference) AS subject`,
  joins: `LEFT JOIN organisations organisation ON organisation.id = a.subject_id
    LEFT JOIN pledges pledge ON pledge.id = a.subject_id
    LEFT JOIN organisations funder ON funder.id = pledge.funder_id
    LEFT JOIN grants award ON award.id = a.subject_id
    LEFT JOIN bonds bond ON bond.id = a.subject_id
    LEFT JOIN bond_parties party ON party.id = a.subject_id
    LEFT JOIN bonds party_bond ON party_bond.id = party.bond_id
    LEFT JOIN organisations party_organisation ON party_organisation.id = party.organisation_id
    LEFT JOIN goals goal ON goal.id = a.earmark_id LEFT JOIN grants restricted ON restricted.id = a.earmark_id`,
};

/** SQL: the order of a trial balance: by book, the kinds as the chart of accounts has them, then by name. */
export const chartOrder = `array_position(ARRAY[${Object.keys(accountKinds)
  .map((kind) => `'${kind}'`)
  .join(', ')}], a.kind)`;

const accountsWhere = (condition: string): string =>
  `SELECT ${accountNames.columns}, a.balance FROM accounts a ${accountNames.joins}
   WHERE ${condition} ORDER BY ${chartOrder}, subject, earmark NULLS FIRST, a.id`;

/** Every account of a pool with its balance. */
export const readAccounts = (tx: Tx, poolId: string): Promise<AccountRow[]> =>
  tx.rows<AccountRow>(accountsWhere('a.pool_id = $1'), [poolId]);

/** The accounts of some subjects (a bond and the parties to it) with their balances. */
export const readAccountsOf = (tx: Tx, subjectIds: readonly string[]): Promise<AccountRow[]> =>
  tx.rows<AccountRow>(accountsWhere('a.subject_id = ANY ($1::uuid[])'), [[...subjectIds]]);

/** What a book adds up to in a currency; the two sides are always equal. */
export interface BookTotal {
  book: Book;
  currency: string;
  debit: bigint;
  credit: bigint;
}

/** The totals of a trial balance, book by book: in the pool's currency, then in others that were promised in. */
export function bookTotals(
  accounts: readonly Pick<AccountRow, 'book' | 'currency' | 'balance'>[],
  poolCurrency: string,
): BookTotal[] {
  const others = accounts.map(({ currency }) => currency).filter((currency) => currency !== poolCurrency);
  const sides = [
    { book: 'actual' as const, currency: poolCurrency },
    ...[poolCurrency, ...new Set(others.sort())].map((currency) => ({
      book: 'commitment' as const,
      currency,
    })),
  ];
  return sides.map(({ book, currency }) => {
    const balances = accounts
      .filter((account) => account.book === book && account.currency === currency)
      .map(({ balance }) => balance);
    const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
    return {
      book,
      currency,
      debit: sum(balances.filter((balance) => balance > 0n)),
      credit: -sum(balances.filter((balance) => balance < 0n)),
    };
  });
}
