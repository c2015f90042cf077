import { cash, fundBalance } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';
import type { FunderShare } from '../balance-shares.js';
import type { PoolOfEntry } from '../pool.entries.js';

export interface TakenCharge {
  id: string;
  amount: bigint;
  bankReference: string;
  takenOn: Day;
  shares: FunderShare[];
}

/** The bank takes its charge: every funder's unearmarked balance, in proportion ‖ cash. Minor units. */
export const chargeTaken = (pool: PoolOfEntry, charge: TakenCharge): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'bankCharge.taken',
  description: `Bank charge ${charge.bankReference}`,
  occurredOn: charge.takenOn,
  idempotencyKey: `bankCharge:${charge.id}`,
  document: { kind: 'bankCharge', id: charge.id },
  legs: [
    ...charge.shares.map(({ funderId, amount }) => debit(fundBalance(funderId), amount)),
    credit(cash(pool.id), charge.amount),
  ],
});
