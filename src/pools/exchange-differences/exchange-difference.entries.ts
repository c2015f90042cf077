import { exchangeDifference, fundBalance } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { FunderShare } from '../balance-shares.js';
import type { PoolOfEntry } from '../pool.entries.js';

/**
 * What the currencies cost or brought is shared among the funders: a loss takes from their balances, a gain adds to
 * them ‖ exchange difference. Minor units; the shares are positive either way.
 */
export function differenceShared(
  pool: PoolOfEntry,
  shared: { id: string; isLoss: boolean; occurredOn: Day; shares: FunderShare[] },
): EntryDraft {
  const total = shared.shares.reduce((sum, { amount }) => sum + amount, 0n);
  const [funders, difference] = shared.isLoss ? [debit, credit] : [credit, debit];
  return {
    coalitionId: pool.coalitionId,
    poolId: pool.id,
    currency: pool.currency,
    kind: 'exchangeDifference.shared',
    description: shared.isLoss ? 'Exchange loss shared' : 'Exchange gain shared',
    occurredOn: shared.occurredOn,
    idempotencyKey: `exchangeDifference:${shared.id}`,
    document: { kind: 'pool', id: pool.id },
    legs: [
      ...shared.shares.map(({ funderId, amount }) => funders(fundBalance(funderId), amount)),
      difference(exchangeDifference(pool.id), total),
    ],
  };
}
