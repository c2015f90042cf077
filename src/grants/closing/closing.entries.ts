import { committedToGrants, grantsOutstanding } from '../../ledger/chart-of-accounts.js';
import { credit, debit, type EntryDraft } from '../../ledger/entry.rules.js';
import type { Day } from '../../maths/day.js';

export interface ClosedGrant {
  id: string;
  reference: string;
  closureId: string;
  /** What was promised and not paid, in minor units; more than nothing. */
  unpaid: bigint;
  closedOn: Day;
}

/** A grant is closed: what was promised and not paid is freed, grants outstanding ‖ committed to grants. */
export const unpaidCancelled = (
  pool: { id: string; coalitionId: string; currency: string },
  { id, reference, closureId, unpaid, closedOn }: ClosedGrant,
): EntryDraft => ({
  coalitionId: pool.coalitionId,
  poolId: pool.id,
  currency: pool.currency,
  kind: 'grant.closed',
  description: `Grant ${reference} closed, what was unpaid cancelled`,
  occurredOn: closedOn,
  idempotencyKey: `grantClosure:${closureId}`,
  document: { kind: 'grant', id },
  legs: [debit(grantsOutstanding(id), unpaid), credit(committedToGrants(pool.id), unpaid)],
});
