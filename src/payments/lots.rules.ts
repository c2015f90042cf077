import type { Source } from '../maths/attribution.js';
import type { Day } from '../maths/day.js';
import type { FunderBalance } from '../pools/pool-position.js';

/** A source, and the account of the ledger that it draws on. */
export interface AccountSource extends Source {
  account: FunderBalance;
}

/** A contribution as it came. Minor units. */
export interface Received {
  id: string;
  funderId: string;
  earmarkId: string | null;
  receivedOn: Day;
  amount: bigint;
}

/** Older than every contribution. */
const beforeAll: Day = '0001-01-01';

/** An account as one source, whenever its money came. */
export const wholeAccount = (account: FunderBalance): AccountSource => ({
  key: account.accountId,
  funder: account.funderId,
  earmark: account.earmarkId,
  on: beforeAll,
  remaining: account.remaining,
  account,
});

/**
 * What is left of each contribution, oldest first. Nothing needs to be kept for it: within an account the oldest is
 * used first, by payments and fees alike, so what is left of the account lies in the newest ones. What an account
 * holds beyond all its contributions counts as older than they are. Contributions come in the order of their days.
 */
export function lotsOf(accounts: readonly FunderBalance[], received: readonly Received[]): AccountSource[] {
  const lots = accounts.flatMap((account) => {
    const holder = holderOf(account);
    const newestFirst = received.filter((contribution) => holderOf(contribution) === holder).toReversed();
    let left = account.remaining;
    const own = newestFirst.map(({ id, receivedOn, amount }): AccountSource => {
      const remaining = left < amount ? left : amount;
      left -= remaining;
      return { ...wholeAccount(account), key: id, on: receivedOn, remaining };
    });
    return [{ ...wholeAccount(account), remaining: left }, ...own.toReversed()];
  });
  const places = new Map(received.map(({ id }, index) => [id, index]));
  return lots
    .filter(({ remaining }) => remaining > 0n)
    .toSorted((a, b) => (places.get(a.key) ?? -1) - (places.get(b.key) ?? -1));
}

const holderOf = ({ funderId, earmarkId }: Pick<FunderBalance, 'funderId' | 'earmarkId'>): string =>
  `${funderId} ${earmarkId ?? ''}`;
